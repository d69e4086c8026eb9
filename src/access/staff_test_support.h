// SPDX-License-Identifier: Apache-2.0
// Accounts for tests that name people by their numbers alone.
#pragma once
#include <initializer_list>
#include <string>
#include <utility>

#include "access/accounts_repository.h"

namespace doudi::access {

// One account for each, numbered from 1: where it sits, and of which department (empty: civil affairs).
inline Result<void> add_staff(store::Database& database, Instant now,
                              std::initializer_list<std::pair<unsigned, const char*>> places) {
    return database.write([&]() -> Result<void> {
        int number = 0;
        for (const auto& [unit, department] : places) {
            Account account;
            account.name = "account " + std::to_string(++number);
            account.unit = UnitId(unit);
            account.department = department;
            TRY_VOID(repository::insert_account(database, account, account.name, "", now));
        }
        return {};
    });
}

}  // namespace doudi::access
