// SPDX-License-Identifier: Apache-2.0
// A cap is had once by a household or a person, however many cases are opened, and by whomever it is paid.
#include "casework/payments/together.h"

#include <fmt/format.h>

#include "casework/moves/machines_test_support.h"
#include "casework/office_test_support.h"
#include "casework/ties/tying.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Codes = std::vector<std::string>;

const Actor town{UserId(2), {"township_officer"}, UnitId(2), "township", "370102001", ""};
const Actor other{UserId(3), {"township_officer"}, UnitId(2), "township", "370102001", ""};
const Actor chief{UserId(1), {"county_caseworker"}, UnitId(1), "county", "370102", ""};
const Actor deputy{UserId(5), {"county_caseworker"}, UnitId(1), "county", "370102", ""};

Codes codes_of(const Moved& moved) {
    Codes codes;
    for (const MoveFault& fault : moved.faults) codes.push_back(fault.code);
    return codes;
}

// In Jinan one officer pays 1000 yuan at once.
template <class Engine>
struct Urgent : Office<Engine> {
    Urgent() : Office<Engine>("jinan-2024") {}

    CaseId reported(std::optional<unsigned> household = 5, std::optional<unsigned> person = std::nullopt,
                    const Actor& who = town) {
        OpenRequest request;
        request.machine = "emergency";
        request.pack = this->pack_id;
        if (household) request.household = HouseholdId(*household);
        if (person) request.person = PersonId(*person);
        request.unit = who.unit;
        request.first = {"report",
                         this->today(),
                         {{"need", {"突发急病"}}, {"found_by", {"hotline"}}, {"person_shown", {"老人"}}},
                         ""};
        return value(open_case(this->desk, who, request)).of;
    }
    Moved pays(const Actor& who, CaseId of, const char* fen, std::optional<Date> on = std::nullopt) {
        const char* move = who.level == "county" ? "pay" : "pay_first";
        return value(
            move_case(this->desk, who, of, std::nullopt,
                      {move, on.value_or(this->today()), {{"amount", {fen}}, {"paid_how", {"goods"}}}, ""}));
    }
    Codes paid(const Actor& who, CaseId of, const char* fen) { return codes_of(pays(who, of, fen)); }
};

const Codes too_much{"together_too_much"};

// One move whose sum is counted with others, in a pack in which every figure is set.
template <class Engine>
struct Capped {
    Office<Engine>& office;
    const policy::Law& law;
    const policy::Machine& machine;
    const policy::Move& move;

    [[nodiscard]] const std::string& field() const { return move.at_most.front().first; }
    [[nodiscard]] std::int64_t cap() const {
        const int figure = law.parameter_of(move.at_most.front().second);
        const auto* most = law.value_of(figure, town.region, "", office.today());
        REQUIRE(most != nullptr);
        return most->value.as_money().fen();
    }
    [[nodiscard]] CaseHead head(unsigned household) const {
        CaseHead head;
        head.machine = machine.id;
        head.household = HouseholdId(household);
        head.unit = head.origin = town.unit;
        head.pack = office.pack_id;
        head.opened_on = office.today();
        return head;
    }
    [[nodiscard]] Fields told(std::int64_t fen, int days_ago) const {
        Fields fields{{field(), {std::to_string(fen)}}};
        if (!move.together->same.empty()) fields[move.together->same] = {"illness"};
        if (!move.together->day.empty()) fields[move.together->day] = {(office.today() - days_ago).iso()};
        return fields;
    }
    // A case with that step alone, as the store has it.
    void given(unsigned household, const std::string& step, std::int64_t fen, int days_ago = 0) {
        const auto done = office.desk.shelf.database.write([&]() -> Result<void> {
            CaseHead of = head(household);
            of.id = TRY(repository::insert_case(office.desk.shelf, of));
            CaseEvent event;
            event.number = 1;
            event.move = step;
            event.to = machine.states.front().id;
            event.on = office.today() - days_ago;
            event.at = office.clock.now() - std::chrono::days(days_ago);
            event.by = other.user;
            event.unit = other.unit;
            event.fields = told(fen, days_ago);
            return repository::insert_event(office.desk.shelf, of, event);
        });
        REQUIRE(done.has_value());
    }
    Codes asked(unsigned household, std::int64_t fen) {
        Codes codes;
        const CaseState state;
        const MoveQuestion question{law, machine, state, office.today(), {}};
        const auto done = office.desk.shelf.database.write([&]() -> Result<void> {
            const MoveRequest request{move.id, office.today(), told(fen, 0), ""};
            for (const MoveFault& fault :
                 TRY(check_together(office.desk, question, move, town, head(household), request)))
                codes.push_back(fault.code);
            return {};
        });
        REQUIRE(done.has_value());
        return codes;
    }
};

