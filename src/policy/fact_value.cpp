// SPDX-License-Identifier: Apache-2.0
#include "policy/fact_value.h"

#include <algorithm>
#include <charconv>

namespace doudi::policy {

namespace {

std::unexpected<Error> refuse(Text text) {
    return fail(ErrorKind::invalid, "bad_value", std::move(text));
}

bool is_plain_decimal(std::string_view text) {
    constexpr std::size_t most_digits = 15;
    const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
    const auto points = std::ranges::count(text, '.');
    const bool ends_well = !text.empty() && text.front() != '.' && text.back() != '.';
    return ends_well && points <= 1 && static_cast<std::size_t>(digits + points) == text.size() &&
           static_cast<std::size_t>(digits) <= most_digits;
}

Result<expr::Value> parse_money(std::string_view written) {
    const Result<Money> money = Money::parse_yuan(written);
    if (!money) return refuse({"金额应以元为单位、至多两位小数", "money is yuan with at most two decimals"});
    if (money->fen() < 0) return refuse({"金额不能为负", "money cannot be negative"});
    return expr::Value::money(*money);
}

Result<expr::Value> parse_integer(std::string_view written) {
    std::int64_t number = 0;
    const char* const end = written.data() + written.size();
    const auto [after, status] = std::from_chars(written.data(), end, number);
    if (written.empty() || status != std::errc{} || after != end)
        return refuse({"应为整数", "a whole number is expected"});
    return expr::Value::integer(number);
}

Result<expr::Value> parse_ratio(std::string_view written) {
    const auto ratio = is_plain_decimal(written) ? expr::Rational::parse_decimal(written) : std::nullopt;
    if (!ratio)
        return refuse(
            {"比率应为不带符号的小数，如 0.7（70%）", "a ratio is a decimal without a sign: 0.7 is 70%"});
    return expr::Value::ratio(*ratio);
}

}  // namespace

Result<expr::Value> parse_value(FactType type, std::string_view written) {
    switch (type) {
        case FactType::boolean:
            if (written == "true") return expr::Value::boolean(true);
            if (written == "false") return expr::Value::boolean(false);
            return refuse({"应为 true 或 false", "true or false is expected"});
        case FactType::integer:
            return parse_integer(written);
        case FactType::money:
        case FactType::amount:
            return parse_money(written);
        case FactType::ratio:
            return parse_ratio(written);
        case FactType::date: {
            const auto day = Date::parse_iso(written);
            if (!day) return refuse({"应为日期（YYYY-MM-DD）", "a date (YYYY-MM-DD) is expected"});
            return expr::Value::date(*day);
        }
        case FactType::word:
            if (written.empty()) return refuse({"不能为空", "it cannot be empty"});
            return expr::Value::string(std::string(written));
    }
    return refuse({"没有这种类型", "there is no such type"});
}

}  // namespace doudi::policy
