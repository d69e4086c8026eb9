// SPDX-License-Identifier: Apache-2.0
#include "casework/ties/merging.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "casework/office_test_support.h"
#include "casework/warnings.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Kind = Moved::Kind;
using Codes = std::vector<std::string>;

// Monday the 30th of June 2025, two townships, a household with several warnings.
template <class Engine>
struct Merging {
    Office<Engine> office;

    CaseId raised(std::vector<std::string> events, std::string level, unsigned household = 5,
                  std::string source = {}) {
        OpenRequest request;
        request.machine = "warning";
        request.pack = office.pack_id;
        request.household = HouseholdId(household);
        request.unit = UnitId(1);
        request.source = std::move(source);
        request.first = {
            "raise", office.today(), {{"event", std::move(events)}, {"level", {std::move(level)}}}, ""};
        return value(open_case(office.desk, program, request)).of;
    }
    CaseId dispatched(std::vector<std::string> events, std::string level) {
        const CaseId of = raised(std::move(events), std::move(level));
        REQUIRE(office.move(county, of, "dispatch", {{"to_unit", {"2"}}}).kind == Kind::made);
        return of;
    }
    CaseId accepted(std::vector<std::string> events, std::string level) {
        const CaseId of = dispatched(std::move(events), std::move(level));
        REQUIRE(office.move(township, of, "accept").kind == Kind::made);
        return of;
    }
    Codes merge(CaseId of, const std::string& into) {
        Codes codes;
        for (const auto& fault : office.move(county, of, "merge", {{"merged_into", {into}}}).faults)
            codes.push_back(fault.field + ":" + fault.code);
        return codes;
    }
    Codes merge(CaseId of, CaseId into) { return merge(of, std::to_string(into.value())); }

    // Runnings of the verification: what about, from when, until when, how it stands.
    Codes clocks(CaseId of, std::string_view on) {
        Codes all;
        for (const ClockReading& one : value(read_case(office.desk, of, day(on))).clocks) {
            if (one.rule->id != "warning_verification") continue;
            all.push_back(fmt::format("{} {} {} {}", one.subject, one.started_on.iso(),
                                      one.due ? one.due->iso() : "", name_of(one.state)));
        }
        return all;
    }
    CaseState state(CaseId of) { return office.view(of).state; }
    std::string level(CaseId of) { return first_of(state(of).fields, level_field); }
};

const Fields pushed{{"event", {"9"}}};
const Fields in_vain{{"attempt", {"not_at_home"}}, {"officers", {"2", "3"}}};

}  // namespace

TEST_CASE_TEMPLATE("a warning goes into an open one of its household, within reach, and into no other",
                   Engine, ENGINES) {
    Merging<Engine> one;
    const CaseId of = one.accepted({"1"}, "red");
    CHECK(one.merge(of, of) == Codes{"merged_into:into_itself"});
    CHECK(one.merge(of, "999999") == Codes{"merged_into:into_unknown"});
    CHECK(one.merge(of, one.raised({"2"}, "red", 6)) == Codes{"merged_into:into_other"});
    CHECK(one.merge(of, one.office.open(township, "visit", "plan", {}).of) ==
          Codes{"merged_into:into_other"});
    const CaseId closed = one.accepted({"3"}, "blue");
    one.office.move(township, closed, "visit",
                    {{"outcome", {"false_"}}, {"officers", {"2", "3"}}, {"note", {"无"}}});
    one.office.move(township, closed, "feed_back");
    one.office.move(county, closed, "dismiss", {{"reason", {"不属实"}}});
    CHECK(one.merge(of, closed) == Codes{"merged_into:into_closed"});
    const CaseId open = one.raised({"4"}, "blue");
    const Actor elsewhere{UserId(9), {"county_caseworker"}, UnitId(5), "county", "441698", ""};
    CHECK(one.office.move(elsewhere, of, "merge", {{"merged_into", {std::to_string(open.value())}}})
              .faults.front()
              .code == "into_unknown");
    CHECK(one.state(of).state == "accepted");
    CHECK(one.state(open).events == 1);
    CHECK(one.merge(of, open).empty());
    CHECK(one.state(of).state == "closed");
}

