// SPDX-License-Identifier: Apache-2.0
#include "access/query_quota.h"

#include <doctest/doctest.h>

#include "access/access_test_support.h"

namespace doudi::access {

TEST_CASE("a department's questions are counted by the day: at the alarm, above it, at the quota, above it") {
    TestStore store;
    SecurityRules rules;
    rules.queries_alarm = 2;
    rules.queries_a_day = 3;
    const Date day = Date::from_days(20000);
    const auto ask = [&](std::string_view asker, Date on) {
        const auto count = count_query(store.database, rules, asker, on);
        REQUIRE(count);
        return *count;
    };
    CHECK_FALSE(ask("hr", day).is_alarming);
    CHECK_FALSE(ask("hr", day).is_alarming);
    CHECK(ask("housing", day).today == 1);
    const QueryCount third = ask("hr", day);
    CHECK(third.today == 3);
    CHECK(third.is_alarming);
    CHECK_FALSE(third.is_beyond);
    CHECK(ask("hr", day).is_beyond);
    CHECK(ask("hr", day + 1).today == 1);
}

}  // namespace doudi::access
