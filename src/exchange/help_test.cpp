// SPDX-License-Identifier: Apache-2.0
// Help that is asked upwards, and through the city of another county (异地协查): each message once over a
// line that loses and doubles, the answer back at whoever asked, and what both sides did shown.
#include <random>

#include "exchange/exchange_test_support.h"

namespace doudi::exchange {
namespace {

using casework::CaseId;
using casework::Moved;

const std::vector<House> one{{"A", "一号", "甲"}};
const casework::Fields found{{"outcome", {"true_"}}, {"officers", {"2", "3"}}, {"note", {"在此居住"}}};

// A city with two counties on servers of their own; the other county has nobody of the first.
template <class Engine>
struct Trio {
    Trio()
        : city("city", "county", true),
          county("county", "city", false, {}, true),
          other("other", "city", false, {}, true) {
        for (auto* office : {&city, &county}) {
            access::UnitRow row;
            row.place = "other";
            row.code = "other";
            row.title = "other";
            row.kind = "county";
            row.parent = "city";
            row.region = "441698";
            row.from = "2020-01-01";
            (void)value(access::load_units(office->folder.database(), std::span(&row, 1)));
            office->units = value(access::read_units(office->folder.database()));
        }
        city.peers.all.push_back(peer_of("other", channel("doudi"), "other", "city"));
        city.put(one);
        county.put(one);
    }

    void speak(Office<Engine>& office, const Peer& peer) {
        auto cases = office.cases();
        Desk desk{office.folder, cases, office.units, office.peers, office.clock};
        (void)value(tell(desk, peer));
        TakingDesk taking{desk, "guangdong-2021", 1};
        (void)value(take(taking, peer));
    }
    // The city calls both, over a line that loses calls and answers and doubles them while it is bad.
    void settle(bool bad = false) {
        for (int round = 0; round < (bad ? 12 : 6); ++round) {
            for (auto* office : {&city, &county, &other}) office->clock.advance(std::chrono::hours(3));
            for (const auto& [peer, below] : {std::pair(0U, &county), std::pair(1U, &other)}) {
                speak(city, city.peers.all[peer]);
                speak(*below, below->peer());
                const Post post = [&](const Peer&, const std::string& body) -> Result<std::string> {
                    const auto cut = [] {
                        return fail(ErrorKind::cancelled, "outside_unreachable", {"断", "cut"});
                    };
                    if (bad && random_() % 3 == 0) return cut();
                    auto heard = TRY(below->hear(body)).body;
                    if (bad && random_() % 3 == 0) (void)below->hear(body);
                    if (bad && random_() % 3 == 0) return cut();
                    return heard;
                };
                auto rows = city.shelf();
                (void)value(
                    call(city.peers, city.peers.all[peer], rows, city.clock, Office<Engine>::nobody, post));
                speak(city, city.peers.all[peer]);
                speak(*below, below->peer());
            }
        }
    }
    // A warning of the county's that waits for its visit, and the help asked below it.
    CaseId ask(const char* whom) {
        const std::string own = std::to_string(county.unit("county").value());
        warning = county.raise("A");
        REQUIRE(county.move(worker, warning, "dispatch", {{"to_unit", {own}}}).kind == Moved::Kind::made);
        REQUIRE(county.move(town, warning, "accept").kind == Moved::Kind::made);
        casework::OpenRequest request;
        request.machine = "assistance";
        request.pack = "guangdong-2021";
        request.household = value(registry::find_by_code(county.folder, county.folder.current(), "A"));
        request.unit = county.unit("county");
        request.parent = warning;
        request.first = {"ask",
                         county.today(),
                         {{"to_unit", {std::to_string(county.unit(whom).value())}}, {"need", {"核实现住址"}}},
                         ""};
        auto desk = county.cases();
        const auto asked = value(casework::open_case(desk, town, request));
        REQUIRE(asked.kind == Moved::Kind::made);
        return asked.of;
    }
    casework::CaseState told(Office<Engine>& office, CaseId of) {
        auto desk = office.cases();
        return value(casework::read_case(desk, of, office.today())).state;
    }
    void check_each_once(Office<Engine>& office, const Peer& peer, Office<Engine>& hearer,
                         const Peer& sender) {
        auto rows = office.shelf();
        auto theirs = hearer.shelf();
        const auto sent = value(repository::list_out(rows, peer.id, "", 0, 1000));
        const auto came = value(repository::list_in(theirs, sender.id, "", 0, 1000));
        CHECK(came.size() == sent.size());
        for (const OutRow& row : sent) {
            CHECK(row.state == out::receipted);
            CHECK(std::ranges::count(came, row.message, &InRow::message) == 1);
        }
        for (const InRow& row : came) CHECK(row.state == in::taken);
    }

