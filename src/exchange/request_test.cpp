// SPDX-License-Identifier: Apache-2.0
// What is filed on another platform waits once for a person, and the platform is told how it stands.
#include <map>

#include "casework/returned/first_requests.h"
#include "exchange/exchange_test_support.h"
#include "exchange/take_request.h"

namespace doudi::exchange {
namespace {

constexpr const char* somebody = "110101199003070038";

template <class Engine>
struct Platform : Office<Engine> {
    Platform() : Office<Engine>("county", "one-stop", false) {
        this->peer() = peer_of("one-stop", channel("one-stop"), "", "county");
        done(this->folder.database().write_beside([&]() -> Result<void> {
            auto rows = this->shelf();
            return repository::make_peer(rows, "one-stop");
        }));
    }

    InRow take(const std::string& number, Words more = {}) {
        Content content{{{std::string(case_asked), {number}},
                         {"machine", {"application"}},
                         {"name", {"周样例"}},
                         {"identity_number", {somebody}},
                         {"phone", {"13900000000"}},
                         {"region", {"441699"}}},
                        {}};
        for (auto& [field, words] : more) content.fields[field] = std::move(words);
        casework::Desk cases = this->cases();
        Desk desk{this->folder, cases, this->units, this->peers, this->clock};
        TakingDesk taking{desk, "guangdong-2021"};
        InRow row;
        done(this->folder.database().write_beside([&] {
            return take_request(taking, this->peer(), *this->peer().channel.taken_up("filing"), content, row);
        }));
        return row;
    }

    // What the peer is told from now on, as it reads it.
    std::vector<std::string> told() {
        casework::Desk cases = this->cases();
        Desk desk{this->folder, cases, this->units, this->peers, this->clock};
        auto rows = this->shelf();
        const std::size_t before = value(repository::select_queued(rows, "one-stop", 100)).size();
        (void)value(tell(desk, this->peer()));
        std::vector<std::string> bodies;
        for (const OutRow& row : value(repository::select_queued(rows, "one-stop", 100)))
            bodies.push_back(row.body);
        bodies.erase(bodies.begin(), bodies.begin() + static_cast<std::ptrdiff_t>(before));
        return bodies;
    }

