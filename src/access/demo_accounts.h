// SPDX-License-Identifier: Apache-2.0
// Accounts for a look at the program: one for each role of staff, at an office that fits. They owe neither
// another password nor a second factor, so they enter from the server's own machine alone, and a server
// that others reach refuses to start while there is one.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "access/accounts.h"

namespace doudi::access {

// Each with its password; empty: it was there already, and keeps the one it has. "demo_name" (conflict): a
// name is another account's; "no_root_unit": there are no units yet.
[[nodiscard]] Result<std::vector<std::pair<Account, std::string>>> make_demo_accounts(
    store::Database& database, const AccountServices& services, const UnitTree& units);
// How many there were. Their rows stay, for the log names them.
[[nodiscard]] Result<std::int64_t> end_demo_accounts(store::Database& database);
[[nodiscard]] Result<bool> has_demo_accounts(store::Database& database);

}  // namespace doudi::access
