// SPDX-License-Identifier: Apache-2.0
#include "base/date.h"

#include <fmt/format.h>

namespace doudi {
namespace {

// The value of `count` digits at `text`, -1 if one is none.
[[nodiscard]] int read_digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

std::optional<Date> Date::from_ymd(int year, int month, int day) {
    // The range in which iso() has four digits, and in which nothing below can overflow.
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    const std::chrono::year_month_day ymd{std::chrono::year{year},
                                          std::chrono::month{static_cast<unsigned>(month)},
                                          std::chrono::day{static_cast<unsigned>(day)}};
    if (day > 28 && !ymd.ok()) return std::nullopt;
    return Date(static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count()));
}

std::optional<Date> Date::parse_iso(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    return from_ymd(read_digits(text.substr(0, 4)), read_digits(text.substr(5, 2)),
                    read_digits(text.substr(8, 2)));
}

std::chrono::year_month_day Date::ymd() const {
    return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{days_}}};
}

int Date::year() const {
    return static_cast<int>(ymd().year());
}

std::string Date::iso() const {
    const auto parts = ymd();
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()),
                       static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

Date Date::plus_months(int months) const {
    const auto start = ymd();
    const auto moved = start.year() / start.month() + std::chrono::months{months};
    const auto last = (moved / std::chrono::last).day();
    const std::chrono::sys_days there = moved / (start.day() < last ? start.day() : last);
    return Date(static_cast<std::int32_t>(there.time_since_epoch().count()));
}

}  // namespace doudi
