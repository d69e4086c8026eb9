// SPDX-License-Identifier: Apache-2.0
#include "monitor/doubts.h"

#include <doctest/doctest.h>

#include "monitor/monitor_test_support.h"

namespace doudi::monitor {
namespace {

using namespace testing;

const Date june = on(2025, 6, 30);
const Date may = on(2025, 5, 10);

DoubtfulEvent doubt(std::uint32_t person, Which indicator = per_person, Date date = may,
                    std::uint32_t arrival = 1) {
    DoubtfulEvent made;
    made.person = person;
    made.indicator = indicator;
    made.date = date.days();
    made.arrival = arrival;
    made.row = 2;
    made.missing = "amount";
    return made;
}

// Which of the doubts stand after the world's last cycle.
std::vector<DoubtfulEvent> stand(const World& world, std::vector<DoubtfulEvent> doubts) {
    const CycleInput input{AsOf{june}, world.baseline, [](std::uint32_t arrival) { return arrival; }};
    return standing_doubts(world.law, world.roster, std::move(doubts), world.last, world.memory.exits, input);
}

TEST_CASE("a doubt stands until the event is told without doubt or taken back by a later import") {
    World world;
    world.quarter(june, {{per_person, 2, may}, {per_person, 4, may, Effect::takes_back}});
    CHECK(stand(world, {doubt(1), doubt(3)}).size() == 2);
    CHECK(stand(world, {doubt(2)}).empty());
    CHECK(stand(world, {doubt(2, per_person, may + 1)}).size() == 1);  // another day: another event
    CHECK(stand(world, {doubt(2, per_event)}).size() == 1);            // another indicator
    CHECK(stand(world, {doubt(4, per_person, may, 0)}).empty());
    CHECK(stand(world, {doubt(4, per_person, may, 2)}).size() == 1);  // told again after it was taken back
    world.law.pack.monitoring.retraction = false;
    CHECK(stand(world, {doubt(4, per_person, may, 0)}).size() == 1);
}

TEST_CASE("one source of two that are needed does not settle it") {
    World world;
    world.law.pack.indicators[per_person].sources_needed = 2;
    world.quarter(june, {{per_person, 2, may}});
    CHECK(stand(world, {doubt(2)}).size() == 1);
    world.quarter(june, {{.indicator = per_person, .person = 2, .date = may, .source = 1}});
    CHECK(stand(world, {doubt(2)}).empty());
}

TEST_CASE("what happens once in a life is in doubt no longer when it has scored on another day") {
    World world;
    world.quarter(june, {{ends, 4, may}});
    CHECK(stand(world, {doubt(4, ends, may + 3)}).empty());
    CHECK(stand(world, {doubt(5, ends, may + 3)}).size() == 1);
}

TEST_CASE("before the window, of a household that is gone or of nobody on the register there is no doubt") {
    World world;
    world.quarter(june, {{ends, 3, may}});  // household 2 has one person
    CHECK(stand(world, {doubt(3)}).empty());
    CHECK(stand(world, {doubt(1, per_person, world.baseline)}).empty());
    CHECK(stand(world, {doubt(1, per_person, world.baseline + 1)}).size() == 1);
    CHECK(stand(world, {doubt(7)}).empty());
}

TEST_CASE("one doubt a key: the fault before the unknown, then the earlier import; in any order") {
    World world;
    world.quarter(june, {});
    DoubtfulEvent fault = doubt(1, per_person, may, 3);
    fault.fault = "zero";
    fault.missing.clear();
    const std::vector<DoubtfulEvent> expected{fault, doubt(2, per_person, may, 1)};
    CHECK(stand(world, {doubt(2, per_person, may, 2), doubt(1), fault, doubt(2)}) == expected);
    CHECK(stand(world, {fault, doubt(2), doubt(2, per_person, may, 2), doubt(1)}) == expected);
    DoubtfulEvent other = doubt(2);
    other.key = 7;
    CHECK(stand(world, {doubt(2), other}).size() == 2);
}

}  // namespace
}  // namespace doudi::monitor
