// SPDX-License-Identifier: Apache-2.0
// Who split or merged shortly before an application: a household that was made for it is told by that.
#pragma once
#include <optional>
#include <vector>

#include "access/scope.h"
#include "base/result.h"
#include "store/data_folder.h"
#include "upkeep/kinds.h"
#include "upkeep/records.h"

namespace doudi::upkeep {

// Cases that hold (and were not taken back) of the kinds that changes.yaml marks, from a day not longer
// before `day` than it says, the day itself included. Of one household, or of all that the scope reaches
// (null: all); the newest first.
[[nodiscard]] Result<std::vector<Case>> changes_near(store::Database& database,
                                                     const store::DataFolder& folder,
                                                     const ChangeRules& rules, const access::Scope* scope,
                                                     std::optional<HouseholdId> household, Date day,
                                                     std::size_t most);
// The first day that is near.
[[nodiscard]] Date near_from(const ChangeRules& rules, Date day);

}  // namespace doudi::upkeep
