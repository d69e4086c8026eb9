// SPDX-License-Identifier: Apache-2.0
// What messages say of persons, changed where it lies: sealed when its folder is, and gone when someone is
// forgotten.
#pragma once
#include "base/id.h"
#include "store/data_folder.h"

namespace doudi::exchange {

// All messages of a folder that has just got its keys (store/seal_in_place.h). Within a write().
[[nodiscard]] Result<void> seal_exchange_rows(store::DataFolder& folder);

// What messages about the households in which this person ever was said goes; that there were messages, when,
// and what became of them, stays. What was not sent yet goes out as forgotten.
[[nodiscard]] Result<void> forget_in_exchange(store::DataFolder& folder, PersonId person,
                                              HouseholdId household);

}  // namespace doudi::exchange
