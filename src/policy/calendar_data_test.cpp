// SPDX-License-Identifier: Apache-2.0
// The State Council's days as they ship, against figures computed from another copy of them.
#include <doctest/doctest.h>

#include <array>
#include <string_view>

#include "policy/load.h"

namespace doudi::policy {
namespace {

const WorkingCalendar& calendar() {
    static const WorkingCalendar loaded = [] {
        Loaded<WorkingCalendar> read = load_calendar(std::string(DOUDI_SOURCE_DIR) + "/calendar");
        REQUIRE(read.has_value());
        return std::move(*read);
    }();
    return loaded;
}

Date day(std::string_view iso) {
    const std::optional<Date> parsed = Date::parse_iso(iso);
    REQUIRE(parsed.has_value());
    return *parsed;
}

TEST_CASE("the years 2021 to 2026 have 250, 249, 249, 251, 248 and 248 working days") {
    constexpr std::array expected{250, 249, 249, 251, 248, 248};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const int year = 2021 + static_cast<int>(i);
        const Date last_of_before = *Date::from_ymd(year - 1, 12, 31);
        CHECK(calendar().working_days_between(last_of_before, *Date::from_ymd(year, 12, 31)) == expected[i]);
    }
    CHECK(calendar().first_year() == 2021);
    CHECK(calendar().last_year() == 2026);
}

TEST_CASE("pushed on these days, red, orange, yellow and blue are due on those") {
    struct Row {
        std::string_view pushed;
        std::array<std::string_view, 4> due;  // after 3, 5, 7 and 10 working days
    };
    constexpr std::array rows{
        Row{"2024-02-08", {"2024-02-19", "2024-02-21", "2024-02-23", "2024-02-28"}},
        Row{"2024-09-30",
            {"2024-10-10", "2024-10-12", "2024-10-15", "2024-10-18"}},  // 10-12: a make-up Saturday
        Row{"2025-01-24", {"2025-02-05", "2025-02-07", "2025-02-10", "2025-02-13"}},
        Row{"2025-09-26", {"2025-09-30", "2025-10-10", "2025-10-13", "2025-10-16"}},
        Row{"2026-02-12",
            {"2026-02-24", "2026-02-26", "2026-02-28", "2026-03-04"}},  // 02-28: a make-up Saturday
        Row{"2026-02-14",
            {"2026-02-26", "2026-02-28", "2026-03-03", "2026-03-06"}},  // pushed on a make-up Saturday
        Row{"2026-09-30", {"2026-10-10", "2026-10-13", "2026-10-15", "2026-10-20"}},
    };
    constexpr std::array days{3, 5, 7, 10};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < days.size(); ++i) {
            const DueDate due = calendar().due_after_working_days(day(row.pushed), days[i]);
            CHECK_MESSAGE(due.date.iso() == row.due[i], row.pushed, " + ", days[i]);
            CHECK_FALSE(due.provisional);
        }
    }
}

TEST_CASE("a day past the last loaded year is provisional") {
    CHECK(calendar().due_after_working_days(day("2026-12-30"), 1).provisional == false);
    CHECK(calendar().due_after_working_days(day("2026-12-30"), 3).provisional);
}

TEST_CASE("the eve of the 2024 spring festival was a working day, the last day of 2022 a day off") {
    CHECK(calendar().is_working_day(day("2024-02-09")));
    CHECK_FALSE(calendar().is_working_day(day("2022-12-31")));
}

}  // namespace
}  // namespace doudi::policy
