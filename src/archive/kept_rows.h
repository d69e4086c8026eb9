// SPDX-License-Identifier: Apache-2.0
// What files of cases hold of persons, changed where it lies: released by its term, gone when someone is
// forgotten, sealed when its folder is.
#pragma once
#include <vector>

#include "base/id.h"
#include "store/data_folder.h"
#include "store/kept_class.h"

namespace doudi::archive {

// Closed cases with their files: told words, attachments, papers and catalogue go; that there was a case, its
// steps and days, and the manifest with its hashes stay, with the number of the proof.
[[nodiscard]] std::vector<store::KeptClass> kept_classes();

// The files of cases about this person (casework/kept_rows.h).
[[nodiscard]] Result<void> forget_in_archive(store::DataFolder& folder, PersonId person);
// The same of cases about the household as a whole.
[[nodiscard]] Result<void> forget_in_archive(store::DataFolder& folder, HouseholdId household);

// Of a folder that has just got its keys (store/seal_in_place.h). Within a write().
[[nodiscard]] Result<void> seal_archive_rows(store::DataFolder& folder);

}  // namespace doudi::archive
