// SPDX-License-Identifier: Apache-2.0
// Who works beside one: active accounts that sit at these units themselves, of one department; by name.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "access/accounts.h"
#include "access/units.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access::repository {

[[nodiscard]] Result<std::vector<Account>> colleagues_of(store::Database& database,
                                                         std::span<const UnitId> units,
                                                         std::string_view department);

}  // namespace doudi::access::repository
