// SPDX-License-Identifier: Apache-2.0
// Records of the log of looks as rows of a file, whoever takes them away.
#pragma once
#include <functional>
#include <span>
#include <string>

#include "access/audit.h"
#include "intake/table_export.h"

namespace doudi::http {

// How the one who asks is shown a unit and a moment.
struct AuditWords {
    std::function<std::string(access::UnitId)> unit;
    std::function<std::string(Instant)> time;
};
[[nodiscard]] intake::Table audit_table(std::span<const access::AuditRecord> records,
                                        const AuditWords& shown);

}  // namespace doudi::http
