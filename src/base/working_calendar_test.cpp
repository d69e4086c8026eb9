// SPDX-License-Identifier: Apache-2.0
#include "base/working_calendar.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/test_values.h"

namespace doudi {
namespace {

using Range = std::pair<std::string_view, std::string_view>;

CalendarYear year_of(int year, std::initializer_list<Range> off,
                     std::initializer_list<std::string_view> makeup) {
    CalendarYear out{year, "test", {}, {}};
    for (const auto& [first, last] : off) {
        for (Date each = day(first); each <= day(last); each = each + 1) out.holidays.push_back(each);
    }
    for (const auto each : makeup) out.makeup_workdays.push_back(day(each));
    return out;
}

// Written by hand from the notices, not read from calendar/: those files have a test where they are loaded.
std::vector<CalendarYear> three_years() {
    return {year_of(2024,
                    {{"2024-01-01", "2024-01-01"},
                     {"2024-02-10", "2024-02-17"},
                     {"2024-04-04", "2024-04-06"},
                     {"2024-05-01", "2024-05-05"},
                     {"2024-06-10", "2024-06-10"},
                     {"2024-09-15", "2024-09-17"},
                     {"2024-10-01", "2024-10-07"}},
                    {"2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14",
                     "2024-09-29", "2024-10-12"}),
            year_of(2025,
                    {{"2025-01-01", "2025-01-01"},
                     {"2025-01-28", "2025-02-04"},
                     {"2025-04-04", "2025-04-06"},
                     {"2025-05-01", "2025-05-05"},
                     {"2025-05-31", "2025-06-02"},
                     {"2025-10-01", "2025-10-08"}},
                    {"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"}),
            year_of(2026,
                    {{"2026-01-01", "2026-01-03"},
                     {"2026-02-15", "2026-02-23"},
                     {"2026-04-04", "2026-04-06"},
                     {"2026-05-01", "2026-05-05"},
                     {"2026-06-19", "2026-06-21"},
                     {"2026-09-25", "2026-09-27"},
                     {"2026-10-01", "2026-10-07"}},
                    {"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"})};
}

const WorkingCalendar& calendar() {
    static const WorkingCalendar loaded = WorkingCalendar::create(three_years()).value();
    return loaded;
}

std::string due(std::string_view start, int days) {
    const DueDate found = calendar().due_after_working_days(day(start), days);
    return found.date.iso() + (found.provisional ? " provisional" : "");
}

TEST_CASE("the due dates of the worked rows: 3, 5, 7 and 10 working days") {
    struct Row {
        const char* pushed;
        const char* due[4];
    };
    const Row rows[] = {
        {"2024-02-08", {"2024-02-19", "2024-02-21", "2024-02-23", "2024-02-28"}},
        {"2024-09-30", {"2024-10-10", "2024-10-12", "2024-10-15", "2024-10-18"}},
        {"2025-01-24", {"2025-02-05", "2025-02-07", "2025-02-10", "2025-02-13"}},
        {"2025-09-26", {"2025-09-30", "2025-10-10", "2025-10-13", "2025-10-16"}},
        {"2026-02-12", {"2026-02-24", "2026-02-26", "2026-02-28", "2026-03-04"}},
        {"2026-02-14", {"2026-02-26", "2026-02-28", "2026-03-03", "2026-03-06"}},
        {"2026-09-30", {"2026-10-10", "2026-10-13", "2026-10-15", "2026-10-20"}},
    };
    const int days[4] = {3, 5, 7, 10};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < 4; ++i) {
            CAPTURE(row.pushed);
            CAPTURE(days[i]);
            CHECK(due(row.pushed, days[i]) == row.due[i]);
        }
    }
}

TEST_CASE("the working days of each year are those of the notice") {
    CHECK(calendar().working_days_between(day("2023-12-31"), day("2024-12-31")) == 251);
    CHECK(calendar().working_days_between(day("2024-12-31"), day("2025-12-31")) == 248);
    CHECK(calendar().working_days_between(day("2025-12-31"), day("2026-12-31")) == 248);
}

TEST_CASE("a holiday does not work, a make-up day does, else Monday to Friday do") {
    CHECK_FALSE(calendar().is_working_day(day("2025-10-01")));
    CHECK_FALSE(calendar().is_working_day(day("2025-10-04")));
    CHECK(calendar().is_working_day(day("2025-10-11")));
    CHECK(calendar().is_working_day(day("2024-02-09")));
    CHECK(calendar().is_working_day(day("2025-06-30")));
    CHECK_FALSE(calendar().is_working_day(day("2025-06-28")));
    CHECK_FALSE(calendar().is_working_day(day("2025-06-29")));
}

