// SPDX-License-Identifier: Apache-2.0
// What offices do to identity numbers: docs of the data habits, "ID numbers" (stored as numbers, quoted,
// spaced, cut, masked).
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "base/id_number.h"
#include "base/id_scan.h"
#include "base/text_fold.h"
#include "base/utf8.h"

namespace doudi {
namespace {

constexpr std::size_t longest =
    24;  // significant characters that can still mean something (4.41699199001011E+17 has 20)

// The characters that mean something, in half width; what is beyond ASCII becomes `foreign`.
struct Significant {
    std::array<char, longest> bytes{};
    std::size_t size = 0;
    bool overflow = false;
    std::uint8_t fixes = 0;

    [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
    void fix(IdFix which) { fixes = static_cast<std::uint8_t>(fixes | static_cast<unsigned>(which)); }
    void put(char c) {
        if (size == longest) {
            overflow = true;
        } else {
            bytes[size++] = c;
        }
    }
};

constexpr char foreign = '\x01';

[[nodiscard]] bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

[[nodiscard]] bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_digit);
}

[[nodiscard]] bool is_quote(char32_t code) {
    return code == U'\'' || code == U'"' || code == U'`' || (code >= 0x2018 && code <= 0x201F) ||
           code == 0x2032 || code == 0x2033;
}

// × is how an X is typed where the keyboard offers a multiplication sign.
[[nodiscard]] char ascii_of(char32_t code) {
    if (code == 0x00D7) return 'X';
    return code < 0x80 ? static_cast<char>(code) : foreign;
}

[[nodiscard]] Significant significant_characters(std::string_view utf8) {
    Significant out;
    for (std::size_t at = 0; at < utf8.size() && !out.overflow;) {
        const CodePoint point = decode_utf8(utf8, at);
        at += point.length;
        if (is_space_code(point.code)) {
            out.fix(IdFix::spaces);
            continue;
        }
        const char32_t code = half_width_code(point.code);
        // ="…" keeps a spreadsheet from making a number of it.
        if (is_quote(code) || (code == U'=' && out.size == 0)) {
            out.fix(IdFix::quotes);
            continue;
        }
        if (code != point.code) out.fix(IdFix::width);
        if (code == 0x00D7) out.fix(IdFix::x_case);
        out.put(ascii_of(code));
    }
    return out;
}

[[nodiscard]] bool says_there_is_none(std::string_view utf8) {
    constexpr std::array<std::string_view, 20> words{
        "无",     "暂无", "没有", "无证", "无身份证", "无身份证号", "无证件", "无号码", "未办", "未办理",
        "未上户", "暂缺", "不详", "未知", "空",       "—",          "——",     "/",      "-",    "--"};
    constexpr std::array<std::string_view, 4> latin{"null", "none", "n/a", "nil"};
    const std::string_view text = trim(utf8);
    if (std::find(words.begin(), words.end(), text) != words.end()) return true;
    const auto same = [text](std::string_view word) {
        return std::equal(word.begin(), word.end(), text.begin(), text.end(), [](char low, char c) {
            return low == c || (c >= 'A' && c <= 'Z' && low == static_cast<char>(c - 'A' + 'a'));
        });
    };
    return std::any_of(latin.begin(), latin.end(), same);
}

// 4.41699E+17, 4.41699199001011e17, and 441699199001011000.00: seventeen or eighteen digits went through a
// float.
[[nodiscard]] bool is_float_text(std::string_view text) {
    const std::size_t point = text.find('.');
    const std::size_t exponent = text.find_first_of("Ee");
    if (exponent != std::string_view::npos) {
        const std::string_view mantissa = text.substr(0, exponent);
        std::string_view power = text.substr(exponent + 1);
        if (power.starts_with('+')) power.remove_prefix(1);
        if (mantissa.empty() || power.empty() || power.size() > 2 || !all_digits(power)) return false;
        if (point == std::string_view::npos) return all_digits(mantissa);
        return point > 0 && all_digits(mantissa.substr(0, point)) && all_digits(mantissa.substr(point + 1));
    }
    if (point == std::string_view::npos || point < 14) return false;
    const std::string_view decimals = text.substr(point + 1);
    return all_digits(text.substr(0, point)) && !decimals.empty() &&
           decimals.find_first_not_of('0') == std::string_view::npos;
}

[[nodiscard]] bool is_mask_character(char c) {
    return c == '*' || c == 'x' || c == 'X' || c == '#';
}

// Digits with a run of mask characters somewhere before the end.
[[nodiscard]] bool is_masked_text(std::string_view text) {
    const auto masks = std::count_if(text.begin(), text.end(), is_mask_character);
    const auto digits = std::count_if(text.begin(), text.end(), is_digit);
    return masks >= 3 && masks + digits == static_cast<std::ptrdiff_t>(text.size());
}

[[nodiscard]] IdTextKind kind_of(IdScanKind kind) {
    switch (kind) {
        case IdScanKind::valid:
            return IdTextKind::valid;
        case IdScanKind::wrong_check:
            return IdTextKind::wrong_check;
        case IdScanKind::wrong_birth:
            return IdTextKind::wrong_birth;
        case IdScanKind::not_canonical:
            break;
    }
    return IdTextKind::wrong_shape;
}

[[nodiscard]] IdText judged(const char* eighteen, std::uint8_t fixes) {
    IdText out;
    out.kind = kind_of(scan_canonical_id(eighteen).kind);
    out.fixes = fixes;
    std::memcpy(out.canonical, eighteen, sizeof out.canonical);
    return out;
}

[[nodiscard]] IdText without_number(IdTextKind kind, std::uint8_t fixes) {
    IdText out;
    out.kind = kind;
    out.fixes = fixes;
    return out;
}

[[nodiscard]] IdText from_fifteen(Significant& text) {
    std::array<char, 18> full{};
    std::copy_n(text.bytes.begin(), 6, full.begin());
    full[6] = '1';
    full[7] = '9';
    std::copy_n(text.bytes.begin() + 6, 9, full.begin() + 8);
    full[17] = id_check_character({full.data(), 17});
    text.fix(IdFix::from_15);
    return judged(full.data(), text.fixes);
}

// An X in the last place, however it was typed; a foreign mark there is not guessed at.
[[nodiscard]] bool has_canonical_shape(Significant& text) {
    char& last = text.bytes[17];
    if (!all_digits(text.view().substr(0, 17))) return false;
    if (last == 'x' || last == '*') {
        last = 'X';
        text.fix(IdFix::x_case);
    }
    return is_digit(last) || last == 'X';
}

[[nodiscard]] IdText read_slowly(std::string_view utf8) {
    if (says_there_is_none(utf8)) return without_number(IdTextKind::empty, 0);
    Significant text = significant_characters(utf8);
    if (text.overflow) return without_number(IdTextKind::wrong_shape, text.fixes);
    if (text.size == 0) return without_number(IdTextKind::empty, text.fixes);
    if (text.size == 18 && has_canonical_shape(text)) return judged(text.bytes.data(), text.fixes);
    if (text.size == 15 && all_digits(text.view())) return from_fifteen(text);
    if (is_float_text(text.view())) return without_number(IdTextKind::damaged_number, text.fixes);
    if (is_masked_text(text.view())) return without_number(IdTextKind::masked, text.fixes);
    return without_number(IdTextKind::wrong_shape, text.fixes);
}

}  // namespace

IdText read_id_text(std::string_view utf8) {
    const std::string_view text = trim(utf8);
    if (text.size() == 18) {
        const IdScan scan = scan_canonical_id(text.data());
        if (scan.kind != IdScanKind::not_canonical) [[likely]] {
            IdText out;
            out.kind = kind_of(scan.kind);
            std::memcpy(out.canonical, text.data(), sizeof out.canonical);
            unsigned fixes = text.size() == utf8.size() ? 0 : static_cast<unsigned>(IdFix::spaces);
            if (out.canonical[17] == 'x') {
                out.canonical[17] = 'X';
                fixes |= static_cast<unsigned>(IdFix::x_case);
            }
            out.fixes = static_cast<std::uint8_t>(fixes);
            return out;
        }
    }
    return read_slowly(utf8);
}

}  // namespace doudi