// Below, at and above what is left; of another household; on the last day on which it counts, and after it.
template <class Engine>
void check_capped(Capped<Engine> one, unsigned& home) {
    const std::int64_t cap = one.cap();
    const std::int64_t part = cap / 2;
    const int days = one.move.together->days;
    for (const std::string& step : one.move.together->moves) {
        CAPTURE(step);
        const unsigned near = ++home;
        one.given(near, step, part, days - 1);
        CHECK(one.asked(near, cap - part - 1).empty());
        CHECK(one.asked(near, cap - part).empty());
        CHECK(one.asked(near, cap - part + 1) == too_much);
        one.given(near, step, cap - part);
        CHECK(one.asked(near, 1) == too_much);
        CHECK(one.asked(++home, cap).empty());
        const unsigned far = ++home;
        one.given(far, step, cap, days);
        CHECK(one.asked(far, cap).empty());
    }
}

}  // namespace

TEST_CASE_TEMPLATE("whatever sum a pack lets one pay up to a figure: two cases of a household have it once",
                   Engine, ENGINES) {
    for (const char* id :
         {"guangdong-2021", "jinan-2024", "changsha-2025", "chongqing-2024", "shanxi-county"}) {
        Office<Engine> office(id);
        const policy::Law& law = with_figures(id).pack.law;
        unsigned home = 100;
        std::size_t walked = 0;
        for (const policy::Machine& machine : law.procedures.machines) {
            for (const policy::Move& move : machine.moves) {
                if (!move.together) continue;
                CAPTURE(id);
                CAPTURE(machine.id + "." + move.id);
                check_capped(Capped<Engine>{office, law, machine, move}, home);
                ++walked;
            }
        }
        CHECK(walked >= 4);  // of two levels in an emergency, after a disaster, of small sums
    }
}

TEST_CASE_TEMPLATE(
    "of the emergencies of one household no more than the cap is paid by one: below, at it, a fen above",
    Engine, ENGINES) {
    Urgent<Engine> office;
    const CaseId first = office.reported();
    REQUIRE(office.paid(town, first, "60000").empty());
    const CaseId second = office.reported();
    const Moved refused = office.pays(town, second, "40001");
    REQUIRE(codes_of(refused) == too_much);
    CHECK(refused.faults.front().field == "amount");
    for (const std::string said : {"600.00 元", "1000.00 元", "400.00 元"})
        CHECK_MESSAGE(refused.faults.front().text.zh.contains(said), said);
    CHECK(refused.faults.front().text.zh.contains(fmt::format("第 {} 号", first.value())));
    CHECK(refused.faults.front().text.en.contains("now 400.00"));
    CHECK(office.paid(town, second, "39999").empty());
    // By whomever, and at whichever level.
    const CaseId third = office.reported();
    CHECK(office.paid(other, third, "2") == too_much);
    CHECK(office.paid(chief, third, "2") == too_much);
    CHECK(office.paid(other, third, "1").empty());
    // Another household's is its own, and a sum that is too much by itself is said once.
    CHECK(office.paid(town, office.reported(6), "100000").empty());
    CHECK(office.paid(town, office.reported(7), "100001") == Codes{"field_too_much"});
}

TEST_CASE_TEMPLATE("thirty days later the cap is had anew, not a day sooner and not by dating a step back",
                   Engine, ENGINES) {
    Urgent<Engine> office;
    const CaseId early = office.reported();
    const CaseId lies = office.reported(6);
    const CaseId lies_too = office.reported(6);
    const Date begins = office.today();
    REQUIRE(office.paid(town, office.reported(), "100000").empty());
    office.go_on(29);
    CHECK(office.paid(town, early, "1") == too_much);
    office.go_on(1);
    CHECK(office.paid(town, early, "100000").empty());
    // Dated thirty days back, it is paid today all the same.
    REQUIRE(office.paid(town, lies, "100000").empty());
    CHECK(codes_of(office.pays(town, lies_too, "1", begins)) == too_much);
}

