// SPDX-License-Identifier: Apache-2.0
// What-if's other law: one parameter set or moved. Exact: a percentage of money is rounded to the fen, half
// up.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/money.h"
#include "expr/rational.h"
#include "oversight/whatif.h"

namespace doudi::oversight {
namespace {

using expr::Rational;

// "12.5" as 125/10: exact, and no more digits than 18.
std::optional<Rational> decimal(std::string_view text) {
    std::string digits;
    std::int64_t below = 1;
    bool after_point = false;
    for (const char c : text) {
        if (c == '.' && !after_point) {
            after_point = true;
        } else if (c >= '0' && c <= '9') {
            digits += c;
            if (after_point) below *= 10;
        } else {
            return std::nullopt;
        }
        if (digits.size() > 15) return std::nullopt;
    }
    std::int64_t above = 0;
    if (digits.empty() ||
        std::from_chars(digits.data(), digits.data() + digits.size(), above).ec != std::errc{})
        return std::nullopt;
    return Rational{above, below};
}

struct FigureMove {
    enum class Kind : std::uint8_t { set, by_amount, by_percent } kind = Kind::set;
    bool down = false;
    Rational size{0, 1};
};

std::optional<FigureMove> read_move(std::string_view text) {
    FigureMove move;
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        move.down = text.front() == '-';
        move.kind = FigureMove::Kind::by_amount;
        text.remove_prefix(1);
    }
    if (!text.empty() && text.back() == '%') {
        if (move.kind == FigureMove::Kind::set) return std::nullopt;  // 5% of what?
        move.kind = FigureMove::Kind::by_percent;
        text.remove_suffix(1);
    }
    const auto size = decimal(text);
    if (!size) return std::nullopt;
    move.size = *size;
    return move;
}

// Half up, to a whole number; nothing on overflow.
std::optional<std::int64_t> rounded(Rational value) {
    __extension__ using Wide = __int128;
    const Wide doubled = Wide{value.numerator} * 2 + value.denominator;
    Wide down = doubled / (Wide{value.denominator} * 2);
    if (doubled < 0 && doubled % (Wide{value.denominator} * 2) != 0) --down;
    if (down > INT64_MAX || down < INT64_MIN) return std::nullopt;
    return static_cast<std::int64_t>(down);
}

std::optional<Rational> product(Rational left, Rational right) {
    Rational out;
    if (__builtin_mul_overflow(left.numerator, right.numerator, &out.numerator)) return std::nullopt;
    if (__builtin_mul_overflow(left.denominator, right.denominator, &out.denominator)) return std::nullopt;
    return out;
}

std::optional<Rational> sum(Rational left, Rational right, bool minus) {
    std::int64_t a = 0, b = 0;
    Rational out;
    if (__builtin_mul_overflow(left.numerator, right.denominator, &a)) return std::nullopt;
    if (__builtin_mul_overflow(right.numerator, left.denominator, &b)) return std::nullopt;
    if (minus ? __builtin_sub_overflow(a, b, &out.numerator) : __builtin_add_overflow(a, b, &out.numerator))
        return std::nullopt;
    if (__builtin_mul_overflow(left.denominator, right.denominator, &out.denominator)) return std::nullopt;
    return out;
}

// The value as a fraction of its unit: money in fen.
std::optional<Rational> moved(const FigureMove& move, Rational before, std::int64_t unit) {
    const auto size = product(move.size, {unit, 1});
    if (move.kind == FigureMove::Kind::set) return size;
    if (move.kind == FigureMove::Kind::by_amount) return size ? sum(before, *size, move.down) : std::nullopt;
    const auto share = product(move.size, {1, 100});
    const auto change = share ? product(before, *share) : std::nullopt;
    return change ? sum(before, *change, move.down) : std::nullopt;
}

std::optional<expr::Value> moved_value(const FigureMove& move, policy::FactType type,
                                       const expr::Value& before) {
    const bool is_money = type == policy::FactType::money;
    const auto after =
        moved(move, before.is_value() ? before.as_rational() : Rational{0, 1}, is_money ? 100 : 1);
    if (!after || after->numerator < 0) return std::nullopt;
    if (type == policy::FactType::ratio) return expr::Value::ratio(*after);
    const auto whole = rounded(*after);
    if (!whole) return std::nullopt;
    return is_money ? expr::Value::money(Money::fen(*whole)) : expr::Value::integer(*whole);
}

std::unexpected<Error> not_a_change(std::string_view change) {
    return fail(ErrorKind::usage, "bad_change",
                {fmt::format("“{}”应写作 参数=数值，如 mlg_standard_month=+5%、=-20.00 或 =700.00", change),
                 fmt::format("\"{}\" should read parameter=value, such as mlg_standard_month=+5%, =-20.00 or "
                             "=700.00",
                             change)});
}

std::unexpected<Error> no_such_parameter(std::string_view name, const policy::Law& law) {
    std::string known;
    for (const policy::Parameter& one : law.parameters) known += (known.empty() ? "" : ", ") + one.id;
    return fail(ErrorKind::usage, "unknown_parameter",
                {fmt::format("政策包没有参数“{}”；有：{}", name, known),
                 fmt::format("the pack has no parameter '{}'; there are: {}", name, known)});
}

}  // namespace

Result<void> set_parameter(policy::Law& law, std::string_view change, AsOf as_of) {
    const std::size_t equals = change.find('=');
    const auto move = equals == std::string_view::npos ? std::nullopt : read_move(change.substr(equals + 1));
    if (!move) return not_a_change(change);
    const std::string_view name = change.substr(0, equals);
    const int index = law.parameter_of(name);
    if (index < 0) return no_such_parameter(name, law);
    policy::Parameter& parameter = law.parameters[static_cast<std::size_t>(index)];
    const bool is_number = parameter.type == policy::FactType::money ||
                           parameter.type == policy::FactType::ratio ||
                           parameter.type == policy::FactType::integer;
    if (!is_number || !parameter.slice_of.empty()) {
        return fail(ErrorKind::usage, "not_a_figure",
                    {fmt::format("“{}”不是可以调整的数值参数", name),
                     fmt::format("'{}' is no figure to move", name)});
    }
    if (move->kind == FigureMove::Kind::set)
        parameter.values = {
            {.from = as_of.date, .value = {}, .source = std::string(change), .cite = parameter.cite}};
    if (parameter.values.empty()) {
        return fail(
            ErrorKind::usage, "parameter_unset",
            {fmt::format("“{}”尚未设定（由{}设定），不能按比例调整；可用 --parameters 给出", name,
                         parameter.set_by.zh),
             fmt::format("'{}' is not set (it is set by {}) and cannot be moved; give it with --parameters",
                         name, parameter.set_by.en)});
    }
    for (policy::ParameterValue& value : parameter.values) {
        auto after = moved_value(*move, parameter.type, value.value);
        if (!after) {
            return fail(ErrorKind::usage, "figure_out_of_range",
                        {fmt::format("“{}”会使参数超出范围", change),
                         fmt::format("\"{}\" leaves the range of figures", change)});
        }
        value.value = std::move(*after);
    }
    return {};
}

}  // namespace doudi::oversight
