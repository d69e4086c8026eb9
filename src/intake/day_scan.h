// SPDX-License-Identifier: Apache-2.0
// The ordinary day of a text file, 2024-01-31 with any of the three separators, read without a branch for
// each digit. What it does not take goes to read_date_text, which reads it alike.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/hash.h"

namespace doudi::intake {

namespace day_detail {

inline constexpr unsigned first_year = 1900;
inline constexpr unsigned last_year = 2199;
// The first day of each month from first_year to the January behind last_year, in days since 1970.
extern const std::array<std::int32_t, std::size_t{last_year - first_year + 1} * 12 + 1> month_starts;

}  // namespace day_detail

inline constexpr std::size_t plain_day_bytes = 10;

// Reads exactly ten bytes. `days` since 1970; false: it is no such day, or not written so.
[[nodiscard]] inline bool scan_plain_day(const char* ten, std::int32_t& days) {
    using hash_detail::load_little;
    const auto front = load_little<std::uint64_t>(ten);     // 2024-01-
    const auto back = load_little<std::uint32_t>(ten + 6);  // 1-31
    const std::uint64_t separator = front >> 32U & 0xFFU;
    const bool separated =
        separator == front >> 56U && (separator == '-' || separator == '/' || separator == '.');
    // Year, month and day, a digit a byte: each 0 to 9 if neither it nor it and 118 reaches 128.
    const std::uint64_t written =
        (front & 0xFFFFFFFFU) | (front >> 40U & 0xFFFFU) << 32U | (back & 0xFFFF0000U) << 32U;
    const std::uint64_t digits = written ^ 0x3030303030303030U;
    const bool good = (((digits + 0x7676767676767676U) | digits) & 0x8080808080808080U) == 0;
    const std::uint64_t pairs = digits * 10 + (digits >> 8U);  // in every second byte
    const auto pair = [pairs](unsigned at) { return static_cast<unsigned>(pairs >> at & 0xFFU); };
    const unsigned year = pair(0) * 100 + pair(16);
    const unsigned month = pair(32);
    if (!(separated && good) || year < day_detail::first_year || year > day_detail::last_year ||
        month - 1 > 11)
        return false;
    const std::size_t at = std::size_t{year - day_detail::first_year} * 12 + month - 1;
    const std::int32_t start = day_detail::month_starts[at];
    const auto day = static_cast<std::int32_t>(pair(48));
    days = start + day - 1;
    return day >= 1 && days < day_detail::month_starts[at + 1];
}

}  // namespace doudi::intake