    std::vector<casework::FirstRequest> waiting() {
        casework::Desk cases = this->cases();
        return value(casework::list_first_requests(cases, true));
    }
};

bool says(const std::string& body, std::string_view field, std::string_view told) {
    return body.find(fmt::format("\"{}\":\"{}\"", field, told)) != std::string::npos;
}

}  // namespace

TEST_CASE_TEMPLATE("a filing waits once under the platform's number, and each of its states is told once",
                   Engine, ENGINES) {
    Platform<Engine> office;
    const InRow first = office.take("A-1");
    CHECK(first.state == in::taken);
    CHECK(office.take("A-1", {{"need", {"再报一次"}}}).outcome == first.outcome);
    CHECK(office.take("A-2").outcome != first.outcome);
    REQUIRE(office.waiting().size() == 2);
    const casework::FirstRequest kept = office.waiting().front();
    CHECK(kept.client_key == "exchange/one-stop/A-1");
    CHECK(kept.unit == office.unit("county"));
    CHECK(casework::first_of(kept.told, casework::first_number) == somebody);

    const auto bodies = office.told();
    REQUIRE(bodies.size() == 2);
    CHECK(says(bodies.front(), "applyNo", "A-1"));
    CHECK(says(bodies.front(), "receiptNo", kept.receipt));
    CHECK(says(bodies.front(), "status", "00"));
    for (const std::string& body : bodies) CHECK(body.find(somebody) == std::string::npos);
    CHECK(office.told().empty());

    casework::Desk cases = office.cases();
    CHECK(value(casework::decline_first_request(cases, kept.id, "请到窗口办", access::UserId(1))));
    const auto after = office.told();
    REQUIRE(after.size() == 1);
    CHECK(says(after.front(), "status", "05"));
    CHECK(says(after.front(), "opinion", "请到窗口办"));
    CHECK(office.told().empty());
    CHECK(office.take("A-1").outcome == first.outcome);  // filed once more, it is what it was
    CHECK(office.waiting().size() == 1);
}

TEST_CASE_TEMPLATE(
    "temporary assistance and what cannot wait are filed as such, and told under the filing's number", Engine,
    ENGINES) {
    Platform<Engine> office;
    for (const char* kind : {"temporary", "emergency"})
        CHECK(office.take(kind, {{"machine", {kind}}}).state == in::taken);
    std::map<std::string, casework::FirstRequestId> waiting;
    for (const casework::FirstRequest& one : office.waiting()) waiting[one.machine] = one.id;
    REQUIRE(waiting.size() == 2);
    CHECK(office.told().size() == 2);

    const Words help{{"need", {"突发急病"}}, {"found_by", {"applied"}}, {"person_shown", {"周样例"}}};
    const Words aid{{"channel", {"online"}},
                    {"aid_cause", {"illness"}},
                    {"need", {"住院自付三万元"}},
                    {"pledge", {"true"}},
                    {"authorised", {"true"}}};
    casework::Desk cases = office.cases();
    const auto open = [&](const std::string& machine, const char* move, const Words& fields,
                          std::string source) {
        casework::OpenRequest request;
        request.machine = machine;
        request.pack = "guangdong-2021";
        request.unit = office.unit("county");
        request.source = std::move(source);
        request.first = {move, office.today(), fields, ""};
        const casework::Moved moved = value(casework::open_case(cases, town, request));
        REQUIRE(moved.kind == casework::Moved::Kind::made);
        return moved.of;
    };
    const auto opened = [&](const char* machine, const char* move, const Words& fields) {
        const auto of = open(machine, move, fields, fmt::format("exchange/one-stop/{}", machine));
        REQUIRE(value(casework::open_first_request(cases, waiting.at(machine), of, town.user)));
        return of;
    };
    const auto aided = opened("temporary", "register", aid);
    (void)opened("emergency", "report", help);
    (void)open("emergency", "report", help, "");  // where it happens, filed nowhere: not told there
    const auto told = office.told();
    const auto tells = [&](const char* filing, const char* field, const char* word) {
        return std::ranges::count_if(told, [&](const std::string& body) {
            return says(body, "applyNo", filing) && says(body, field, word);
        });
    };
    CHECK(told.size() == 4);
    for (const char* kind : {"temporary", "emergency"}) {
        CHECK(tells(kind, "status", "01") == 1);
        CHECK(tells(kind, "nodeCode", "01") == 1);
    }
    REQUIRE(office.move(town, aided, "decline", {{"reason", {"同一事由已获救助"}}}).kind ==
            casework::Moved::Kind::made);
    REQUIRE(office.move(town, aided, "serve", {{"served_how", {"in_person"}}}).kind ==
            casework::Moved::Kind::made);
    const auto end = office.told();
    REQUIRE(end.size() == 2);
    CHECK(says(end.front(), "nodeCode", "05"));
    CHECK(says(end.back(), "nodeCode", "12"));
    CHECK(says(end.back(), "state", "closed"));
    // Filed once more, it is the case that came of it.
    CHECK(office.take("temporary", {{"machine", {"temporary"}}}).outcome ==
          fmt::format("case/{}", aided.value()));
    CHECK(office.waiting().empty());
}

TEST_CASE_TEMPLATE("a filing that cannot be kept is refused with its field", Engine, ENGINES) {
    Platform<Engine> office;
    const auto field_of = [&](const char* field, const char* word) {
        const InRow row = office.take("B-1", {{field, {word}}});
        CHECK(row.state == in::refused);
        CHECK_FALSE(row.why.reason.zh.empty());
        CHECK_FALSE(row.why.reason.en.empty());
        return row.why.field;
    };
    CHECK(field_of("identity_number", "110101199003070039") == "idCard");
    CHECK(field_of("region", "110101") == "areaCode");
    CHECK(field_of("machine", "payment") == "itemCode");
    CHECK(field_of("machine", "reserve") == "itemCode");  // of nobody in particular, and no help either
    CHECK(office.waiting().empty());
    CHECK(office.told().empty());
}

}  // namespace doudi::exchange
