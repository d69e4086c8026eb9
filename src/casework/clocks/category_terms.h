// SPDX-License-Identifier: Apache-2.0
// What can be said of the days of a case while nobody has settled its category: each category has its own
// (民发〔2021〕57号, 民发〔2021〕43号), so the longest that can hold is said, and that it hangs on the
// category. Once the category is told its own clocks say the day.
#pragma once
#include <span>
#include <vector>

#include "casework/desk.h"

namespace doudi::casework {

// Of each mark from which clocks of categories count, the one that is due last under any category; the last
// of them first. One whose day nobody has set comes before all: it may be longer than any; then one that
// stands still. Targets of the office are none of them. Nothing: the category is settled, or the case closed.
// The readings point into the pack.
[[nodiscard]] std::vector<ClockReading> longest_terms(const Desk& desk, const policy::Pack& pack,
                                                      const CaseHead& head, const CaseState& state,
                                                      Date today);

// The law's first day of `clocks` that hangs on no category, where it comes before the longest of `terms`
// (longest_terms(), by its first) or that has none. Null: there is none such, or no `terms`.
[[nodiscard]] const ClockReading* nearer_term(std::span<const ClockReading> clocks,
                                              std::span<const ClockReading> terms);

}  // namespace doudi::casework
