// SPDX-License-Identifier: Apache-2.0
// What cases say of persons, changed where it lies: sealed when its folder is, and silent about who is
// forgotten.
#pragma once
#include "base/id.h"
#include "base/result.h"
#include "store/data_folder.h"

namespace doudi::upkeep {

// All cases of a folder that has just got its keys (store/seal_in_place.h). Within a write().
[[nodiscard]] Result<void> seal_case_rows(store::DataFolder& folder);

// Takes what cases tell of the person, or the household, out of them, with their notes; kind, days, steps and
// effects stay. Again: nothing changes. Inside or outside of a write() alike: it makes one of its own.
[[nodiscard]] Result<void> forget_in_cases(store::DataFolder& folder, PersonId person);
[[nodiscard]] Result<void> forget_in_cases(store::DataFolder& folder, HouseholdId household);

}  // namespace doudi::upkeep
