// SPDX-License-Identifier: Apache-2.0
#include "monitor/fold.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "monitor/monitor_test_support.h"

namespace doudi::monitor {
namespace {

using namespace testing;

const Date june = on(2025, 6, 30);
const Date september = on(2025, 9, 30);
const Date may = on(2025, 5, 10);
const Date august = on(2025, 8, 10);
constexpr auto takes_back = Effect::takes_back;
constexpr auto probable = match::Grade::probable;

TEST_CASE("an event is new from the day after the baseline") {
    World world;
    world.quarter(june, {{per_person, 1, on(2025, 3, 31)}});
    CHECK(world.open(1).empty());
    world.quarter(june, {{per_person, 1, on(2025, 4, 1)}});
    CHECK(world.open(1) == "4 call - per_person");
}

TEST_CASE("a window of months counts back from the day of the cycle, whatever the baseline") {
    World world;
    world.law.pack.monitoring.window = policy::MonitoringRules::Window::last_months;
    world.law.pack.monitoring.window_months = 3;
    world.quarter(june, {{per_person, 1, on(2025, 3, 30)}, {per_person, 3, on(2025, 3, 31)}});
    CHECK(world.open(1).empty());
    CHECK(world.open(2) == "4 call - per_person");
}

TEST_CASE("each level below, at and above its points") {
    const auto level_of = [](std::vector<Told> rows) {
        World world;
        world.quarter(june, rows);
        return world.open(3).substr(0, world.open(3).rfind(' '));
    };
    const Told one{per_household, 4, may};
    const Told two_a{per_event, 4, may, Effect::counts, 1};
    const Told two_b{per_event, 4, may, Effect::counts, 2};
    const Told three{stops, 4, may};
    const Told four{per_person, 4, may};
    const Told four_more{per_person, 5, may};
    CHECK(level_of({}).empty());
    CHECK(level_of({one}) == "1 call -");
    CHECK(level_of({four, one}) == "5 call -");
    CHECK(level_of({four, two_a}) == "6 low 2025-07-14");
    CHECK(level_of({four, three}) == "7 middle 2025-07-09");
    CHECK(level_of({four, four_more}) == "8 high 2025-07-07");
    CHECK(level_of({four, four_more, one}) == "9 top 2025-07-03");
    CHECK(level_of({four, four_more, two_a, two_b}) == "12 top 2025-07-03");
}

TEST_CASE("one day before a holiday the clock starts after it, and a make-up day works") {
    World world;
    world.quarter(september, {{per_person, 4, august}, {per_person, 5, august}, {per_household, 4, august}});
    // 1 to 8 October are off; the 9th, the 10th and Saturday the 11th work.
    CHECK(world.open(3) == "9 top 2025-10-11 per_household;per_person;per_person");
}

TEST_CASE("a due date past the calendar's last year is marked provisional") {
    World world;
    world.quarter(on(2025, 12, 31), {{ends, 4, august}});
    REQUIRE(world.memory.open.size() == 1);
    CHECK(world.memory.open[0].due->provisional);
}

TEST_CASE("counted once a person, once a household, or each event") {
    World world;
    world.quarter(june, {{per_person, 4, may}, {per_person, 4, may + 1}, {per_person, 5, may}});
    CHECK(world.open(3) == "8 high 2025-07-07 per_person;per_person");
    CHECK(world.state_of(0, 0) == EventState::counted);
    CHECK(world.state_of(0, 2) == EventState::beyond_count);
    World household;
    household.quarter(june, {{per_household, 4, may}, {per_household, 5, may}, {per_household, 5, may + 1}});
    CHECK(household.open(3) == "1 call - per_household");
    World event;
    event.quarter(june, {{per_event, 4, may, Effect::counts, 1},
                         {per_event, 4, may, Effect::counts, 2},
                         {per_event, 4, may, Effect::counts, 2}});
    CHECK(event.open(3) == "4 call - per_event;per_event");
}

TEST_CASE(
    "a row repeated from last quarter's list does not score again, also when its warning has been closed "
    "since") {
    World world;
    world.quarter(june, {{per_person, 1, may}, {per_person, 3, may}});
    world.close(2, on(2025, 7, 15));
    world.quarter(september, {{per_person, 1, may}, {per_person, 3, may}});
    CHECK(world.open(1) == "4 call - per_person");
    CHECK(world.issued(1) == june);
    CHECK(world.open(2).empty());
    CHECK(world.last.events_scored == 0);
    CHECK(world.last.changes.empty());
}

TEST_CASE("where the pack does not score a key once, a closed one that is told again scores again") {
    World world;
    world.law.pack.monitoring.scored_once = false;
    world.quarter(june, {{per_person, 1, may}, {per_person, 3, may}});
    world.close(2, on(2025, 7, 15));
    world.quarter(september, {{per_person, 1, may}, {per_person, 3, may}});
    CHECK(world.open(1) == "4 call - per_person");
    CHECK(world.issued(1) == june);
    CHECK(world.open(2) == "4 call - per_person");
    CHECK(world.issued(2) == september);
    world.close(2, on(2025, 10, 9));
    world.cycle(on(2025, 10, 31));  // not told again
    CHECK(world.open(2).empty());
}

TEST_CASE("a late row still counts, and new events join the household's open warning") {
    World world;
    world.quarter(june, {{per_person, 1, may}});
    world.quarter(september, {{stops, 2, may}, {per_household, 1, august}});
    CHECK(world.open(1) == "8 high 2025-10-14 per_household;per_person;stops");
    CHECK(world.issued(1) == june);
    world.close(1, on(2025, 10, 20));
    world.quarter(on(2025, 12, 31), {{per_person, 1, on(2025, 11, 1)}});
    CHECK(world.open(1) == "4 call - per_person");
    CHECK(world.issued(1) == on(2025, 12, 31));
}

TEST_CASE(
    "a later import that takes its key back takes the points; when all are taken back the warning closes") {
    World world;
    world.quarter(june, {{per_person, 1, may}, {stops, 2, may}});
    CHECK(world.open(1) == "7 middle 2025-07-09 per_person;stops");
    world.quarter(september, {{stops, 2, may, takes_back}});
    CHECK(world.open(1) == "4 call - per_person");
    CHECK(world.last.events_taken_back == 1);
    world.quarter(on(2025, 10, 31), {{per_person, 1, may, takes_back}});
    CHECK(world.open(1).empty());
    REQUIRE(world.last.changes.size() == 1);
    CHECK(world.last.changes[0].warning.closed_why == ClosedWhy::taken_back);
    world.quarter(on(2025, 11, 30), {{per_person, 1, may}});
    CHECK(world.open(1).empty());
}

TEST_CASE(
    "another day, another person or another key is not taken back; nor is anything where the pack heeds no "
    "retraction") {
    World world;
    world.quarter(june, {{per_event, 1, may, Effect::counts, 1}});
    world.quarter(september, {{per_event, 1, may + 1, takes_back, 1},
                              {per_event, 2, may, takes_back, 1},
                              {per_event, 1, may, takes_back, 2}});
    CHECK(world.open(1) == "2 call - per_event");
    World deaf;
    deaf.law.pack.monitoring.retraction = false;
    deaf.quarter(june, {{per_person, 1, may}});
    deaf.quarter(september, {{per_person, 1, may, takes_back}});
    CHECK(deaf.open(1) == "4 call - per_person");
}

TEST_CASE("only a later import takes back: not the same one, and the last word holds") {
    World world;
    world.import({{per_person, 1, may}, {per_person, 1, may, takes_back}});
    world.cycle(june);
    CHECK(world.open(1) == "4 call - per_person");
    World before;
    before.import({{per_person, 1, may}});
    before.import({{per_person, 1, may, takes_back}});
    before.cycle(june);
    CHECK(before.open(1).empty());
    before.quarter(september, {{per_person, 1, may}});
    CHECK(before.open(1) == "4 call - per_person");
}

TEST_CASE("a person's second event takes the place of the one that is taken back") {
    World world;
    world.quarter(june, {{per_person, 1, may}, {per_person, 1, may + 5}});
    world.quarter(september, {{per_person, 1, may, takes_back}});
    CHECK(world.open(1) == "4 call - per_person");
}

TEST_CASE("a warning whose events are all taken back may stay open, with nothing to count") {
    World world;
    world.law.pack.monitoring.close_when_all_taken_back = false;
    world.quarter(june, {{ends, 4, may}});
    world.quarter(september, {{ends, 4, may, takes_back}});
    CHECK(world.open(3) == "0 call - ");
}

TEST_CASE(
    "a death counts once in a life: its late rows, from whatever source and of whatever day, reopen "
    "nothing") {
    World world;
    world.quarter(june, {{ends, 4, may}, {ends, 4, may + 2, Effect::counts, 0, match::Grade::exact, 1}});
    CHECK(world.open(3) == "6 low 2025-07-14 ends");
    world.close(3, on(2025, 7, 15));
    world.quarter(september, {{ends, 4, may + 3, Effect::counts, 0, match::Grade::exact, 2}});
    CHECK(world.open(3).empty());
    World often;
    often.law.pack.indicators[ends].once_in_life = false;
    often.quarter(june, {{ends, 4, may}});
    often.close(3, on(2025, 7, 15));
    often.quarter(september, {{ends, 4, may + 3}});
    CHECK(often.open(3) == "6 low 2025-10-21 ends");
}

TEST_CASE("an event may need several sources before it counts") {
    World world;
    world.law.pack.indicators[ends].sources_needed = 2;
    world.quarter(june, {{ends, 4, may}, {ends, 3, may}});
    CHECK(world.open(3).empty());
    CHECK(world.memory.exits.empty());
    // The second source may give another day: one death all the same.
    world.quarter(september, {{ends, 4, may + 1, Effect::counts, 0, match::Grade::exact, 1}, {ends, 3, may}});
    CHECK(world.open(3) == "6 low 2025-10-21 ends");
    CHECK(world.memory.exits.empty());
    world.quarter(on(2025, 10, 31), {{ends, 3, may, Effect::counts, 0, match::Grade::exact, 2}});
    CHECK(world.memory.exits == std::vector<std::uint32_t>{2});
}

TEST_CASE("a death cancels the person's own stopped insurance, before it and after it, and nobody else's") {
    World world;
    world.quarter(june, {{stops, 4, may}, {stops, 5, may}});
    CHECK(world.open(3) == "6 low 2025-07-14 stops;stops");
    world.quarter(september, {{ends, 4, august}});
    CHECK(world.open(3) == "9 top 2025-07-14 ends;stops");
    CHECK(world.state_of(0, 0) == EventState::cancelled);
    world.quarter(on(2025, 10, 31), {{stops, 4, on(2025, 10, 1)}});
    CHECK(world.open(3) == "9 top 2025-07-14 ends;stops");
    World kept;
    kept.law.pack.indicators[ends].cancels.clear();
    kept.quarter(june, {{stops, 4, may}, {ends, 4, may}});
    CHECK(kept.open(3) == "9 top 2025-07-03 ends;stops");
}

TEST_CASE("a death before the baseline scores nothing, but is known") {
    World world;
    world.quarter(june, {{ends, 4, on(2025, 1, 5)}});
    CHECK(world.open(3).empty());
    world.quarter(september, {{stops, 4, august}, {ends, 3, on(2025, 1, 5)}});
    CHECK(world.open(3).empty());
    CHECK(world.memory.exits == std::vector<std::uint32_t>{2});
}

TEST_CASE("a death before the baseline is used up: its cremation after the baseline is no second death") {
    World world;
    world.quarter(june, {{ends, 4, on(2025, 3, 31)},
                         {ends, 4, on(2025, 4, 1), Effect::counts, 0, match::Grade::exact, 1}});
    CHECK(world.open(3).empty());
    World after;
    after.quarter(june, {{ends, 4, on(2025, 4, 1)},
                         {ends, 4, on(2025, 4, 3), Effect::counts, 0, match::Grade::exact, 1}});
    CHECK(after.open(3) == "6 low 2025-07-14 ends");
}

TEST_CASE(
    "when every member is dead by an exact match, in whatever cycle, the household is proposed for exit and "
    "stays closed") {
    World world;
    world.quarter(june, {{ends, 1, may}, {per_person, 2, may}});
    CHECK(world.open(1) == "10 top 2025-07-03 ends;per_person");
    CHECK(world.memory.exits.empty());
    world.quarter(september, {{ends, 2, august}});
    CHECK(world.open(1).empty());
    CHECK(world.memory.exits == std::vector<std::uint32_t>{1});
    // Both deaths are told with the exit, the one of the quarter before too.
    REQUIRE(world.last.exit_events.size() == 2);
    for (std::uint32_t person = 1; person <= 2; ++person) {
        const Event& event = world.last.events[world.last.exit_events[person - 1]];
        CHECK(event.person == person);
        CHECK(event.indicator == ends);
    }
    REQUIRE(world.last.changes.size() == 1);
    CHECK(world.last.changes[0].warning.closed_why == ClosedWhy::natural_exit);
    CHECK(world.last.changes[0].warning.closed_on == september);
    world.quarter(on(2025, 10, 31), {{per_household, 1, on(2025, 10, 2)}});
    CHECK(world.open(1).empty());
    CHECK(world.last.new_exits.empty());
    CHECK(world.last.exit_events.empty());
}

TEST_CASE("a probable match proposes no exit, unless the pack lets it") {
    World world;
    world.quarter(june, {{ends, 3, may, Effect::counts, 0, probable}});
    CHECK(world.memory.exits.empty());
    CHECK(world.open(2) == "6 low 2025-07-14 ends");
    world.quarter(september, {{ends, 3, may, Effect::counts, 0, match::Grade::exact, 1}});
    CHECK(world.memory.exits == std::vector<std::uint32_t>{2});
    CHECK(world.open(2).empty());
    World lenient;
    lenient.law.pack.monitoring.natural_exit_exact_only = false;
    lenient.quarter(june, {{ends, 3, may, Effect::counts, 0, probable}});
    CHECK(lenient.memory.exits == std::vector<std::uint32_t>{2});
}

TEST_CASE("a pack without natural exit keeps the warning of a household that died out") {
    World world;
    world.law.pack.monitoring.natural_exit = false;
    world.quarter(june, {{ends, 3, may}});
    CHECK(world.memory.exits.empty());
    CHECK(world.open(2) == "6 low 2025-07-14 ends");
}

TEST_CASE("a rise never moves an earlier due date later, unless the pack lets it") {
    World world;
    world.quarter(june, {{ends, 4, may}});
    CHECK(world.open(3) == "6 low 2025-07-14 ends");
    world.quarter(on(2025, 7, 10), {{per_household, 4, on(2025, 7, 5)}});
    CHECK(world.open(3) == "7 middle 2025-07-14 ends;per_household");
    world.quarter(on(2025, 7, 10), {{per_event, 4, on(2025, 7, 6), Effect::counts, 1}});
    CHECK(world.open(3) == "9 top 2025-07-14 ends;per_event;per_household");
    World later;
    later.law.pack.monitoring.rise_may_postpone_due = true;
    later.quarter(june, {{ends, 4, may}});
    later.quarter(on(2025, 7, 10), {{per_household, 4, on(2025, 7, 5)}});
    CHECK(later.open(3) == "7 middle 2025-07-21 ends;per_household");
}

TEST_CASE("a rise moves a due date earlier") {
    World world;
    world.quarter(june, {{ends, 4, may}});
    world.quarter(on(2025, 7, 1), {{stops, 5, on(2025, 7, 1)}});
    CHECK(world.open(3) == "9 top 2025-07-04 ends;stops");
}

TEST_CASE("a fall keeps the due date, down to the level that has none; then a rise sets a new one") {
    World world;
    world.quarter(june, {{ends, 4, may}, {stops, 5, may}});
    CHECK(world.open(3) == "9 top 2025-07-03 ends;stops");
    world.quarter(on(2025, 7, 10), {{stops, 5, may, takes_back}});
    CHECK(world.open(3) == "6 low 2025-07-03 ends");
    World anew;
    anew.law.pack.monitoring.fall_keeps_due = false;
    anew.quarter(june, {{ends, 4, may}, {stops, 5, may}});
    anew.quarter(on(2025, 7, 10), {{stops, 5, may, takes_back}});
    CHECK(anew.open(3) == "6 low 2025-07-24 ends");
    World down;
    down.quarter(june, {{per_person, 4, may}, {stops, 5, may}});
    down.quarter(on(2025, 7, 10), {{stops, 5, may, takes_back}});
    CHECK(down.open(3) == "4 call - per_person");
    down.quarter(on(2025, 7, 31), {{stops, 5, on(2025, 7, 20)}});
    CHECK(down.open(3) == "7 middle 2025-08-11 per_person;stops");
}

TEST_CASE(
    "after a closing the same set of indicators may be suppressed for some days, but not a higher level") {
    const auto reopened = [](int days, Date as_of, std::vector<Told> rows) {
        World world;
        world.law.pack.monitoring.suppress_days_after_close = days;
        world.quarter(june, {{per_person, 1, may}});
        world.close(1, on(2025, 7, 15));
        world.quarter(as_of, rows);
        return world.open(1);
    };
    const Told again{per_person, 1, on(2025, 7, 14)};
    CHECK(reopened(0, on(2025, 7, 20), {again}) == "4 call - per_person");
    CHECK(reopened(30, on(2025, 8, 14), {again}).empty());
    CHECK(reopened(30, on(2025, 8, 15), {again}) == "4 call - per_person");
    CHECK(reopened(30, on(2025, 7, 20), {{stops, 1, on(2025, 7, 14)}}) == "3 call - stops");
    CHECK(reopened(30, on(2025, 7, 20), {again, {per_person, 2, on(2025, 7, 14)}}) ==
          "8 high 2025-07-25 per_person;per_person");
}

TEST_CASE("a target that holds at some places only goes by where the household lives, and wants to know it") {
    World world;
    CHECK_FALSE(wants_regions(world.law.pack));
    policy::Parameter target;
    target.id = "call_target_days";
    target.values.push_back(
        {.region = {}, .residence = {}, .from = on(2025, 1, 1), .value = expr::Value::integer(15)});
    world.law.pack.law.parameters.push_back(target);
    world.law.pack.levels.back().target = 0;
    CHECK_FALSE(wants_regions(world.law.pack));
    world.quarter(june, {{per_person, 1, may}});
    CHECK(world.open(1) == "4 call 2025-07-21 per_person");
    target.values.push_back(target.values.back());
    target.values.back().region = "4416";
    world.law.pack.law.parameters.front() = target;
    CHECK(wants_regions(world.law.pack));
    world.law.pack.levels.back().working_days = 3;  // the notice's own day
    CHECK_FALSE(wants_regions(world.law.pack));
}

TEST_CASE("who is no longer on the register opens nothing") {
    World world;
    world.quarter(june, {{per_person, 77, may}});
    CHECK(world.memory.open.empty());
}

TEST_CASE("the outcome does not depend on the order in which rows come") {
    std::mt19937 random(3);
    for (int round = 0; round < 50; ++round) {
        std::vector<Occurrence> rows;
        for (int i = 0; i < 60; ++i) {
            Occurrence one;
            one.person = static_cast<std::uint32_t>(1 + random() % 6);
            one.date = may.days() + static_cast<std::int32_t>(random() % 4);
            one.arrival = static_cast<std::uint32_t>(1 + random() % 3);
            one.row = static_cast<std::uint32_t>(i);
            one.indicator = static_cast<std::uint16_t>(random() % 5);
            one.key = random() % 2;
            one.source = static_cast<std::uint8_t>(random() % 3);
            one.grade = random() % 4 == 0 ? probable : match::Grade::exact;
            one.effect = random() % 5 == 0 ? takes_back : Effect::counts;
            rows.push_back(one);
        }
        World first;
        first.waiting = rows;
        first.cycle(june);
        std::ranges::shuffle(rows, random);
        World second;
        second.waiting = rows;
        second.cycle(june);
        CHECK(first.last.events == second.last.events);
        CHECK(first.last.open == second.last.open);
        CHECK(first.last.new_exits == second.last.new_exits);
    }
}

// Every warning that changed is that of all its events, unless they had joined another before.
void check_joined(const CycleResult& result) {
    std::uint32_t next = 0;
    for (const WarningChange& change : result.changes) {
        CHECK(change.first_event == next);
        next += change.event_count;
        for (std::uint32_t i = 0; i < change.event_count; ++i) {
            const WarningEvent& one = result.warning_events[change.first_event + i];
            CHECK(result.events[one.event].warning == change.warning.id);
        }
    }
    CHECK(next == result.warning_events.size());
}

TEST_CASE("new warnings are numbered by household, behind those of before, and their events join them") {
    World world;
    world.quarter(june, {{per_person, 3, may}});
    REQUIRE(world.memory.open.size() == 1);
    CHECK(world.memory.open[0].id == 1);
    world.quarter(september, {{per_person, 1, august}, {stops, 3, august}, {per_person, 4, august}});
    REQUIRE(world.memory.open.size() == 3);
    CHECK(world.memory.open[0].id == 2);
    CHECK(world.memory.open[1].id == 1);
    CHECK(world.memory.open[2].id == 3);
    check_joined(world.last);
}

// `households` with two members each; rows about those whose number leaves `rest` when divided by `parts`.
struct County {
    static constexpr std::uint32_t households = 4000;
    match::Roster roster = [] {
        registry::Register people;
        for (std::uint32_t person = 1; person <= 2 * households; ++person)
            people.members.push_back(
                match::testing::member(person, (person + 1) / 2, "人" + std::to_string(person), person));
        return match::Roster::build(people);
    }();
    policy::Policy law = small_law();

