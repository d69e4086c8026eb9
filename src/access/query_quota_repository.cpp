// SPDX-License-Identifier: Apache-2.0
#include "access/query_quota.h"

namespace doudi::access {

Result<QueryCount> count_query(store::Database& database, const SecurityRules& rules, std::string_view office,
                               Date day) {
    QueryCount count;
    TRY_VOID(database.write_beside([&]() -> Result<void> {
        auto add = TRY(database.prepare(
            "insert into category_query (asker, on_day, asked) values ($1, $2, 1)"
            " on conflict (asker, on_day) do update set asked = category_query.asked + 1 returning asked"));
        ensure(TRY(add.bind(1, office).bind(2, day).step()), "a row comes back");
        count.today = static_cast<int>(add.integer(0));
        return {};
    }));
    count.is_beyond = count.today > rules.queries_a_day;
    count.is_alarming = count.today > rules.queries_alarm;
    return count;
}

}  // namespace doudi::access