TEST_CASE_TEMPLATE("the earlier day and the higher level go on where it is taken in", Engine, ENGINES) {
    Merging<Engine> one;
    const CaseId red = one.accepted({"1", "2"}, "red");  // three working days, until the 3rd of July
    one.office.go_on(2);
    const CaseId blue = one.accepted({"5"}, "blue");  // ten, until the 16th
    one.office.go_on(5);
    REQUIRE(one.merge(red, blue).empty());
    CHECK(one.clocks(blue, "2025-07-07") ==
          Codes{" 2025-07-02 2025-07-16 running", "1;2 2025-06-30 2025-07-03 overdue"});
    CHECK(one.level(blue) == "red");
    const CaseView view = one.office.view(blue);
    CHECK(first_of(view.events.back().fields, taken_from_field) == std::to_string(red.value()));
    CHECK(view.events.back().by == county.user);
    const auto listed = value(repository::select_case(one.office.desk.shelf, blue));
    CHECK(listed->now.due_on == day("2025-07-03"));
    CHECK(value(is_sound(one.office.desk, blue)));
    CHECK(value(is_sound(one.office.desk, red)));
    // One visit answers both.
    one.office.move(township, blue, "visit", seen);
    CHECK(one.clocks(blue, "2025-07-07") ==
          Codes{" 2025-07-02 2025-07-16 met", "1;2 2025-06-30 2025-07-03 missed"});
}

TEST_CASE_TEMPLATE("a lower level stays with what it counts for and makes no visit a call", Engine, ENGINES) {
    Merging<Engine> one;
    const CaseId blue = one.accepted({"5"}, "blue");
    const CaseId red = one.accepted({"1"}, "red");
    one.office.go_on(1);
    REQUIRE(one.merge(blue, red).empty());
    CHECK(one.level(red) == "red");
    CHECK(one.clocks(red, "2025-07-01") ==
          Codes{" 2025-06-30 2025-07-03 running", "5 2025-06-30 2025-07-14 running"});
}

TEST_CASE_TEMPLATE("what nobody was sent for begins where it goes; what is open at the desk stays there",
                   Engine, ENGINES) {
    Merging<Engine> one;
    const CaseId visited = one.accepted({"1"}, "red");
    one.office.move(township, visited, "visit", seen);
    const CaseId fresh = one.raised({"7"}, "red");
    one.office.go_on(1);
    REQUIRE(one.merge(fresh, visited).empty());
    CHECK(one.state(visited).state == "accepted");  // seen once, it is to be seen again
    CHECK(one.clocks(visited, "2025-07-01") ==
          Codes{" 2025-06-30 2025-07-03 met", "7 2025-07-01 2025-07-04 running"});
    const CaseId first = one.raised({"8"}, "blue");
    const CaseId second = one.raised({"9"}, "red");
    REQUIRE(one.merge(second, first).empty());
    CHECK(one.state(first).state == "raised");
    CHECK(one.level(first) == "red");
    CHECK(one.clocks(first, "2025-07-01").empty());
    // What runs goes on at a desk, too.
    const CaseId running = one.dispatched({"6"}, "red");
    one.office.go_on(1);
    REQUIRE(one.merge(running, first).empty());
    CHECK(one.clocks(first, "2025-07-02") == Codes{"6 2025-07-01 2025-07-04 running"});
}

TEST_CASE_TEMPLATE("what was answered stays answered: only what came after the visit goes over", Engine,
                   ENGINES) {
    Merging<Engine> one;
    const CaseId of = one.accepted({"1"}, "red");
    one.office.move(township, of, "visit", seen);
    one.office.go_on(1);
    one.office.move(program, of, "push_event", {{"event", {"2"}}});
    const CaseId into = one.accepted({"3"}, "red");
    one.office.go_on(1);
    REQUIRE(one.merge(of, into).empty());
    CHECK(one.clocks(into, "2025-07-02") ==
          Codes{" 2025-07-01 2025-07-04 running", "2 2025-07-01 2025-07-04 running"});
}

