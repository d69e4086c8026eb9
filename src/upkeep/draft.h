// SPDX-License-Identifier: Apache-2.0
// From what is asked for to what exactly would change, over the register as it stands.
#pragma once
#include <vector>

#include "base/result.h"
#include "store/data_folder.h"
#include "upkeep/kinds.h"
#include "upkeep/records.h"

namespace doudi::upkeep {

struct Draft {
    std::uint32_t acts = 0;  // bits: what it does
    std::vector<Change> changes;
    std::vector<PersonId> persons;        // who are on the register
    std::vector<HouseholdId> households;  // which are, those of the persons too
    access::UnitId to_unit;
};

// Errors name the household or field: unknown, ended, twice, a value that it cannot have, nothing changes.
[[nodiscard]] Result<Draft> draft(store::DataFolder& folder, const Kind& kind, const Wish& wish);
// What takes everything back that the case did, which holds.
[[nodiscard]] Result<Draft> draft_of_counter(store::DataFolder& folder, const Case& change);

}  // namespace doudi::upkeep
