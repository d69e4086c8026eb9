// SPDX-License-Identifier: Apache-2.0
// Civil dates. No time of day and no time zone: the law counts days. There is no today(): every computation
// is handed its AsOf.
#pragma once
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace doudi {

class Date {
  public:
    constexpr Date() = default;
    // Days since 1970-01-01.
    [[nodiscard]] static constexpr Date from_days(std::int32_t days) { return Date(days); }
    // Empty if there is no such day (2025-02-29).
    [[nodiscard]] static std::optional<Date> from_ymd(int year, int month, int day);
    // Exactly YYYY-MM-DD. What offices write is read by intake/date_text.h.
    [[nodiscard]] static std::optional<Date> parse_iso(std::string_view text);

    [[nodiscard]] constexpr std::int32_t days() const { return days_; }
    [[nodiscard]] std::chrono::year_month_day ymd() const;
    [[nodiscard]] int year() const;
    [[nodiscard]] std::string iso() const;
    // Clamps to the month's end: 01-31 + 1 month = 02-28 (semantics.md 18).
    [[nodiscard]] Date plus_months(int months) const;

    friend constexpr Date operator+(Date date, int days) { return Date(date.days_ + days); }
    friend constexpr Date operator-(Date date, int days) { return Date(date.days_ - days); }
    friend constexpr int operator-(Date left, Date right) { return left.days_ - right.days_; }
    friend constexpr auto operator<=>(Date, Date) = default;

  private:
    constexpr explicit Date(std::int32_t days) : days_(days) {}
    std::int32_t days_ = 0;
};

// The day as of which something is computed. A type of its own so that it is never mixed up with a fact's
// date.
struct AsOf {
    Date date;
    friend constexpr auto operator<=>(AsOf, AsOf) = default;
};

}  // namespace doudi