TEST_CASE_TEMPLATE("monitoring goes on with the case into which its warning went", Engine, ENGINES) {
    Merging<Engine> one;
    const auto raise = [&](std::vector<std::string> events, std::string level) {
        monitor::WarningStanding warning;
        warning.id = 17;
        warning.household = HouseholdId(5);
        warning.is_open = true;
        warning.level = std::move(level);
        warning.issued_on = warning.changed_on = day("2025-06-30");
        warning.events = std::move(events);
        return warning;
    };
    const auto report = [&](const monitor::WarningStanding& warning) {
        const std::vector all{warning};
        return value(raise_warnings(one.office.desk, one.office.units, one.office.pack_id, all));
    };
    const auto settled = [&](const monitor::WarningStanding& warning) {
        const std::vector all{warning};
        return value(settled_warnings(one.office.desk, all)).size();
    };
    const CaseId of = one.raised({"1"}, "blue", 5, "warning/17");
    const CaseId into = one.accepted({"3"}, "red");
    REQUIRE(one.merge(of, into).empty());
    CHECK(settled(raise({"1"}, "blue")) == 0);  // nobody has looked yet
    CHECK(report(raise({"1"}, "blue")).unchanged == 1);
    CHECK(report(raise({"1", "2"}, "blue")).joined == 1);
    CHECK(report(raise({"1", "2"}, "blue")).unchanged == 1);
    CHECK(one.state(of).state == "closed");
    CHECK(one.state(into).fields.at("event") == std::vector<std::string>{"2"});
    CHECK(one.level(into) == "red");
    one.office.move(township, into, "visit",
                    {{"outcome", {"false_"}}, {"officers", {"2", "3"}}, {"note", {"无"}}});
    one.office.move(township, into, "feed_back");
    one.office.move(county, into, "dismiss", {{"reason", {"不属实"}}});
    CHECK(settled(raise({"1", "2"}, "blue")) == 1);
    CHECK(settled(raise({"1", "2", "4"}, "blue")) == 0);
    CHECK(report(raise({"1", "2", "4"}, "blue")).opened == 1);  // its own case stands up again
    CHECK(one.state(of).state == "raised");
}

namespace {

// What monitoring finds of one household by a cycle, as it stands.
template <class Engine>
RaiseReport found(Merging<Engine>& one, std::vector<std::string> events, std::string level,
                  std::string_view as_of) {
    monitor::WarningStanding warning;
    warning.id = 17;
    warning.household = HouseholdId(5);
    warning.is_open = true;
    warning.level = std::move(level);
    warning.issued_on = day("2025-06-30");
    warning.changed_on = day(as_of);
    warning.events = std::move(events);
    return value(raise_warnings(one.office.desk, one.office.units, one.office.pack_id, std::array{warning}));
}

}  // namespace

TEST_CASE_TEMPLATE("another level alone begins no second verification, whether it was dispatched or accepted",
                   Engine, ENGINES) {
    Merging<Engine> one;
    const CaseId of = one.raised({"1"}, "blue", 5, "warning/17");
    one.office.move(county, of, "dispatch", {{"to_unit", {"2"}}});
    one.office.go_on(1);
    const Codes once{" 2025-06-30 2025-07-14 running"};
    CHECK(found(one, {"1"}, "yellow", "2025-07-01").joined == 1);
    CHECK(one.level(of) == "yellow");
    CHECK(one.clocks(of, "2025-07-01") == once);
    CHECK(found(one, {"1"}, "yellow", "2025-07-01").unchanged == 1);
    one.office.move(township, of, "accept");
    CHECK(found(one, {"1"}, "red", "2025-07-01").joined == 1);
    CHECK(one.level(of) == "red");
    CHECK(one.state(of).state == "accepted");
    CHECK(one.clocks(of, "2025-07-01") == once);
    // With a new event it has days of its own, by the level of then.
    CHECK(found(one, {"1", "2"}, "red", "2025-07-01").joined == 1);
    CHECK(one.clocks(of, "2025-07-01") == Codes{once.front(), "2 2025-07-01 2025-07-04 running"});
}

