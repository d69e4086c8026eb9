// SPDX-License-Identifier: Apache-2.0
// What a question to the log asks for, as a condition on audit_record r.
#pragma once
#include "access/audit.h"
#include "access/scope.h"

namespace doudi::access {

// Its binds are from $1 on.
[[nodiscard]] SqlScope where_of(const AuditQuery& asked);

}  // namespace doudi::access
