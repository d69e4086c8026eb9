// SPDX-License-Identifier: Apache-2.0
// A confirmed case becomes rows of the register, all of it or nothing, under a publication whose day is the
// case's.
#pragma once
#include "base/result.h"
#include "store/data_folder.h"
#include "upkeep/records.h"
#include "upkeep/warnings.h"

namespace doudi::upkeep {

// What was checked is carried out (checks.h). Gives the households that it left without a member.
[[nodiscard]] Result<std::vector<HouseholdId>> carry_out(store::DataFolder& folder,
                                                         HouseholdWarnings& warnings, const Case& change);

}  // namespace doudi::upkeep
