// SPDX-License-Identifier: Apache-2.0
// What this cycle's rows tell, joined with what is remembered: one Event for each key, however many rows tell
// it.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <vector>

#include "monitor/fold.h"

namespace doudi::monitor {

// By person, indicator, date, key, then the import, the file and the row: a total order, so that the outcome
// does not depend on the order in which rows came.
void sort_occurrences(std::vector<Occurrence>& occurrences, const CycleInput& input);

// The first day that counts, by the pack's window.
[[nodiscard]] Date window_start(const policy::MonitoringRules& rules, const CycleInput& input);

// Both sorted. An occurrence that can never matter (before the window, and of an indicator whose events say
// nothing lasting about a person) makes no event.
[[nodiscard]] std::vector<Event> merge_events(const policy::Policy& policy, std::vector<Event> before,
                                              std::span<const Occurrence> occurrences,
                                              const CycleInput& input);

// Where the rows of the person, or of the next one, begin: of Occurrences or Events, sorted.
template <class Rows>
[[nodiscard]] std::size_t start_of_person(const Rows& rows, std::uint32_t person) {
    using Row = std::ranges::range_value_t<Rows>;
    return static_cast<std::size_t>(std::ranges::lower_bound(rows, person, {}, &Row::person) - rows.begin());
}

}  // namespace doudi::monitor
