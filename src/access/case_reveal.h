// SPDX-License-Identifier: Apache-2.0
// A reveal by a case that is addressed to a department: it reads no household, and the case says whom it may
// find.
#pragma once
#include <string>

#include "access/masking.h"

namespace doudi::access {

struct RevealingCase {
    Thing thing{};   // of the right by which such cases are read
    ScopedRow row;   // of the case
    std::string id;  // the reveal is for it, whatever case the session names
};

// As reveal(): by the right to reveal on cases of that kind instead of on persons.
[[nodiscard]] Result<Reveal> reveal_of_case(store::Database& database, AuditLog& log, const Roles& roles,
                                            const UnitTree& units, const SecurityRules& rules,
                                            const Clock& clock, const Session& session,
                                            const RevealRequest& request, const RevealingCase& of);

}  // namespace doudi::access
