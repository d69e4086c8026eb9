// SPDX-License-Identifier: Apache-2.0
// The law of a cycle (samples/README.md, "From an event to a warning"), pure: what is remembered, what this
// cycle's rows tell and which warnings are open, folded into warnings, by the switches of the pack. The same
// input gives the same output, in whatever order the rows come.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/date.h"
#include "match/roster.h"
#include "monitor/records.h"
#include "policy/pack.h"

namespace doudi::monitor {

// The last warning of a household that was closed, for the switch suppress_days_after_close.
struct ClosedWarning {
    std::uint32_t household = 0;
    Date closed_on;
    int level = -1;
    std::string indicators;
};

// A warning of a household that ended goes on under the warning of the household to which its people went.
struct CarriedWarning {
    std::uint32_t warning = 0;
    std::uint32_t into = 0;  // which may be carried further itself
    friend bool operator==(const CarriedWarning&, const CarriedWarning&) = default;
};

// What was true before the cycle.
struct Memory {
    std::vector<Event> events;          // by Event::order()
    std::vector<Warning> open;          // by household
    std::vector<ClosedWarning> closed;  // by household; only if the pack asks for it
    std::vector<CarriedWarning> carried;
    std::vector<std::uint32_t> exits;  // households proposed for natural exit, sorted
    std::uint32_t last_warning = 0;    // the largest id given out
};

struct DeniedRow {
    std::uint32_t arrival = 0;
    std::uint32_t row = 0;
    std::uint32_t person = 0;
    friend auto operator<=>(const DeniedRow&, const DeniedRow&) = default;
};

struct CycleInput {
    AsOf as_of;
    Date baseline;
    // Rank of the import that an arrival came with.
    std::function<ImportRank(std::uint32_t arrival)> rank_of;
    // Region of each household by its id, where the pack wants them; empty: it does not.
    std::span<const std::string> regions = {};
    // Rows of this cycle of which somebody said that they are about another person; sorted.
    std::span<const DeniedRow> denied = {};
};

// Whether a level's day goes by a target of the office's that holds at some places only.
[[nodiscard]] bool wants_regions(const policy::Pack& pack);

struct WarningEvent {
    std::uint32_t event = 0;  // index into CycleResult::events
    EventState state = EventState::counted;
};

// A warning as the cycle leaves it, if anything about it changed, with all its events.
struct WarningChange {
    Warning warning;
    std::uint32_t first_event = 0;  // in CycleResult::warning_events
    std::uint32_t event_count = 0;
};

struct CycleResult {
    std::vector<Event> events;           // memory after, by Event::order()
    std::vector<WarningChange> changes;  // by household
    std::vector<WarningEvent> warning_events;
    std::vector<Warning> open;             // all that are open now, by household
    std::vector<std::uint32_t> new_exits;  // households, sorted
    // The ends of life behind them: which of `events`, in its order.
    std::vector<std::uint32_t> exit_events;
    std::uint64_t events_scored = 0;
    std::uint64_t events_taken_back = 0;
    std::uint64_t warnings_opened = 0;
    std::uint64_t warnings_closed = 0;
};

// occurrences is used up: nothing of it is left.
[[nodiscard]] CycleResult fold(const policy::Policy& policy, const match::Roster& roster, Memory before,
                               std::vector<Occurrence>& occurrences, const CycleInput& input);

}  // namespace doudi::monitor
