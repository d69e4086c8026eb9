// SPDX-License-Identifier: Apache-2.0
// Which events are in doubt once a cycle has been folded: those that were and those that this cycle's rows
// tell, without what has been settled since. Pure, and the same in whatever order the rows come.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "monitor/fold.h"

namespace doudi::monitor {

// One for each key, by DoubtfulEvent::order(); a fault goes before an unknown, then the earlier row. Gone is
// a doubt
//   of an event that other rows have told without doubt, or that an import after its own took back;
//   of what happens once in a life and has scored; before the window; of who left the register or its
//   household did.
[[nodiscard]] std::vector<DoubtfulEvent> standing_doubts(
    const policy::Policy& policy, const match::Roster& roster, std::vector<DoubtfulEvent> doubts,
    const CycleResult& result, std::span<const std::uint32_t> exits_before, const CycleInput& input);

}  // namespace doudi::monitor
