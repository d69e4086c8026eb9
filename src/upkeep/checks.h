// SPDX-License-Identifier: Apache-2.0
// What must hold of a change before it may be proposed, confirmed, and take effect: asked each time anew, for
// the register goes on in between.
#pragma once
#include <span>

#include "base/result.h"
#include "store/data_folder.h"
#include "upkeep/records.h"

namespace doudi::upkeep {

// Conflicts: "changed_since" (a field has another value than the case says), "later_change" (the field
// changed on a later day: that change is taken back first), "change_waits" (a confirmed case that waits for
// its day changes the same field), "household_not_there", "household_not_empty", "number_taken",
// "person_not_there".
[[nodiscard]] Result<void> check_changes(store::DataFolder& folder, const Case& change);

}  // namespace doudi::upkeep
