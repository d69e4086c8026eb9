// SPDX-License-Identifier: Apache-2.0
#include "http/audit_table.h"

namespace doudi::http {

intake::Table audit_table(std::span<const access::AuditRecord> records, const AuditWords& shown) {
    intake::Table table{.columns = {{"seq", true},
                                    {"at"},
                                    {"kind"},
                                    {"user"},
                                    {"unit"},
                                    {"roles"},
                                    {"purpose"},
                                    {"case"},
                                    {"verb"},
                                    {"thing"},
                                    {"persons"},
                                    {"households"},
                                    {"what"},
                                    {"reason"},
                                    {"flag"},
                                    {"from"},
                                    {"hash"}},
                        .rows = {}};
    for (const access::AuditRecord& one : records) {
        table.rows.push_back({std::to_string(one.seq), shown.time(one.at), one.kind, one.user_name,
                              shown.unit(one.unit), one.roles, one.purpose, one.case_ref, one.verb, one.thing,
                              one.persons, one.households, one.what, one.reason, one.flag, one.from,
                              one.hash});
    }
    return table;
}

}  // namespace doudi::http
