// SPDX-License-Identifier: Apache-2.0
#include "print/chinese_text.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace doudi::print {
namespace {

constexpr std::array<std::string_view, 10> numerals{"零", "壹", "贰", "叁", "肆",
                                                    "伍", "陆", "柒", "捌", "玖"};
constexpr std::array<std::string_view, 4> places{"", "拾", "佰", "仟"};
constexpr std::array<std::string_view, 4> groups{"", "万", "亿", "万亿"};
constexpr std::uint64_t group_size = 10'000;
constexpr std::uint64_t fen_of_yuan = 100;
constexpr std::uint64_t beyond = 10'000'000'000'000'000;  // yuan: four groups of four places

// A number below 10,000, without zeros in front; zeros inside are one 零.
std::string group_text(std::uint64_t group) {
    std::string text;
    bool owes_zero = false;
    std::uint64_t divisor = group_size / 10;
    for (std::size_t place = places.size(); place-- > 0; divisor /= 10) {
        const auto digit = static_cast<std::size_t>(group / divisor % 10);
        if (digit == 0) {
            owes_zero = !text.empty();
            continue;
        }
        if (owes_zero) text += numerals[0];
        owes_zero = false;
        text += numerals[digit];
        text += places[place];
    }
    return text;
}

std::string integer_text(std::uint64_t yuan) {
    std::string text;
    bool owes_zero = false;
    std::uint64_t divisor = group_size * group_size * group_size;
    for (std::size_t i = groups.size(); i-- > 0; divisor /= group_size) {
        const std::uint64_t group = yuan / divisor % group_size;
        if (group == 0) {
            owes_zero = !text.empty();
            continue;
        }
        if (!text.empty() && (owes_zero || group < group_size / 10)) text += numerals[0];
        owes_zero = false;
        // 万亿 is 万 of 亿: the 亿 is said once where both are there.
        const bool says_rest = i == 3 && yuan / (group_size * group_size) % group_size != 0;
        text += group_text(group);
        text += says_rest ? groups[1] : groups[i];
    }
    return text;
}

}  // namespace

std::string chinese_date(Date date) {
    const auto day = date.ymd();
    return fmt::format("{}年{}月{}日", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

std::string chinese_month(Date date) {
    const auto day = date.ymd();
    return fmt::format("{}年{}月", static_cast<int>(day.year()), static_cast<unsigned>(day.month()));
}

std::string chinese_yuan(Money money) {
    std::string text = money.yuan_text();
    constexpr std::string_view no_fen = ".00";
    if (text.ends_with(no_fen)) text.resize(text.size() - no_fen.size());
    return text + "元";
}

Result<std::string> capital_yuan(Money money) {
    const bool negative = money.fen() < 0;
    const auto bits = static_cast<std::uint64_t>(money.fen());
    const std::uint64_t all = negative ? std::uint64_t{0} - bits : bits;
    const std::uint64_t yuan = all / fen_of_yuan;
    if (yuan >= beyond)
        return fail(ErrorKind::limit, "capital_yuan",
                    {"金额过大，无法写成大写", "the sum is too large to be written in capital numerals"});
    const auto jiao = static_cast<std::size_t>(all / 10 % 10);
    const auto fen = static_cast<std::size_t>(all % 10);
    std::string text = "人民币";
    if (negative) text += "负";
    if (yuan > 0 || all == 0) {
        text += yuan == 0 ? std::string(numerals[0]) : integer_text(yuan);
        text += "元";
    }
    if (jiao > 0) {
        text += numerals[jiao];
        text += "角";
    }
    if (fen > 0) {
        if (jiao == 0 && yuan > 0) text += numerals[0];
        text += numerals[fen];
        text += "分";
    } else {
        text += "整";
    }
    return text;
}

}  // namespace doudi::print
