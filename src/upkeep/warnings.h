// SPDX-License-Identifier: Apache-2.0
// A household that ends may have an open warning. What becomes of it is said by the person who confirms the
// case and happens in the case's own publication; who keeps warnings is none of this room's business.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "upkeep/records.h"

namespace doudi::upkeep {

// Of a household that a case ends: where its number refers on to, else where all go whom the case moves; 0:
// nowhere. Below 0: a household that the case opens.
struct Ending {
    HouseholdId household;
    std::int64_t heir = 0;
};
[[nodiscard]] std::vector<Ending> endings_of(const Case& change);

struct SettledWarnings {
    CaseId change;
    HouseholdId household;
    HouseholdId heir;  // with whom they go on; 0: they are closed
    Date ended_on;
    std::string reason;  // of closing
};

// Who keeps warnings. Errors are those of the store.
class HouseholdWarnings {
  public:
    HouseholdWarnings() = default;
    HouseholdWarnings(const HouseholdWarnings&) = delete;
    HouseholdWarnings& operator=(const HouseholdWarnings&) = delete;
    virtual ~HouseholdWarnings() = default;

    [[nodiscard]] virtual Result<bool> is_open(HouseholdId household) = 0;
    // Staged under the publication by which the case takes effect.
    [[nodiscard]] virtual Result<void> settle(PublishId publish, const SettledWarnings& settled) = 0;
    // The case is taken back by that publication: what it settled is as it was before.
    [[nodiscard]] virtual Result<void> restore(PublishId publish, CaseId change) = 0;
};

// What who confirms says.
struct WarningsWord {
    WarningsGo go = WarningsGo::unsaid;
    std::string reason;  // of closing
};

// Conflict "warning_open": a household that ends has an open warning, and nobody said what becomes of it.
// Invalid "warning_no_heir": it shall go on, and there is nowhere to go.
[[nodiscard]] Result<void> check_warnings(HouseholdWarnings& warnings, const Case& change,
                                          const WarningsWord& word);

}  // namespace doudi::upkeep
