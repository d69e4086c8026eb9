// SPDX-License-Identifier: Apache-2.0
// Warnings as cases (GD-4.2a): each warning that monitoring has raised becomes a case of the machine
// `warning` at the office from which it is dispatched; an event that joins it later is told to the case and
// has a clock of its own, and one that comes after the visit brings it back to be verified; a warning that
// monitoring took back closes only a case that nobody was sent for yet.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "access/units.h"
#include "casework/verbs.h"
#include "monitor/read.h"

namespace doudi::casework {

// What monitoring may do by itself: moves of the machine `warning` that a pack states for the role.
inline constexpr std::string_view warning_machine = "warning";
inline constexpr std::string_view monitoring_role = "monitoring";

// A person has closed the case while the warning stands, knowing all that it is made of: its score is to be
// acknowledged as of that day.
struct SettledWarning {
    HouseholdId household;
    Date on;
    Date not_before;  // as of which the warning became what it is
};
[[nodiscard]] Result<std::vector<SettledWarning>> settled_warnings(
    Desk& desk, std::span<const monitor::WarningStanding> standing);

struct RaiseReport {
    std::uint64_t opened = 0;
    std::uint64_t joined = 0;     // cases that were told of new events, or of another level
    std::uint64_t followed = 0;   // cases that went on with the household to which the people went
    std::uint64_t withdrawn = 0;  // that monitoring took back before anybody was sent
    std::uint64_t unchanged = 0;
    std::uint64_t renewed = 0;         // whose day in the lists has moved without an event (renewal.h)
    std::uint64_t deaths = 0;          // cases of deaths that were opened or told of another department
    std::vector<HouseholdId> nowhere;  // of no office: nobody could be sent
    std::vector<HouseholdId> deaths_nowhere;  // the same of a death: nobody could be asked
};

// Run again, it goes on where it was ended: a warning has one case. One transaction for each portion.
[[nodiscard]] Result<RaiseReport> raise_warnings(Desk& desk, const access::UnitTree& units,
                                                 std::string_view pack,
                                                 std::span<const monitor::WarningStanding> standing);

}  // namespace doudi::casework
