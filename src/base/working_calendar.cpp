// SPDX-License-Identifier: Apache-2.0
#include "base/working_calendar.h"

#include <fmt/format.h>

#include <algorithm>

namespace doudi {
namespace {

[[nodiscard]] std::unexpected<Error> invalid(std::string code, Text text) {
    return fail(ErrorKind::invalid, std::move(code), std::move(text));
}

// 1970-01-01 was a Thursday; 0 is Monday.
[[nodiscard]] bool is_weekday(Date date) {
    const int since_monday = ((date.days() + 3) % 7 + 7) % 7;
    return since_monday < 5;
}

[[nodiscard]] Date first_day(int year) {
    const auto day = Date::from_ymd(year, 1, 1);
    ensure(day.has_value(), "a calendar year is 1 to 9999");
    return *day;
}

[[nodiscard]] Result<void> check_years(const std::vector<CalendarYear>& years) {
    if (years.empty())
        return invalid("calendar_empty", {"工作日历为空", "the working-day calendar has no year"});
    for (const CalendarYear& each : years) {
        if (each.year < 1 || each.year > 9998) {
            return invalid("calendar_year", {fmt::format("工作日历年份不可用：{}", each.year),
                                             fmt::format("no usable calendar year: {}", each.year)});
        }
    }
    for (std::size_t i = 1; i < years.size(); ++i) {
        if (years[i].year == years[i - 1].year) {
            return invalid("calendar_year_twice",
                           {fmt::format("工作日历中 {} 年重复", years[i].year),
                            fmt::format("calendar year {} is there twice", years[i].year)});
        }
        if (years[i].year != years[i - 1].year + 1) {
            return invalid("calendar_gap",
                           {fmt::format("工作日历缺少 {} 年", years[i - 1].year + 1),
                            fmt::format("calendar year {} is missing", years[i - 1].year + 1)});
        }
    }
    return {};
}

[[nodiscard]] Result<void> check_day(const CalendarYear& year, Date day, std::vector<Date>& seen) {
    if (day.year() != year.year) {
        return invalid("calendar_day_outside",
                       {fmt::format("{} 不属于 {} 年的工作日历", day.iso(), year.year),
                        fmt::format("{} does not lie in calendar year {}", day.iso(), year.year)});
    }
    if (std::find(seen.begin(), seen.end(), day) != seen.end()) {
        return invalid("calendar_day_twice", {fmt::format("工作日历中 {} 重复", day.iso()),
                                              fmt::format("{} is in the calendar twice", day.iso())});
    }
    seen.push_back(day);
    return {};
}

}  // namespace

Result<WorkingCalendar> WorkingCalendar::create(std::vector<CalendarYear> years) {
    std::sort(years.begin(), years.end(),
              [](const CalendarYear& a, const CalendarYear& b) { return a.year < b.year; });
    TRY_VOID(check_years(years));
    WorkingCalendar calendar;
    calendar.first_year_ = years.front().year;
    calendar.last_year_ = years.back().year;
    calendar.first_day_ = first_day(calendar.first_year_);
    const int days = first_day(calendar.last_year_ + 1) - calendar.first_day_;
    for (int i = 0; i < days; ++i) calendar.works_.push_back(is_weekday(calendar.first_day_ + i) ? 1 : 0);
    for (const CalendarYear& year : years) {
        std::vector<Date> seen;
        for (const Date day : year.holidays) {
            TRY_VOID(check_day(year, day, seen));
            calendar.works_[static_cast<std::size_t>(day - calendar.first_day_)] = 0;
        }
        for (const Date day : year.makeup_workdays) {
            TRY_VOID(check_day(year, day, seen));
            calendar.works_[static_cast<std::size_t>(day - calendar.first_day_)] = 1;
        }
    }
    return calendar;
}

bool WorkingCalendar::is_loaded(Date date) const {
    // In 64 bits: the distance of two far dates does not fit an int.
    const std::int64_t at = std::int64_t{date.days()} - first_day_.days();
    return at >= 0 && at < static_cast<std::int64_t>(works_.size());
}

bool WorkingCalendar::is_working_day(Date date) const {
    if (!is_loaded(date)) return is_weekday(date);
    return works_[static_cast<std::size_t>(date - first_day_)] != 0;
}

DueDate WorkingCalendar::due_after_working_days(Date start, int working_days) const {
    ensure(working_days >= 1, "a clock runs at least one working day");
    DueDate due{start, false};
    while (working_days > 0) {
        due.date = due.date + 1;
        due.provisional = due.provisional || !is_loaded(due.date);
        if (is_working_day(due.date)) --working_days;
    }
    return due;
}

DueDate WorkingCalendar::due_after_natural_days(Date start, int days) const {
    ensure(days >= 0, "a clock does not run backwards");
    // Natural days need no calendar; only whether the end is a day off does.
    DueDate due{start + days, false};
    due.provisional = !is_loaded(due.date);
    while (!is_working_day(due.date)) {
        due.date = due.date + 1;
        due.provisional = due.provisional || !is_loaded(due.date);
    }
    return due;
}

int WorkingCalendar::working_days_between(Date from, Date to) const {
    if (to < from) return -working_days_between(to, from);
    int count = 0;
    for (Date day = from; day < to;) {
        day = day + 1;
        if (is_working_day(day)) ++count;
    }
    return count;
}

}  // namespace doudi
