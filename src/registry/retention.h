// SPDX-License-Identifier: Apache-2.0
// Rows of the register that newer ones have superseded, for a term: history, which no list is made of.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "store/kept_class.h"

namespace doudi::registry {

[[nodiscard]] std::vector<store::KeptClass> kept_classes();

// A household by its number, as of folder.current(), and back. not_found: there is none.
[[nodiscard]] Result<HouseholdId> household_of_code(store::DataFolder& folder, std::string_view code);
[[nodiscard]] Result<std::string> code_of_household(store::DataFolder& folder, HouseholdId id);

}  // namespace doudi::registry