    [[nodiscard]] CycleResult fold_part(std::uint32_t parts, std::uint32_t rest) const {
        std::mt19937 random(5);
        std::vector<Occurrence> rows;
        for (std::uint32_t i = 0; i < 24'000; ++i) {
            Occurrence one;
            one.person = static_cast<std::uint32_t>(1 + random() % (2 * households));
            one.date = may.days() + static_cast<std::int32_t>(random() % 40);
            one.row = i;
            one.indicator = static_cast<std::uint16_t>(random() % 5);
            one.effect = random() % 7 == 0 ? takes_back : Effect::counts;
            if ((one.person + 1) / 2 % parts == rest) rows.push_back(one);
        }
        const CycleInput input{AsOf{june}, on(2025, 3, 31), [](std::uint32_t) { return 1U; }};
        return fold(law, roster, {}, rows, input);
    }
};

TEST_CASE("a county that is folded in two at once comes to what its households come to by themselves") {
    const County county;
    const CycleResult whole = county.fold_part(1, 0);
    REQUIRE(whole.events.size() > 10'000);  // enough for two threads
    check_joined(whole);
    std::vector<Warning> apart;
    std::size_t events = 0;
    std::size_t exits = 0;
    std::uint64_t scored = 0;
    for (std::uint32_t part = 0; part < 3; ++part) {
        const CycleResult some = county.fold_part(3, part);
        apart.insert(apart.end(), some.open.begin(), some.open.end());
        events += some.events.size();
        exits += some.new_exits.size();
        scored += some.events_scored;
    }
    std::ranges::sort(apart, {}, &Warning::household);
    for (std::size_t i = 0; i < apart.size(); ++i) apart[i].id = static_cast<std::uint32_t>(i + 1);
    CHECK(whole.open == apart);
    CHECK(whole.warnings_opened == apart.size());
    CHECK(whole.events.size() == events);
    CHECK(whole.new_exits.size() == exits);
    CHECK(whole.events_scored == scored);
}

}  // namespace
}  // namespace doudi::monitor
