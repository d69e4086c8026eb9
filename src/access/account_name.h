// SPDX-License-Identifier: Apache-2.0
// Who an account is, for who only reads.
#pragma once
#include <string>

#include "access/session.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access {

// With which its person signs in; "user_unknown".
[[nodiscard]] Result<std::string> account_name(store::Database& database, UserId user);

}  // namespace doudi::access
