// SPDX-License-Identifier: Apache-2.0
// What happens at the doors, as records of the log of looks (thing: session): who entered, left, was refused,
// had to wait, or changes what they enter with. No record holds a password, a code, a token or a name that
// nobody has: of such a name it holds the beginning of a hash.
#pragma once
#include <string>
#include <string_view>

#include "access/accounts.h"
#include "access/accounts_repository.h"

namespace doudi::access {

// Durable when it returns, and nothing where there is no log; never inside a transaction.
[[nodiscard]] Result<void> note_door(const AccountServices& services, const Session& who, Verb verb,
                                     std::string what, std::string flag = {});

// Who stands at a door under a name that was typed: the account, or nobody.
[[nodiscard]] Session someone_at_the_door(const repository::AccountRow* account, std::string_view from);
// "name 5f0c…": the same for the same name, and no name.
[[nodiscard]] std::string name_mark(std::string_view folded_name);

}  // namespace doudi::access
