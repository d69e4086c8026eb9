// SPDX-License-Identifier: Apache-2.0
#include "monitor/in_memory.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "monitor/monitor_test_support.h"

namespace doudi::monitor {
namespace {

using namespace testing;
using match::testing::number;
using match::testing::Row;

// 0: a roll whose status counts or takes back; 1: two persons a row, deaths.
policy::Policy law_of_two() {
    policy::Policy law = small_law();
    policy::Dataset roll = match::testing::dataset({"person"}, {"status"});
    roll.status = {roll.column_of("status"), {"有效"}, {"注销"}};
    law.catalogue.datasets = {roll, match::testing::dataset({"left", "right"}, {})};
    for (policy::Indicator& one : law.pack.indicators) one.sources.clear();
    law.pack.indicators[per_person].sources.push_back({0, {0}, std::nullopt, ""});
    law.pack.indicators[stops].sources.push_back({0, {0}, std::nullopt, ""});
    law.pack.indicators[ends].sources.push_back({1, {0, 1}, std::nullopt, ""});
    return law;
}

registry::Register people() {
    registry::Register all;
    for (std::uint32_t id = 1; id <= 60; ++id) {
        registry::Household household;
        household.id = HouseholdId(id);
        household.code = "H" + std::to_string(100 - id);
        all.households.push_back(household);
    }
    for (std::uint32_t id = 1; id <= 150; ++id)
        all.members.push_back(match::testing::member(id, 1 + id % 60, "人", id));
    return all;
}

TEST_CASE("files cut into batches of any size, read in any order, give the same warnings") {
    const policy::Policy law = law_of_two();
    const registry::Register all = people();
    const match::Roster roster = match::Roster::build(all);
    std::mt19937 random(11);
    const Date may = on(2025, 5, 1);
    const auto cell = [&] {
        const auto who = static_cast<std::uint32_t>(1 + random() % 400);
        return match::testing::Cell{number(who), random() % 9 == 0 ? "别" : "人", ""};
    };
    std::vector<Row> rows[2];
    for (int i = 0; i < 600; ++i) {
        rows[0].push_back(
            {{cell()}, may + static_cast<int>(random() % 90), {random() % 5 == 0 ? "注销" : "有效"}});
        if (i % 4 == 0) rows[1].push_back({{cell(), cell()}, may + static_cast<int>(random() % 5), {}});
    }
    std::vector<WarningRow> first;
    for (const std::size_t size : {600U, 1U, 13U, 256U}) {
        InMemoryCycle cycle(law, roster, AsOf{on(2025, 6, 30)}, on(2025, 3, 31));
        intake::FeedSink* sinks[] = {&cycle.add_file(0), &cycle.add_file(1)};
        for (const int file : {1, 0}) {
            const policy::Dataset& dataset = law.catalogue.datasets[static_cast<std::size_t>(file)];
            for (std::size_t begin = 0; begin < rows[file].size(); begin += size) {
                intake::FeedRows batch = match::testing::batch_of(dataset, rows[file], begin,
                                                                  std::min(rows[file].size(), begin + size));
                sinks[file]->commit(sinks[file]->process(batch), 0);
            }
        }
        CHECK(cycle.finish_file(size % 2, 3)[match::Bucket::rejected] == 3);
        CHECK(cycle.finish_file(1 - size % 2, 0).rows == rows[1 - size % 2].size());
        const CycleResult result = cycle.run({});
        const std::vector<WarningRow> warnings = warning_rows(result.open, law.pack, all.households);
        CHECK(std::ranges::is_sorted(warnings, {}, &WarningRow::household));
        if (first.empty()) first = warnings;
        CHECK(warnings == first);
        CHECK(warnings.size() > 10);
    }
}

}  // namespace
}  // namespace doudi::monitor
