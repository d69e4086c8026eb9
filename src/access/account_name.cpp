// SPDX-License-Identifier: Apache-2.0
#include "access/account_name.h"

#include "access/accounts_repository.h"

namespace doudi::access {

Result<std::string> account_name(store::Database& database, UserId user) {
    const auto account = TRY(repository::select_account(database, user));
    if (account) return account->account.name;
    return fail(ErrorKind::not_found, "user_unknown", {"没有这个账号", "there is no such account"});
}

}  // namespace doudi::access
