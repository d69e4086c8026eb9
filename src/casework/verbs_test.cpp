// SPDX-License-Identifier: Apache-2.0
#include "casework/verbs.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "casework/lists/lists_repository.h"
#include "casework/office_test_support.h"
#include "store/test_engines.h"
#include "store/test_sealed.h"

namespace doudi::casework {
namespace {

using Kind = Moved::Kind;

}  // namespace

TEST_CASE_TEMPLATE("a case is its events: kept, read again and folded to what stands beside them", Engine,
                   ENGINES) {
    Office<Engine> office;
    const CaseId of = office.accepted();
    CHECK(office.move(township, of, "visit", seen).kind == Kind::made);
    const CaseView view = value(read_case(office.desk, of, office.today()));
    CHECK(view.head.household == HouseholdId(5));
    CHECK(view.head.unit == UnitId(2));
    CHECK(view.head.pack_version == shipped("guangdong-2021").pack.content_hash);
    CHECK(view.state.state == "verified");
    REQUIRE(view.events.size() == 4);
    CHECK(view.events[3].fields == seen);
    CHECK(view.events[3].papers == std::vector<std::string>{"home_survey"});
    CHECK(value(is_sound(office.desk, of)));
    CHECK(code_of(read_case(office.desk, CaseId(99), office.today())) == "case_unknown");
}

TEST_CASE_TEMPLATE("the clock of a red warning runs from its dispatch: three working days", Engine, ENGINES) {
    Office<Engine> office;
    const CaseId of = office.open().of;
    CHECK(value(read_case(office.desk, of, office.today())).clocks.empty());
    office.move(county, of, "dispatch", {{"to_unit", {"2"}}});  // Monday the 30th of June
    const auto clock_on = [&](std::string_view on) {
        const CaseView view = value(read_case(office.desk, of, day(on)));
        const auto found = std::ranges::find_if(
            view.clocks, [](const ClockReading& one) { return one.rule->id == "warning_verification"; });
        REQUIRE(found != view.clocks.end());
        return *found;
    };
    CHECK(clock_on("2025-06-30").due == day("2025-07-03"));
    CHECK(clock_on("2025-07-03").state == ClockState::due);
    CHECK(clock_on("2025-07-04").state == ClockState::overdue);
    CHECK(clock_on("2025-07-04").climbed_to == "township");
}

TEST_CASE_TEMPLATE("what a closed case is told keeps the day on which it was closed", Engine, ENGINES) {
    Office<Engine> office;
    const CaseId of = office.accepted();
    Fields untrue = seen;
    untrue["outcome"] = {"false_"};
    CHECK(office.move(township, of, "visit", untrue).kind == Kind::made);
    CHECK(office.move(township, of, "feed_back").kind == Kind::made);
    office.go_on(1);
    CHECK(office.move(county, of, "dismiss", {{"reason", {"不属实"}}}).kind == Kind::made);
    const Date closed_on = office.today();
    const auto listed = [&] {
        return value(repository::list_cases(office.database, repository::CaseFilter()))
            .front()
            .desk.closed_on;
    };
    CHECK(listed() == closed_on);
    office.go_on(5);
    const Actor peer{UserId(), {"peer_office"}, UnitId(1), "county", "441699", ""};
    CHECK(office.move(peer, of, "tell_above", {{"above_did", {"closed"}}}).kind == Kind::made);
    CHECK(listed() == closed_on);
    CHECK(office.view(of).state.state_on == closed_on);
    CHECK(office.view(of).state.last_on == office.today());
    CHECK(office.move(county, of, "reopen", {{"reason", {"又有新情况"}}}).kind == Kind::made);
    CHECK_FALSE(listed().has_value());
}

TEST_CASE_TEMPLATE("a form that is sent again is one event", Engine, ENGINES) {
    Office<Engine> office;
    const CaseId of = office.accepted();
    CHECK(office.move(township, of, "visit", seen, "phone-1").kind == Kind::made);
    const Moved again = office.move(township, of, "visit", seen, "phone-1");
    CHECK(again.kind == Kind::already_there);
    CHECK(again.event == 4);
    CHECK(value(read_case(office.desk, of, office.today())).events.size() == 4);
}

TEST_CASE_TEMPLATE("a form from a phone that comes too late is kept for a person and decides nothing", Engine,
                   ENGINES) {
    Office<Engine> office;
    const CaseId of = office.accepted();
    office.move(township, of, "visit", seen, "phone-1");
    Fields other = seen;
    other["outcome"] = {"false_"};
    CHECK(office.move(colleague, of, "visit", other, "phone-2").kind == Kind::kept_late);
    CHECK(office.move(colleague, of, "visit", other, "phone-2").kind == Kind::kept_late);
    const CaseView view = value(read_case(office.desk, of, office.today()));
    CHECK(view.state.fields.at("outcome").front() == "true_");
    REQUIRE(view.late.size() == 1);
    CHECK(view.late.front().fields == other);
    CHECK(view.late.front().by == colleague.user);
    CHECK(view.late.front().reason == "move_not_open");
    CHECK(settle_late(office.desk, of, view.late.front().id).has_value());
    CHECK_FALSE(settle_late(office.desk, of, view.late.front().id).has_value());
    CHECK(value(read_case(office.desk, of, office.today())).late.empty());
}

TEST_CASE_TEMPLATE("two officers on one case: the second is told to read it again", Engine, ENGINES) {
    Office<Engine> office;
    const CaseId of = office.open().of;
    const MoveRequest dispatch{"dispatch", office.today(), {{"to_unit", {"2"}}}, ""};
    CHECK(value(move_case(office.desk, county, of, 1, dispatch)).kind == Kind::made);
    CHECK(code_of(move_case(office.desk, county, of, 1, dispatch)) == "case_changed");
    CHECK(value(read_case(office.desk, of, office.today())).events.size() == 2);
}

TEST_CASE_TEMPLATE("what is refused leaves nothing behind", Engine, ENGINES) {
    Office<Engine> office;
    const CaseId of = office.accepted();
    const Moved refused = office.move(county, of, "visit", {}, "phone-1");
    CHECK(refused.kind == Kind::refused);
    CHECK(refused.faults.size() == 4);  // the role, and three fields
    const CaseView view = value(read_case(office.desk, of, office.today()));
    CHECK(view.events.size() == 3);
    CHECK(view.late.empty());
}

TEST_CASE_TEMPLATE(
    "what an event was told lies sealed, goes with the household's key, and opens in its place alone", Engine,
    ENGINES) {
    Office<Engine> office;
    const store::TestFolder keys;
    office.desk.shelf.seal = store::make_sealed(keys, vault::Suite::sm4_hmac_sm3).seal();
    const CaseId of = office.accepted();
    office.move(township, of, "visit", seen);
    auto bodies = value(office.database.prepare("select body from casework_event where body <> ''"));
    CHECK_FALSE(value(bodies.step()));
    bodies.reset();
    CHECK(value(read_case(office.desk, of, office.today())).events[3].fields == seen);
    REQUIRE(
        office.database.execute("update casework_event set sealed = (select sealed from casework_event where"
                                " number = 1) where number = 4"));
    CHECK_FALSE(read_case(office.desk, of, office.today()));
}

TEST_CASE_TEMPLATE("an edited fold is found: the events are the truth", Engine, ENGINES) {
    Office<Engine> office;
    const CaseId of = office.accepted();
    REQUIRE(office.database.execute("update casework_case set state = 'closed', is_closed = 1"));
    CHECK_FALSE(value(is_sound(office.desk, of)));
}

TEST_CASE(
    "property: whatever is tried, the stored fold is what the events say, and every event follows its "
    "machine") {
    rc::check([] {
        Office<store::OnSqlite> office;
        const CaseId of = office.open().of;
        const policy::Machine& machine = *office.law().procedures.machine("warning");
        const std::vector<Actor> people{county, township, colleague, program};
        const Fields everything{{"to_unit", {"2"}},       {"reason", {"理由"}},  {"outcome", {"true_"}},
                                {"officers", {"2", "3"}}, {"note", {"记录"}},    {"branch", {"push"}},
                                {"merged_into", {"1"}},   {"attempt", {"moved"}}};
        for (int step = 0; step < 25; ++step) {
            const policy::Move& move = *rc::gen::elementOf(machine.moves);
            const Actor& who = *rc::gen::elementOf(people);
            Fields told;
            for (const std::string& need : move.needs)
                if (everything.contains(need)) told[need] = everything.at(need);
            office.move(who, of, move.id, told);
            office.go_on(*rc::gen::inRange(0, 3));
        }
        RC_ASSERT(value(is_sound(office.desk, of)));
        const CaseView view = value(read_case(office.desk, of, office.today()));
        std::string state;
        for (const CaseEvent& event : view.events) {
            const policy::Move* move = machine.move(event.move);
            RC_ASSERT(move != nullptr);
            const bool follows =
                move->from.empty() ? state.empty() : std::ranges::find(move->from, state) != move->from.end();
            RC_ASSERT(follows);
            state = event.to;
        }
    });
}

}  // namespace doudi::casework
