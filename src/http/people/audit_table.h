// SPDX-License-Identifier: Apache-2.0
// Records of the log of looks as rows of a file, whoever takes them away.
#pragma once
#include <functional>
#include <span>
#include <string>

#include "access/audit.h"
#include "intake/table_export.h"

namespace doudi::http {

// How the one who asks is shown a unit, a moment, and who looked at whom.
struct AuditWords {
    // What people call whoever looked, the numbers of the households (by ;) and of how many the record is.
    struct People {
        std::string user_name;
        std::string homes;
        std::string homes_total;
    };
    std::function<std::string(access::UnitId)> unit;
    std::function<std::string(Instant)> time;
    // Nothing: the log's own ids stand in their place, by which its chain is checked.
    std::function<People(const access::AuditRecord&)> people = {};
};
[[nodiscard]] intake::Table audit_table(std::span<const access::AuditRecord> records,
                                        const AuditWords& shown);

}  // namespace doudi::http