TEST_CASE_TEMPLATE(
    "what a cycle finds has the day of the cycle, the first as well as what joins; not before the case's "
    "last "
    "step, not after today",
    Engine, ENGINES) {
    Merging<Engine> one;
    access::UnitId office(1);
    REQUIRE(one.office.database.write([&] {
        return access::place_household(one.office.database, HouseholdId(5), office, day("2025-01-01"),
                                       "test");
    }));
    one.office.go_on(8);  // the eighth of July
    CHECK(found(one, {"1"}, "red", "2025-06-30").opened == 1);
    const CaseId of = one.office.of_machine("warning").front().head.id;
    const auto last_on = [&] { return one.office.view(of).events.back().on.iso(); };
    CHECK(last_on() == "2025-06-30");
    const MoveRequest down{"dispatch", day("2025-07-02"), {{"to_unit", {"2"}}}, ""};
    REQUIRE(value(move_case(one.office.desk, county, of, std::nullopt, down)).faults.empty());
    CHECK(found(one, {"1", "2"}, "red", "2025-07-01").joined == 1);
    CHECK(last_on() == "2025-07-02");  // the township had it no earlier
    CHECK(found(one, {"1", "2", "3"}, "red", "2025-07-03").joined == 1);
    CHECK(last_on() == "2025-07-03");
    CHECK(found(one, {"1", "2", "3", "4"}, "red", "2025-07-09").joined == 1);
    CHECK(last_on() == "2025-07-08");
    CHECK(one.clocks(of, "2025-07-08") ==
          Codes{" 2025-07-02 2025-07-07 overdue", "2 2025-07-02 2025-07-07 overdue",
                "3 2025-07-03 2025-07-08 due", "4 2025-07-08 2025-07-11 running"});
}

TEST_CASE_TEMPLATE("what went into a case is not taken back with the case's own reasons", Engine, ENGINES) {
    Merging<Engine> one;
    const CaseId into = one.raised({"3"}, "red", 5, "warning/18");
    REQUIRE(one.merge(one.raised({"1"}, "blue"), into).empty());
    monitor::WarningStanding gone;
    gone.id = 18;
    gone.household = HouseholdId(5);
    gone.closed_why = "taken_back";
    const std::vector all{gone};
    CHECK(value(raise_warnings(one.office.desk, one.office.units, one.office.pack_id, all)).withdrawn == 1);
    CHECK(one.state(into).state == "raised");
    CHECK(first_of(one.state(into).fields, "gone") == "taken_back");
}

TEST_CASE_TEMPLATE("an event that comes after the visit is verified by another one, each within its days",
                   Engine, ENGINES) {
    Merging<Engine> one;
    const CaseId of = one.accepted({"1"}, "red");
    one.office.go_on(1);
    one.office.move(township, of, "visit", seen);
    one.office.move(township, of, "feed_back");
    one.office.go_on(1);
    REQUIRE(one.office.move(program, of, "push_event", pushed).kind == Kind::made);
    CHECK(one.state(of).state == "accepted");
    CHECK(one.clocks(of, "2025-07-02") ==
          Codes{" 2025-06-30 2025-07-03 met", "9 2025-07-02 2025-07-07 running"});
    CHECK(one.office.move(county, of, "handle", {{"branch", {"push"}}}).kind == Kind::refused);
    one.office.go_on(5);
    CHECK(one.clocks(of, "2025-07-07").back() == "9 2025-07-02 2025-07-07 due");
    one.office.move(township, of, "visit", seen);
    CHECK(one.clocks(of, "2025-07-08") == Codes{" 2025-06-30 2025-07-03 met", "9 2025-07-02 2025-07-07 met"});
    // Nobody waits for the office to accept what it has.
    for (const ClockReading& clock : one.office.view(of).clocks)
        if (clock.rule->id == "warning_acceptance") CHECK(clock.state == ClockState::met);
    // Another level alone sends nobody out again.
    one.office.move(program, of, "tell_level", {{"level", {"blue"}}});
    CHECK(one.state(of).state == "verified");
    CHECK(one.clocks(of, "2025-07-08").size() == 2);
}

TEST_CASE_TEMPLATE(
    "a form of a visit that was before the event is kept for a person: it says nothing of what came later",
    Engine, ENGINES) {
    Merging<Engine> one;
    const CaseId of = one.accepted({"1"}, "red");
    one.office.go_on(2);
    one.office.move(program, of, "push_event", pushed);
    const auto visit = [&](std::string_view on, std::string key) {
        const Moved moved = value(
            move_case(one.office.desk, township, of, std::nullopt, {"visit", day(on), seen, std::move(key)}));
        return std::pair(moved.kind, moved.faults.empty() ? "" : moved.faults.front().code);
    };
    CHECK(visit("2025-07-01", "") == std::pair(Kind::refused, std::string("on_before_mark")));
    CHECK(visit("2025-07-01", "phone-1") == std::pair(Kind::kept_late, std::string("on_before_mark")));
    CHECK(one.office.view(of).late.front().reason == "on_before_mark");
    CHECK(visit("2025-07-02", "phone-2").first == Kind::made);
}

