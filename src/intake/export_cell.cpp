// SPDX-License-Identifier: Apache-2.0
#include "intake/export_cell.h"

#include "base/utf8.h"

namespace doudi::intake {
namespace {

// -12.50: a minus, digits, at most one point.
[[nodiscard]] bool is_negative_number(std::string_view text) {
    if (!text.starts_with('-')) return false;
    std::size_t digits = 0;
    std::size_t points = 0;
    for (const char c : text.substr(1)) {
        if (c >= '0' && c <= '9') {
            ++digits;
        } else if (c == '.' && digits > 0) {
            ++points;
        } else {
            return false;
        }
    }
    return digits > 0 && points <= 1 && text.back() != '.';
}

}  // namespace

bool runs_as_formula(std::string_view utf8) {
    const std::size_t start = utf8.find_first_not_of(' ');
    if (start == std::string_view::npos || is_negative_number(utf8)) return false;
    const char32_t first = decode_utf8(utf8, start).code;
    constexpr std::u32string_view triggers = U"=+-@\t\r\n＝＋－＠";
    return triggers.find(first) != std::u32string_view::npos;
}

std::string escape_formula(std::string_view utf8) {
    std::string out = runs_as_formula(utf8) ? "'" : "";
    out += utf8;
    return out;
}

void append_csv_cell(std::string& out, std::string_view utf8) {
    const std::string cell = escape_formula(utf8);
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
        out += cell;
        return;
    }
    out.push_back('"');
    for (const char c : cell) {
        if (c == '"') out.push_back('"');
        out.push_back(c);
    }
    out.push_back('"');
}

}  // namespace doudi::intake
