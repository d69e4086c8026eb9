// SPDX-License-Identifier: Apache-2.0
#include "base/date.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/test_values.h"

namespace doudi {
namespace {

TEST_CASE("a date that does not exist is empty") {
    CHECK(Date::from_ymd(2025, 2, 28).has_value());
    CHECK_FALSE(Date::from_ymd(2025, 2, 29).has_value());
    CHECK(Date::from_ymd(2024, 2, 29).has_value());
    CHECK_FALSE(Date::from_ymd(1900, 2, 29).has_value());
    CHECK(Date::from_ymd(2000, 2, 29).has_value());
    CHECK_FALSE(Date::from_ymd(2025, 4, 31).has_value());
    CHECK_FALSE(Date::from_ymd(2025, 0, 1).has_value());
    CHECK_FALSE(Date::from_ymd(2025, 13, 1).has_value());
    CHECK_FALSE(Date::from_ymd(2025, 1, 0).has_value());
    CHECK_FALSE(Date::from_ymd(2025, 1, 257).has_value());
    CHECK_FALSE(Date::from_ymd(0, 1, 1).has_value());
    CHECK_FALSE(Date::from_ymd(10000, 1, 1).has_value());
    CHECK(Date::from_ymd(9999, 12, 31).has_value());
}

TEST_CASE("days count from 1970-01-01") {
    CHECK(day("1970-01-01").days() == 0);
    CHECK(day("1969-12-31").days() == -1);
    CHECK(day("2025-06-30").days() == 20269);
    CHECK(day("2025-06-30").year() == 2025);
    CHECK(Date().iso() == "1970-01-01");
}

TEST_CASE("only YYYY-MM-DD is the iso form") {
    for (const char* text : {"2025-6-30", "2025/06/30", "20250630", "2025-06-30 ", " 2025-06-3", "2025-06-3x",
                             "", "2025-06-31", "+025-06-30", "２０２５-06"}) {
        CAPTURE(text);
        CHECK_FALSE(Date::parse_iso(text).has_value());
    }
}

TEST_CASE("adding months clamps to the month's end") {
    CHECK(day("2025-01-31").plus_months(1) == day("2025-02-28"));
    CHECK(day("2024-01-31").plus_months(1) == day("2024-02-29"));
    CHECK(day("2025-01-28").plus_months(1) == day("2025-02-28"));
    CHECK(day("2024-02-29").plus_months(12) == day("2025-02-28"));
    CHECK(day("2025-03-31").plus_months(-1) == day("2025-02-28"));
    CHECK(day("2025-11-15").plus_months(3) == day("2026-02-15"));
    CHECK(day("2025-01-15").plus_months(-13) == day("2023-12-15"));
    CHECK(day("2025-05-31").plus_months(0) == day("2025-05-31"));
}

TEST_CASE("every day survives its iso form, and the next day is one day later") {
    CHECK(rc::check("iso round trip", [] {
        const int days = *rc::gen::inRange(day("0001-01-01").days(), day("9999-12-31").days());
        const Date date = Date::from_days(days);
        RC_ASSERT(Date::parse_iso(date.iso()).value() == date);
        RC_ASSERT((date + 1) - date == 1);
        RC_ASSERT(date < date + 1);
        RC_ASSERT(date - 1 < date);
    }));
}

}  // namespace
}  // namespace doudi