    Office<Engine> city, county, other;
    CaseId warning;

  private:
    std::mt19937 random_{7};
};

}  // namespace

TEST_CASE_TEMPLATE(
    "help is asked of another county through the city, and the answer comes back to whoever asked", Engine,
    ENGINES) {
    Trio<Engine> trio;
    const CaseId asked = trio.ask("other");
    trio.settle(true);
    trio.settle();
    const auto passing = trio.city.opened(asked);
    REQUIRE(passing);
    CHECK(passing->now.state == "asked");
    CHECK(passing->head.household.has_value());
    CHECK_FALSE(trio.other.opened(passing->head.id));
    const std::string to = std::to_string(trio.city.unit("other").value());
    REQUIRE(trio.city.move(worker, passing->head.id, "pass_down", {{"to_unit", {to}}}).kind ==
            Moved::Kind::made);
    trio.settle(true);
    trio.settle();
    const auto there = trio.other.opened(passing->head.id);
    REQUIRE(there);
    // The other county's register has nobody of them: the message says whom to look for.
    CHECK_FALSE(there->head.household.has_value());
    const auto state = trio.told(trio.other, there->head.id);
    CHECK(state.fields.at("need") == std::vector<std::string>{"核实现住址"});
    CHECK(state.fields.at("whom") == std::vector<std::string>{"甲 户主"});
    REQUIRE(trio.other.move(worker, there->head.id, "answer", found).kind == Moved::Kind::made);
    trio.settle(true);
    trio.settle();
    CHECK(trio.city.state(passing->head.id) == "answered");
    CHECK(trio.county.state(asked) == "answered");
    const auto warned = trio.told(trio.county, trio.warning);
    CHECK(casework::first_of(warned.fields, "help_outcome") == "true_");
    CHECK(casework::first_of(warned.fields, "note") == "在此居住");
    CHECK(warned.state == "accepted");  // whoever asked says itself what it found
    CHECK(trio.told(trio.county, asked).events == 2);
    auto& city = trio.city;
    trio.check_each_once(trio.county, trio.county.peer(), city, city.peers.all[0]);
    trio.check_each_once(city, city.peers.all[0], trio.county, trio.county.peer());
    trio.check_each_once(city, city.peers.all[1], trio.other, trio.other.peer());
    trio.check_each_once(trio.other, trio.other.peer(), city, city.peers.all[1]);
}

TEST_CASE_TEMPLATE(
    "what is handed within the county stays there, and what was settled meanwhile is kept for a person",
    Engine, ENGINES) {
    Trio<Engine> trio;
    const CaseId own = trio.ask("county");
    trio.settle();
    CHECK_FALSE(trio.city.opened(own));
    const CaseId asked = trio.ask("city");
    trio.settle();
    const auto there = trio.city.opened(asked);
    REQUIRE(there);
    // The county closes it itself; the city answers all the same.
    REQUIRE(trio.county.move(town, asked, "refuse", {{"reason", {"本人已返回"}}}).kind == Moved::Kind::made);
    REQUIRE(trio.city.move(worker, there->head.id, "answer", found).kind == Moved::Kind::made);
    trio.settle();
    CHECK(trio.county.state(asked) == "refused");
    CHECK(trio.county.ins().front().outcome == fmt::format("late/{}", asked.value()));
    CHECK(trio.city.out_in(out::refused) == 0);
}

TEST_CASE_TEMPLATE("the other place cannot: who asked is told why", Engine, ENGINES) {
    Trio<Engine> trio;
    const CaseId asked = trio.ask("city");
    trio.settle();
    const auto there = trio.city.opened(asked);
    REQUIRE(there);
    REQUIRE(trio.city.move(worker, there->head.id, "refuse", {{"reason", {"查无此人"}}}).kind ==
            Moved::Kind::made);
    trio.settle();
    CHECK(trio.county.state(asked) == "refused");
    CHECK(casework::first_of(trio.told(trio.county, asked).fields, "reason") == "查无此人");
    CHECK(casework::first_of(trio.told(trio.county, trio.warning).fields, "help_outcome") == "cannot");
}

}  // namespace doudi::exchange
