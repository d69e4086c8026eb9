// SPDX-License-Identifier: Apache-2.0
// A person, or a household, is forgotten: the key that seals what rows say of them goes, and what else says
// it. The rows stay, with nothing in them but ids, days and the household.
#pragma once
#include "base/id.h"
#include "base/result.h"
#include "store/data_folder.h"

namespace doudi::registry {

// Number, name, phone, in every row there ever was; and the name where it is a household's head. Whoever
// holds a roster of before makes a new one. Again: nothing changes.
[[nodiscard]] Result<void> shred_person(store::DataFolder& folder, PersonId person);
// Address and head's name.
[[nodiscard]] Result<void> shred_household(store::DataFolder& folder, HouseholdId household);

}  // namespace doudi::registry
