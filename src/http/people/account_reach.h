// SPDX-License-Identifier: Apache-2.0
// Which accounts and offices an administrator reaches: those of their own unit and below, of their own
// department where they have one, with roles that they may give. Nobody changes their own account.
#pragma once
#include <string>
#include <vector>

#include "access/accounts.h"
#include "http/request/call.h"

namespace doudi::http {

// The unit is the session's or stands below it today.
[[nodiscard]] bool reaches(const Call& call, access::UnitId unit);
// As the above; what has no unit (the command line, a name that nobody has) is told to who sits at a root.
[[nodiscard]] bool reaches_or_is_root(const Call& call, access::UnitId unit);
// Of who is of a department, that one alone; civil affairs gives any.
[[nodiscard]] bool may_give_department(const Call& call, const std::string& department);

// The account that the path's {name} names, to read.
[[nodiscard]] Outcome<access::Account> found_account(Call& call);
// The same to change: not one's own (403 own_account), and with no role that the session may not give
// (403 beyond_own_rights).
[[nodiscard]] Outcome<access::Account> account_to_change(Call& call);

// Roles, unit and department of a body, each within reach.
struct PlaceGiven {
    std::vector<std::string> roles;
    access::UnitId unit;
    std::string department;
};
[[nodiscard]] PlaceGiven place_given(const Call& call, BodyFields& fields);
// Unit and department of a body, within reach.
[[nodiscard]] access::UnitId unit_given(const Call& call, BodyFields& fields);
[[nodiscard]] std::string department_given(const Call& call, BodyFields& fields, bool required);

}  // namespace doudi::http
