// SPDX-License-Identifier: Apache-2.0
#include "intake/amount_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text_fold.h"
#include "base/utf8.h"

namespace doudi::intake {
namespace {

constexpr std::int64_t largest_fen = 1'000'000'000'000'000;  // ten trillion yuan: no amount of an office
constexpr std::size_t most_decimals = 12;

[[nodiscard]] bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Half width, without spaces, currency marks and thousands separators.
[[nodiscard]] std::string plain(std::string_view utf8) {
    std::string out;
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = decode_utf8(utf8, at);
        at += point.length;
        const char32_t code = half_width_code(point.code);
        const bool mark = code == U'￥' || code == U'¥' || code == U',' || code == U'\'' || code == U'"';
        if (mark || is_space_code(code)) continue;
        append_utf8(out, code == U'−' || code == U'—' || code == U'–' ? U'-' : code);
    }
    return out;
}

[[nodiscard]] bool drop_suffix(std::string_view& text, std::string_view suffix) {
    if (!text.ends_with(suffix)) return false;
    text.remove_suffix(suffix.size());
    return true;
}

// How many fen one unit of the number is; 元, 元/月 and 万元 are taken off.
[[nodiscard]] std::int64_t take_unit(std::string_view& text) {
    if (!drop_suffix(text, "/月")) (void)drop_suffix(text, "每月");
    if (!drop_suffix(text, "元")) (void)drop_suffix(text, "圆");
    if (drop_suffix(text, "万")) return 1'000'000;
    if (drop_suffix(text, "千")) return 100'000;
    return 100;
}

// Digits and one point, in units of `unit` fen, rounded half away from zero.
[[nodiscard]] AmountText read_number(std::string_view text, std::int64_t unit, bool negative) {
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    std::string_view decimals = text.substr(std::min(point + 1, text.size()));
    if (whole.empty() && decimals.empty()) return {};
    if (!std::all_of(whole.begin(), whole.end(), is_digit) ||
        !std::all_of(decimals.begin(), decimals.end(), is_digit)) {
        return {};
    }
    std::int64_t fen = 0;
    for (const char c : whole) {
        fen = fen * 10 + (c - '0');
        if (fen > largest_fen / unit) return {};
    }
    fen *= unit;
    std::int64_t part = 0;  // the decimals, in fen / scale
    std::int64_t scale = 1;
    decimals = decimals.substr(0, most_decimals);
    for (const char c : decimals) {
        part = part * 10 + (c - '0');
        scale *= 10;
    }
    __extension__ using wide = __int128;
    fen += static_cast<std::int64_t>((static_cast<wide>(part) * unit * 2 + scale) /
                                     (static_cast<wide>(scale) * 2));
    return {AmountTextKind::value, Money::fen(negative ? -fen : fen)};
}

// 1234, 1234.5, 1234.50: what nearly every cell is, without a copy. Empty: it is written otherwise.
[[nodiscard]] std::optional<Money> read_plain(std::string_view text) {
    constexpr std::size_t most_digits = 12;  // below largest_fen
    std::int64_t number = 0;
    std::size_t at = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) {
        if (at == most_digits) return std::nullopt;
        number = number * 10 + (text[at] - '0');
    }
    if (at == 0) return std::nullopt;
    if (at == text.size()) return Money::fen(number * 100);
    const std::string_view decimals = text.substr(at + 1);
    const bool plain = text[at] == '.' && !decimals.empty() && decimals.size() <= 2 &&
                       is_digit(decimals.front()) && is_digit(decimals.back());
    if (!plain) return std::nullopt;
    const int tenths = decimals.front() - '0';
    const int hundredths = decimals.size() == 2 ? decimals.back() - '0' : 0;
    return Money::fen(number * 100 + tenths * 10 + hundredths);
}

}  // namespace

AmountText read_amount_text(std::string_view utf8) {
    if (utf8.empty()) return {AmountTextKind::empty, {}};
    if (const auto money = read_plain(utf8)) return {AmountTextKind::value, *money};
    constexpr std::array<std::string_view, 5> none{"", "-", "--", "/", "无"};
    const std::string kept = plain(utf8);
    std::string_view text = kept;
    if (std::find(none.begin(), none.end(), text) != none.end()) return {AmountTextKind::empty, {}};
    bool negative = false;
    if (text.starts_with('(') && text.ends_with(')') && text.size() > 2) {
        negative = true;
        text = text.substr(1, text.size() - 2);
    }
    if (text.starts_with('-') && !negative) {
        negative = true;
        text.remove_prefix(1);
    }
    const std::int64_t unit = take_unit(text);
    return read_number(text, unit, negative);
}

bool is_plain_phone(std::string_view utf8) {
    return utf8.size() <= 12 && !utf8.starts_with("86") && !utf8.starts_with("0086") &&
           std::all_of(utf8.begin(), utf8.end(), is_digit);
}

std::string read_phone_text(std::string_view utf8) {
    constexpr std::array<std::string_view, 7> between{"/", "／", "、", ",", "，", ";", "；"};
    constexpr std::size_t shortest = 7;
    while (!utf8.empty()) {
        std::size_t end = utf8.size();
        std::size_t next = utf8.size();
        for (const std::string_view mark : between) {
            const std::size_t at = utf8.find(mark);
            if (at < end) {
                end = at;
                next = at + mark.size();
            }
        }
        std::string digits = fold_phone(utf8.substr(0, end));
        if (digits.size() >= shortest || next >= utf8.size()) return digits;
        utf8.remove_prefix(next);
    }
    return {};
}

}  // namespace doudi::intake
