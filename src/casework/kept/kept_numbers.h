// SPDX-License-Identifier: Apache-2.0
// Offices and colleagues in the fields of a case: people write an office by its code and a colleague by the
// name with which they sign in; cases keep their numbers, which never change.
#pragma once
#include <string>
#include <string_view>

#include "access/units.h"
#include "policy/procedures.h"
#include "store/database.h"

namespace doudi::casework {

[[nodiscard]] bool is_kept_by_number(policy::FieldRule::Type type);
// The number that is kept for a code or a name; empty: there is none of it.
[[nodiscard]] std::string number_kept(const access::UnitTree& units, store::Database& database,
                                      policy::FieldRule::Type type, std::string_view value);

}  // namespace doudi::casework
