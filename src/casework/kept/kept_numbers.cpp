// SPDX-License-Identifier: Apache-2.0
#include "casework/kept/kept_numbers.h"

#include "access/accounts.h"

namespace doudi::casework {

using Type = policy::FieldRule::Type;

bool is_kept_by_number(Type type) {
    return type == Type::unit || type == Type::user || type == Type::users;
}

std::string number_kept(const access::UnitTree& units, store::Database& database, Type type,
                        std::string_view value) {
    if (type == Type::unit) {
        const access::Unit* unit = units.find(value);
        return unit == nullptr ? std::string() : std::to_string(unit->id.value());
    }
    const auto account = access::find_account(database, value);
    return account ? std::to_string(account->id.value()) : std::string();
}

}  // namespace doudi::casework
