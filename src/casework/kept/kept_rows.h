// SPDX-License-Identifier: Apache-2.0
// What cases say of persons, changed where it lies: sealed when its folder is, and gone when someone is
// forgotten.
#pragma once
#include <optional>

#include "base/id.h"
#include "casework/repository.h"
#include "store/data_folder.h"

namespace doudi::casework {

// All cases of a folder that has just got its keys (store/seal_in_place.h). Within a write().
[[nodiscard]] Result<void> seal_casework_rows(store::DataFolder& folder);

// What the cases about this person were told goes, with their attachments, and what determinations of any
// case were told of them; that there were cases, when and by whom they were moved, stays. Of a sealed folder
// the person's key goes too, and with it the same content in backups.
[[nodiscard]] Result<void> forget_in_casework(store::DataFolder& folder, PersonId person);
// The same of cases about the household as a whole.
[[nodiscard]] Result<void> forget_in_casework(store::DataFolder& folder, HouseholdId household);

// The same of one case, whose term is over. Within a write().
[[nodiscard]] Result<void> release_case(store::DataFolder& folder, CaseId of);

// The case is about another household from now on, or about none: what it was told, and attached, comes
// under that one's key, or the folder's. Within write().
[[nodiscard]] Result<void> hand_to_household(repository::Shelf& shelf, const CaseHead& head,
                                             std::optional<HouseholdId> household);

}  // namespace doudi::casework
