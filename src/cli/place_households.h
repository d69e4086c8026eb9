// SPDX-License-Identifier: Apache-2.0
// Households that an import brought get their unit.
#pragma once
#include <string>

#include "base/date.h"
#include "cli/console.h"
#include "store/data_folder.h"

namespace doudi::cli {

// Before an import is begun: whether there is a unit of that code. Empty: none was named.
[[nodiscard]] Result<void> check_unit(store::DataFolder& store, const std::string& unit);

// By region; where no unit has it, the unit that the file came for (its code), or the root if there is one
// alone. An office that has loaded no units yet is left as it is. Says what it did.
[[nodiscard]] ExitCode place_households(const Console& console, store::DataFolder& store,
                                        const std::string& unit, Date from);

}  // namespace doudi::cli