TEST_CASE_TEMPLATE(
    "more than the cap is paid by two, also after a small sum, and counts with what comes next", Engine,
    ENGINES) {
    Urgent<Engine> office;
    const CaseId of = office.reported();
    REQUIRE(office.paid(town, of, "60000").empty());
    const auto told = [&](const Actor& who, const char* move, Fields fields = {}) {
        return codes_of(office.move(who, of, move, std::move(fields)));
    };
    const Fields sum{{"sum_proposed", {"500000"}}, {"reason", {"手术押金"}}};
    const Fields rest{{"amount", {"500000"}}, {"paid_how", {"fund"}}};
    REQUIRE(told(town, "propose", sum).empty());
    CHECK(told(town, "hand_over", {{"reason", {"转站"}}, {"to_unit", {"3"}}}) == Codes{"move_after"});
    // Whoever proposed it takes it back; a colleague of the township does not.
    CHECK(told(other, "turn_down", {{"reason", {"误提"}}}) == Codes{"move_role", "move_level"});
    REQUIRE(told(town, "turn_down", {{"reason", {"误提"}}}).empty());
    CHECK(told(chief, "pay_agreed", rest) == Codes{"move_after"});
    REQUIRE(told(town, "explain", {{"note", {"补充说明"}}}).empty());
    REQUIRE(told(town, "propose", sum).empty());
    CHECK(told(deputy, "close") == Codes{"move_after"});
    REQUIRE(told(chief, "pay_agreed", rest).empty());
    CHECK(office.view(of).state.state == "paid");             // what was paid last is explained too
    CHECK(told(town, "propose", sum) == Codes{"move_shut"});  // nobody could pay it: that is made once
    REQUIRE(told(town, "explain", {{"note", {"补充票据"}}}).empty());
    CHECK(told(chief, "close") == Codes{"move_same_person"});
    REQUIRE(told(deputy, "close").empty());
    const CaseId again = office.reported();
    CHECK(office.paid(town, again, "1") == too_much);
    // A second person is enough: no help is refused.
    const Fields small{{"sum_proposed", {"100"}}, {"reason", {"药费"}}};
    REQUIRE(codes_of(office.move(town, again, "propose", small)).empty());
    CHECK(codes_of(office.move(deputy, again, "pay_agreed", {{"amount", {"100"}}, {"paid_how", {"fund"}}}))
              .empty());
}

TEST_CASE_TEMPLATE(
    "of a person it is theirs wherever they live; of nobody known it is said that it is unknown", Engine,
    ENGINES) {
    Urgent<Engine> office;
    REQUIRE(office.paid(town, office.reported(5, 11), "100000").empty());
    CHECK(office.paid(town, office.reported(6, 11), "1") == too_much);
    CHECK(office.paid(town, office.reported(std::nullopt, 11), "1") == too_much);
    CHECK(office.paid(town, office.reported(6, 12), "100000").empty());

    const CaseId stranger = office.reported(std::nullopt);
    for (const CaseId of : {stranger, office.reported(std::nullopt)}) {
        const Moved moved = office.pays(town, of, "100000");
        REQUIRE(moved.kind == Moved::Kind::made);
        REQUIRE(moved.hints.size() == 1);
        CHECK(moved.hints.front().code == given_unknown);
        CHECK(moved.hints.front().text.zh.contains("未知"));
    }
    CHECK(office.pays(town, office.reported(8), "100").hints.empty());
    // Once it is known whose it was, it counts there.
    const CaseId theirs = office.reported(9);
    Tie tie{stranger,
            static_cast<int>(office.view(stranger).events.size()),
            HouseholdId(9),
            "LC000009",
            {"tie", office.today(), {{"shown_by", {"id_card"}}, {"tied_because", {"核对了身份证"}}}, ""}};
    REQUIRE(value(tie_case(office.desk, town, tie)).kind == Moved::Kind::made);
    CHECK(office.paid(town, theirs, "1") == too_much);
}

TEST_CASE_TEMPLATE(
    "disasters of a household count by the day on which it was hit: fifteen days are another one", Engine,
    ENGINES) {
    Office<Engine> office("guangdong-2021");
    office.desk.law_of = [&](std::string_view, Date) {  // every figure is 10,000 yuan
        return std::shared_ptr<const policy::Pack>(std::shared_ptr<const policy::Pack>(),
                                                   &with_figures("guangdong-2021").pack);
    };
    const Date today = office.today();
    const auto hit = [&](Date on) {
        return office
            .open(township, "disaster", "report",
                  {{"hit_on", {on.iso()}}, {"loss", {"livelihood"}}, {"need", {"庄稼绝收"}}})
            .of;
    };
    const auto helped = [&](CaseId of, const char* fen) {
        return codes_of(office.move(township, of, "help", {{"relief", {"cash"}}, {"amount", {fen}}}));
    };
    REQUIRE(helped(hit(today), "600000").empty());
    CHECK(helped(hit(today), "400001") == too_much);
    CHECK(helped(hit(today - 14), "400001") == too_much);
    REQUIRE(helped(hit(today), "400000").empty());
    const CaseId more = hit(today);
    CHECK(helped(more, "1") == too_much);
    // Goods go at once, whatever was paid.
    CHECK(codes_of(office.move(township, more, "help", {{"relief", {"goods"}}})).empty());
    // Of another disaster told on the same day: by when it was written down it is one still.
    CHECK(helped(hit(today - 15), "1") == too_much);
    office.go_on(15);
    CHECK(helped(hit(today + 14), "1") == too_much);
    CHECK(helped(hit(today + 15), "1000000").empty());
}

}  // namespace doudi::casework
