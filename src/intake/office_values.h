// SPDX-License-Identifier: Apache-2.0
// How Office formats write values: cell references, escaped characters, numbers as doubles, number formats
// that mean dates.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "intake/merged_ranges.h"
#include "intake/sheet.h"

namespace doudi::intake {

struct CellAddress {
    std::uint32_t row = 0;     // from 1
    std::uint32_t column = 0;  // from 0
};
// "C7"; empty if it is none or beyond what a sheet can have (XFD1048576).
[[nodiscard]] std::optional<CellAddress> parse_address(std::string_view text);
// "A1:F1" or "A1".
[[nodiscard]] std::optional<CellRange> parse_range(std::string_view text);

// _x000A_ is a line break; _x005F_ hides an underscore that would begin such a mark.
[[nodiscard]] std::string decode_office_escapes(std::string_view text);

// A double as it would be read aloud: whole numbers in digits ("13800138000"), others with at most 15
// significant digits.
[[nodiscard]] std::string number_text(double value);
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

// Built-in formats 14-17, 22, 27-31, 34-36, 50-58 and custom ones with a year or a day.
[[nodiscard]] bool is_date_format(std::uint32_t builtin_id);
[[nodiscard]] bool is_date_format_code(std::string_view code);

// The text and kind of a number under a style.
struct NumberValue {
    std::string text;
    CellKind kind = CellKind::number;
};
[[nodiscard]] NumberValue styled_number(double value, bool is_date, bool date_1904);

}  // namespace doudi::intake
