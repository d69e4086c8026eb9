// SPDX-License-Identifier: Apache-2.0
// What monitoring says of someone, or of a household, that is forgotten (registry/shredding.h destroys their
// keys). Its rows were written by many runs and are changed where they lie: that is what forgetting is.
#pragma once
#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "store/data_folder.h"

namespace doudi::monitor {

// Their events go, of warnings, of exits, those in doubt and those that cycles remember for the next one:
// which illness, which day, which row of which file. The next cycle reckons the household's warning without
// them.
[[nodiscard]] Result<void> forget_person(store::DataFolder& folder, PersonId person);
// The open warning closes on that day, as forgotten: nobody is to be visited any more. That there were
// warnings, of which level, and when, stays for counts; by what they were told does not.
[[nodiscard]] Result<void> forget_household(store::DataFolder& folder, HouseholdId household, Date on);

}  // namespace doudi::monitor