TEST_CASE("one day before a holiday the clock starts behind it") {
    CHECK(due("2025-09-30", 1) == "2025-10-09");
    CHECK(due("2025-10-03", 1) == "2025-10-09");
}

TEST_CASE("a push on a make-up day or a Sunday does not count that day") {
    CHECK(due("2025-09-28", 1) == "2025-09-29");
    CHECK(due("2025-06-29", 1) == "2025-06-30");
    CHECK(due("2025-10-10", 1) == "2025-10-11");
}

TEST_CASE("a due date past the last loaded year is counted by weekdays and is provisional") {
    CHECK(due("2026-12-30", 1) == "2026-12-31");
    CHECK(due("2026-12-30", 2) == "2027-01-01 provisional");
    CHECK(due("2026-12-31", 1) == "2027-01-01 provisional");
    CHECK(due("2027-01-01", 1) == "2027-01-04 provisional");
    CHECK(due("2023-12-28", 1) == "2023-12-29 provisional");
    CHECK(due("2023-12-28", 2) == "2024-01-02 provisional");
    CHECK(due("2023-12-31", 1) == "2024-01-02");
    CHECK(calendar().is_loaded(day("2024-01-01")));
    CHECK(calendar().is_loaded(day("2026-12-31")));
    CHECK_FALSE(calendar().is_loaded(day("2023-12-31")));
    CHECK_FALSE(calendar().is_loaded(day("2027-01-01")));
}

TEST_CASE("natural days leave out the start, and a last day off moves to the next working day") {
    const auto natural = [](std::string_view start, int days) {
        return calendar().due_after_natural_days(day(start), days);
    };
    CHECK(natural("2025-06-23", 7) == DueDate{day("2025-06-30"), false});
    CHECK(natural("2025-06-21", 7) == DueDate{day("2025-06-30"), false});
    CHECK(natural("2025-09-24", 7) == DueDate{day("2025-10-09"), false});
    CHECK(natural("2025-10-04", 7) == DueDate{day("2025-10-11"), false});
    CHECK(natural("2026-12-24", 7) == DueDate{day("2026-12-31"), false});
    CHECK(natural("2026-12-25", 7) == DueDate{day("2027-01-01"), true});
    CHECK(natural("2026-12-19", 7) == DueDate{day("2026-12-28"), false});
}

TEST_CASE("a calendar with a fault is refused with its reason") {
    const auto code = [](std::vector<CalendarYear> years) {
        const auto made = WorkingCalendar::create(std::move(years));
        return made ? std::string("made") : made.error().code;
    };
    CHECK(code({}) == "calendar_empty");
    CHECK(code({{2024, "", {}, {}}, {2026, "", {}, {}}}) == "calendar_gap");
    CHECK(code({{2024, "", {}, {}}, {2024, "", {}, {}}}) == "calendar_year_twice");
    CHECK(code({{0, "", {}, {}}}) == "calendar_year");
    CHECK(code({{2024, "", {day("2025-01-01")}, {}}}) == "calendar_day_outside");
    CHECK(code({{2024, "", {}, {day("2023-12-31")}}}) == "calendar_day_outside");
    CHECK(code({{2024, "", {day("2024-01-01"), day("2024-01-01")}, {}}}) == "calendar_day_twice");
    CHECK(code({{2024, "", {day("2024-01-01")}, {day("2024-01-01")}}}) == "calendar_day_twice");
    CHECK(code({{2025, "", {}, {}}, {2024, "", {}, {}}}) == "made");
    CHECK(calendar().first_year() == 2024);
    CHECK(calendar().last_year() == 2026);
}

TEST_CASE("counting back what a clock counted gives its working days") {
    CHECK(rc::check("due and between", [] {
        const Date start = day("2023-06-01") + *rc::gen::inRange(0, 1500);
        const int days = *rc::gen::inRange(1, 60);
        const Date end = calendar().due_after_working_days(start, days).date;
        RC_ASSERT(calendar().is_working_day(end));
        RC_ASSERT(calendar().working_days_between(start, end) == days);
        RC_ASSERT(calendar().working_days_between(end, start) == -days);
        RC_ASSERT(calendar().working_days_between(start, end - 1) == days - 1);
    }));
}

}  // namespace
}  // namespace doudi
