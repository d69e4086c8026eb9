// SPDX-License-Identifier: Apache-2.0
#include "base/money.h"

#include <fmt/format.h>

#include "base/id_number.h"

namespace doudi {
namespace {

[[nodiscard]] std::unexpected<Error> overflow() {
    return fail(ErrorKind::limit, "money_overflow",
                {"金额超出可表示的范围", "the amount is larger than can be held"});
}

[[nodiscard]] std::unexpected<Error> no_amount(std::string_view text) {
    // Masked: the wrong column may hold an account or an identity number.
    const std::string shown = mask_text(text);
    return fail(ErrorKind::invalid, "money_text",
                {fmt::format("不是金额（元，最多两位小数）：{}", shown),
                 fmt::format("not an amount in yuan with at most two decimals: {}", shown)});
}

[[nodiscard]] bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

Result<Money> Money::yuan(std::int64_t yuan) {
    return Money::fen(yuan).times(100);
}

Result<Money> Money::parse_yuan(std::string_view text) {
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    const std::size_t point = rest.find('.');
    const std::string_view whole = rest.substr(0, point);
    const std::string_view decimals = point == std::string_view::npos ? "" : rest.substr(point + 1);
    if (whole.empty() || decimals.size() > 2 || (decimals.empty() && point != std::string_view::npos)) {
        return no_amount(text);
    }
    std::int64_t fen = 0;  // counted downwards for a negative amount, so that the smallest one can be read
    const auto take = [&fen, negative](char c) {
        const std::int64_t digit = negative ? '0' - c : c - '0';
        return !__builtin_mul_overflow(fen, std::int64_t{10}, &fen) &&
               !__builtin_add_overflow(fen, digit, &fen);
    };
    std::string digits(whole);
    digits.append(decimals).append(2 - decimals.size(), '0');
    for (const char c : digits) {
        if (!is_digit(c)) return no_amount(text);
    }
    for (const char c : digits) {
        if (!take(c)) return overflow();
    }
    return Money(fen);
}

std::string Money::yuan_text() const {
    // The magnitude as unsigned: the smallest int64 has no positive twin.
    const auto bits = static_cast<std::uint64_t>(fen_);
    const std::uint64_t magnitude = fen_ < 0 ? 0 - bits : bits;
    return fmt::format("{}{}.{:02}", fen_ < 0 ? "-" : "", magnitude / 100, magnitude % 100);
}

Result<Money> Money::plus(Money other) const {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(fen_, other.fen_, &sum)) return overflow();
    return Money(sum);
}

Result<Money> Money::minus(Money other) const {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(fen_, other.fen_, &difference)) return overflow();
    return Money(difference);
}

Result<Money> Money::times(std::int64_t factor) const {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(fen_, factor, &product)) return overflow();
    return Money(product);
}

}  // namespace doudi
