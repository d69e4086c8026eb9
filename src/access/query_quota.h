// SPDX-License-Identifier: Apache-2.0
// How often a department asks whether a person is low-income: so often a day and no more, and who asks more
// often than usual is told to those who read the log (access/security.yaml, `query`).
#pragma once
#include <string_view>

#include "access/security_rules.h"
#include "base/date.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access {

struct QueryCount {
    int today = 0;           // this question included
    bool is_beyond = false;  // of the quota: it is not answered
    bool is_alarming = false;
};
// Counts a question of an office, by the name that the caller gives it. Within no transaction of the
// caller's.
[[nodiscard]] Result<QueryCount> count_query(store::Database& database, const SecurityRules& rules,
                                             std::string_view office, Date day);

}  // namespace doudi::access
