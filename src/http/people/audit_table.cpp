// SPDX-License-Identifier: Apache-2.0
#include "http/people/audit_table.h"

namespace doudi::http {

intake::Table audit_table(std::span<const access::AuditRecord> records, const AuditWords& shown) {
    const bool names = shown.people != nullptr;
    intake::Table table{.columns = {{"seq", true}, {"at"}, {"kind"}, {"user"}}, .rows = {}};
    if (names) table.columns.push_back({"user_name"});
    for (const char* column : {"unit", "roles", "purpose", "case", "verb", "thing"})
        table.columns.push_back({column});
    table.columns.push_back({names ? "homes" : "persons"});
    table.columns.push_back({names ? "homes_total" : "households", names});
    for (const char* column : {"what", "reason", "flag", "from", "hash"}) table.columns.push_back({column});
    for (const access::AuditRecord& one : records) {
        auto& row = table.rows.emplace_back();
        const AuditWords::People told =
            names ? shown.people(one) : AuditWords::People{{}, one.persons, one.households};
        row = {std::to_string(one.seq), shown.time(one.at), one.kind, one.user_name};
        if (names) row.push_back(told.user_name);
        for (const std::string& cell :
             {shown.unit(one.unit), one.roles, one.purpose, one.case_ref, one.verb, one.thing, told.homes,
              told.homes_total, one.what, one.reason, one.flag, one.from, one.hash})
            row.push_back(cell);
    }
    return table;
}

}  // namespace doudi::http