TEST_CASE_TEMPLATE("days follow one another at a desk; what was done at a door may be written down late",
                   Engine, ENGINES) {
    Merging<Engine> one;
    const CaseId of = one.accepted({"1"}, "red");
    one.office.go_on(4);
    one.office.move(county, of, "remind");  // on the 4th of July
    const auto made = [&](const Actor& who, std::string_view move, std::string_view on, Fields fields) {
        const Moved moved = value(move_case(one.office.desk, who, of, std::nullopt,
                                            {std::string(move), day(on), std::move(fields), {}}));
        return moved.faults.empty() ? std::string("made")
                                    : moved.faults.front().field + ":" + moved.faults.front().code;
    };
    CHECK(made(county, "remind", "2025-07-03", {}) == "on:on_before_last");
    CHECK(made(county, "remind", "2025-07-04", {}) == "made");
    CHECK(made(township, "attempt", "2025-06-29", in_vain) == "on:on_before_case");
    CHECK(made(township, "attempt", "2025-06-30", in_vain) == "made");
    CHECK(made(township, "attempt", "2025-07-02", in_vain) == "made");
    CHECK(one.state(of).last_on == day("2025-07-04"));
    CHECK(made(township, "visit", "2025-07-03", seen) == "made");
    CHECK(made(township, "feed_back", "2025-07-03", {}) == "on:on_before_last");
    CHECK(made(township, "feed_back", "2025-07-04", {}) == "made");
    CHECK(value(is_sound(one.office.desk, of)));
}

TEST_CASE_TEMPLATE("one key is one form: another move under it is refused and not taken for the first",
                   Engine, ENGINES) {
    Merging<Engine> one;
    const CaseId of = one.accepted({"1"}, "red");
    const auto answered = [&](std::string_view move, Fields fields, std::string key) {
        const Moved moved = one.office.move(township, of, move, std::move(fields), std::move(key));
        return std::tuple(moved.kind, moved.event, moved.faults.empty() ? "" : moved.faults.front().code);
    };
    using Answer = std::tuple<Kind, int, std::string>;
    CHECK(answered("visit", seen, "phone-1") == Answer{Kind::made, 4, ""});
    CHECK(answered("visit", seen, "phone-1") == Answer{Kind::already_there, 4, ""});
    CHECK(answered("feed_back", {}, "phone-1") == Answer{Kind::refused, 0, "key_reused"});
    CHECK(one.state(of).state == "verified");
    CHECK(answered("feed_back", {}, "phone-2") == Answer{Kind::made, 5, ""});
    // Also of a form that is kept for a person.
    CHECK(answered("visit", seen, "phone-3") == Answer{Kind::kept_late, 0, "move_not_open"});
    CHECK(answered("visit", seen, "phone-3") == Answer{Kind::kept_late, 0, "move_not_open"});
    CHECK(answered("attempt", in_vain, "phone-3") == Answer{Kind::refused, 0, "key_reused"});
    CHECK(one.office.view(of).late.size() == 1);
    // What is made in place of another move is that form, too.
    CHECK(one.office.move(program, of, "push_event", pushed, "peer-1").kind == Kind::made);
    CHECK(one.office.view(of).events.back().move == "push_again");
    CHECK(one.office.move(program, of, "push_event", pushed, "peer-1").kind == Kind::already_there);
}

