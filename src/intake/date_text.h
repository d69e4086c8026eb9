// SPDX-License-Identifier: Apache-2.0
// Dates as offices write them (domain.md §4.6(6)). A month stands for its first day. What could mean two days
// (03/04/2025, a two-digit year with a day) is not guessed: it is unreadable.
#pragma once
#include <cstdint>
#include <string_view>

#include "base/date.h"

namespace doudi::intake {

enum class DateTextKind : std::uint8_t {
    day,
    empty,
    open_end,  // 长期, 至今, 永久, 99991231: no day
    unreadable,
};

struct DateText {
    DateTextKind kind = DateTextKind::unreadable;
    Date date;
};

// 20240101, 2024-1-1, 2024/1/1, 2024.1.1, 2024年1月1日, 202401, 2024.01, 2024年1月, 24.01, 24年1月,
// 二〇二四年一月十五日, full-width digits, time parts behind; five digits are a spreadsheet's serial number
// (1950 to 2099). Years 1900 to 2199.
[[nodiscard]] DateText read_date_text(std::string_view utf8, bool date_1904 = false);

// A numeric cell that is not styled as a date, in plain digits: as above, but 2024.1 is refused (October has
// lost its zero).
[[nodiscard]] DateText read_date_number(std::string_view digits, bool date_1904);

// The day of a spreadsheet's serial number. 1900 system: 1 is 1900-01-01, and 60 is a day that never was
// (1900-02-29): it is read as 1900-02-28. 1904 system: 0 is 1904-01-01.
[[nodiscard]] Date date_of_serial(std::int64_t serial, bool date_1904);

}  // namespace doudi::intake
