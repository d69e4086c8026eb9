// SPDX-License-Identifier: Apache-2.0
#include "intake/office_values.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/utf8.h"
#include "intake/date_text.h"

namespace doudi::intake {
namespace {

constexpr std::uint32_t last_row = 1'048'576;
constexpr std::uint32_t last_column = 16'384;
constexpr double last_serial = 2'958'465;  // 9999-12-31

[[nodiscard]] std::optional<std::uint32_t> hex4(std::string_view text) {
    std::uint32_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (text.size() != 4 || parsed.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

// The letters of a format that are not quoted, escaped, padding or in brackets, lower-cased.
[[nodiscard]] std::string bare_letters(std::string_view code) {
    std::string out;
    for (std::size_t at = 0; at < code.size(); ++at) {
        const char c = code[at];
        if (c == '"') {
            at = std::min(code.find('"', at + 1), code.size());
        } else if (c == '[') {
            at = std::min(code.find(']', at + 1), code.size());
        } else if (c == '\\' || c == '_' || c == '*') {
            ++at;
        } else if (c == ';') {
            break;  // the rest is for negative numbers
        } else {
            out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
        }
    }
    return out;
}

}  // namespace

std::optional<CellAddress> parse_address(std::string_view text) {
    CellAddress out;
    std::size_t at = 0;
    std::uint32_t column = 0;
    for (; at < text.size() && at < 3; ++at) {
        const char c = text[at];
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + static_cast<std::uint32_t>(c - 'A' + 1);
    }
    const auto parsed = std::from_chars(text.data() + at, text.data() + text.size(), out.row);
    if (column == 0 || parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size())
        return std::nullopt;
    if (column > last_column || out.row == 0 || out.row > last_row) return std::nullopt;
    out.column = column - 1;
    return out;
}

std::optional<CellRange> parse_range(std::string_view text) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto first = parse_address(text.substr(0, colon));
    const auto last = colon < text.size() ? parse_address(text.substr(colon + 1)) : first;
    if (!first || !last) return std::nullopt;
    return CellRange{first->row, first->column, last->row, last->column};
}

std::string decode_office_escapes(std::string_view text) {
    std::string out;
    char32_t high = 0;
    for (std::size_t at = 0; at < text.size();) {
        const bool mark =
            text.size() - at >= 7 && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_';
        const auto code = mark ? hex4(text.substr(at + 2, 4)) : std::nullopt;
        if (!code) {
            out.push_back(text[at++]);
            continue;
        }
        at += 7;
        if (*code >= 0xD800 && *code <= 0xDBFF) {
            high = *code;
        } else if (*code >= 0xDC00 && *code <= 0xDFFF) {
            append_utf8(out, high == 0 ? replacement_character
                                       : 0x10000 + ((high - 0xD800) << 10U) + (*code - 0xDC00));
            high = 0;
        } else if (*code != 0) {
            append_utf8(out, *code);
        }
    }
    return out;
}

std::string number_text(double value) {
    constexpr double whole_up_to = 1e21;
    if (std::floor(value) == value && std::fabs(value) < whole_up_to) return fmt::format("{:.0f}", value);
    return fmt::format("{:.15g}", value);
}

std::optional<double> parse_number(std::string_view text) {
    double value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

bool is_date_format(std::uint32_t id) {
    return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
           (id >= 50 && id <= 54) || (id >= 57 && id <= 58);
}

bool is_date_format_code(std::string_view code) {
    const std::string letters = bare_letters(code);
    if (letters.find("general") != std::string::npos) return false;
    if (letters.find('y') != std::string::npos || letters.find('d') != std::string::npos) return true;
    const bool clock = letters.find('h') != std::string::npos || letters.find('s') != std::string::npos;
    return !clock && letters.find('m') != std::string::npos;
}

NumberValue styled_number(double value, bool is_date, bool date_1904) {
    const double day = std::floor(value);
    if (!is_date || day < (date_1904 ? 0 : 1) || day > last_serial)
        return {number_text(value), CellKind::number};
    return {date_of_serial(static_cast<std::int64_t>(day), date_1904).iso(), CellKind::date_serial};
}

}  // namespace doudi::intake