TEST_CASE_TEMPLATE("an opening of one key is one case, however late it is sent again", Engine, ENGINES) {
    Office<Engine> office;
    const auto opened = [&](const Actor& who, std::string machine, std::string move, Fields fields,
                            std::optional<unsigned> household = 5) {
        OpenRequest request;
        request.machine = std::move(machine);
        request.pack = office.pack_id;
        if (household) request.household = HouseholdId(*household);
        request.unit = who.unit;
        request.first = {std::move(move), office.today(), std::move(fields), "phone-1"};
        return value(open_case(office.desk, who, request));
    };
    const Fields emergency{{"need", {"急病"}}, {"found_by", {"hotline"}}};
    const Moved first = opened(township, "emergency", "report", emergency);
    REQUIRE(first.kind == Kind::made);
    office.go_on(400);
    const Moved again = opened(township, "emergency", "report", emergency);
    CHECK(again.kind == Kind::already_there);
    CHECK(again.of == first.of);
    CHECK(again.event == 1);
    CHECK(opened(township, "visit", "plan", {}).faults.front().code == "key_reused");
    CHECK(opened(colleague, "emergency", "report", emergency).of != first.of);
    Fields somebody = emergency;
    somebody["person_shown"] = {"约七十岁男子"};
    CHECK(opened(township, "emergency", "report", somebody, std::nullopt).kind == Kind::made);
    CHECK(opened(township, "emergency", "report", somebody, std::nullopt).kind == Kind::already_there);
}

TEST_CASE_TEMPLATE(
    "a death that is heard of at the door is a question for a person, and no ground for anything", Engine,
    ENGINES) {
    Office<Engine> office;
    const CaseId of = office.open(township, "review", "open", {{"cause", {"rhythm"}}}).of;
    CHECK(office.move(township, of, "attempt", in_vain).kind == Kind::made);
    CHECK(office.of_machine("task").empty());
    const Moved moved =
        office.move(township, of, "attempt", {{"attempt", {"dead"}}, {"officers", {"2", "3"}}});
    CHECK(office.view(of).state.state == "opened");
    CHECK(office.of_machine("death").empty());
    const auto asked = office.of_machine("task");
    REQUIRE(asked.size() == 1);
    CHECK(moved.followed == std::vector{asked.front().head.id});
    CHECK(asked.front().head.parent == of);
    OpenRequest death;
    death.machine = "death";
    death.pack = office.pack_id;
    death.household = HouseholdId(5);
    death.person = PersonId(7);
    death.unit = township.unit;
    death.parent = asked.front().head.id;
    death.first = {
        "tell",
        office.today(),
        {{"death_source", {"走访"}}, {"died_on", {office.today().iso()}}, {"death_match", {"by_person"}}},
        {}};
    CHECK(value(open_case(office.desk, township, death)).kind == Kind::made);
}

TEST_CASE_TEMPLATE("the place that asked is told of the answer and says itself what it found", Engine,
                   ENGINES) {
    Office<Engine> office;
    const CaseId of = office.accepted();
    const Actor far{UserId(8), {"township_officer"}, UnitId(3), "township", "441699102", ""};
    const auto ask = [&] {
        OpenRequest request;
        request.machine = "assistance";
        request.pack = office.pack_id;
        request.household = HouseholdId(5);
        request.unit = township.unit;
        request.parent = of;
        request.first = {"ask", office.today(), {{"to_unit", {"3"}}, {"need", {"请核实"}}}, {}};
        return value(open_case(office.desk, township, request)).of;
    };
    const Fields found{{"outcome", {"partly"}}, {"note", {"已核实"}}};
    CHECK(office.move(township, of, "take_answer", found).faults.front().code == "move_condition");
    CHECK(office.move(far, ask(), "refuse", {{"reason", {"查无此人"}}}).followed == std::vector{of});
    CHECK(first_of(office.view(of).state.fields, "help_outcome") == "cannot");
    CHECK(office.move(township, of, "take_answer", found).faults.front().code == "move_condition");
    office.move(far, ask(), "answer",
                {{"outcome", {"true_"}}, {"officers", {"8", "6"}}, {"note", {"在此居住"}}});
    const CaseView told = office.view(of);
    CHECK(told.state.state == "accepted");
    CHECK(first_of(told.state.fields, "help_outcome") == "true_");
    CHECK(first_of(told.state.fields, "note") == "在此居住");
    CHECK(first_of(told.state.fields, "outcome").empty());
    CHECK(office.move(township, of, "take_answer", found).kind == Kind::made);
    CHECK(office.view(of).state.state == "verified");
}

}  // namespace doudi::casework
