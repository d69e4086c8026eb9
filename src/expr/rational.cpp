// SPDX-License-Identifier: Apache-2.0
#include "expr/rational.h"

#include <charconv>
#include <limits>

namespace doudi::expr {

namespace {

constexpr bool fits(Int128 value) {
    return value >= std::numeric_limits<std::int64_t>::min() &&
           value <= std::numeric_limits<std::int64_t>::max();
}

Int128 magnitude(Int128 value) {
    return value < 0 ? -value : value;
}

Int128 greatest_common_divisor(Int128 left, Int128 right) {
    while (right != 0) {
        const Int128 rest = left % right;
        left = right;
        right = rest;
    }
    return left;
}

// Enough for every decimal that can fit: 18 digits before or after the point.
constexpr int max_scale = 18;

std::optional<Int128> power_of_ten(int exponent) {
    if (exponent > max_scale) return std::nullopt;
    Int128 power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

}  // namespace

std::optional<Rational> Rational::make(Int128 numerator, Int128 denominator) {
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    if (!fits(numerator) || !fits(denominator)) {
        const Int128 divisor = greatest_common_divisor(magnitude(numerator), denominator);
        numerator /= divisor;
        denominator /= divisor;
        if (!fits(numerator) || !fits(denominator)) return std::nullopt;
    }
    return Rational{static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator)};
}

std::optional<Rational> Rational::parse_decimal(std::string_view text) {
    Int128 digits = 0;
    int scale = 0;
    bool after_point = false;
    bool negative = false;
    std::size_t i = 0;
    if (i < text.size() && text[i] == '-') {
        negative = true;
        ++i;
    }
    for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
        if (text[i] == '.') {
            after_point = true;
            continue;
        }
        digits = digits * 10 + (text[i] - '0');
        if (digits > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
        if (after_point) ++scale;
    }
    int exponent = 0;
    if (i < text.size()) {
        ++i;
        if (i < text.size() && text[i] == '+') ++i;
        const char* const end = text.data() + text.size();
        if (std::from_chars(text.data() + i, end, exponent).ec != std::errc{}) return std::nullopt;
        if (exponent > 1000 || exponent < -1000) return std::nullopt;
    }
    if (digits == 0) return Rational{};
    const int shift = exponent - scale;
    const auto power = power_of_ten(shift < 0 ? -shift : shift);
    if (!power) return std::nullopt;
    if (negative) digits = -digits;
    return shift < 0 ? make(digits, *power) : make(digits * *power, 1);
}

std::optional<Rational> Rational::plus(Rational other) const {
    if (denominator == other.denominator) return make(Int128{numerator} + other.numerator, denominator);
    return make(Int128{numerator} * other.denominator + Int128{other.numerator} * denominator,
                Int128{denominator} * other.denominator);
}

std::optional<Rational> Rational::minus(Rational other) const {
    if (denominator == other.denominator) return make(Int128{numerator} - other.numerator, denominator);
    return make(Int128{numerator} * other.denominator - Int128{other.numerator} * denominator,
                Int128{denominator} * other.denominator);
}

std::optional<Rational> Rational::times(Rational other) const {
    return make(Int128{numerator} * other.numerator, Int128{denominator} * other.denominator);
}

std::optional<Rational> Rational::over(Rational other) const {
    return make(Int128{numerator} * other.denominator, Int128{denominator} * other.numerator);
}

std::optional<Rational> Rational::negated() const {
    return make(-Int128{numerator}, denominator);
}

std::string Rational::text() const {
    std::string text = std::to_string(numerator);
    if (denominator != 1) text += "/" + std::to_string(denominator);
    return text;
}

std::optional<Rounding> parse_rounding(std::string_view name) {
    if (name == "down") return Rounding::down;
    if (name == "up") return Rounding::up;
    if (name == "half_up") return Rounding::half_up;
    if (name == "half_even") return Rounding::half_even;
    return std::nullopt;
}

std::int64_t round(Rational value, Rounding mode) {
    const std::int64_t whole = value.numerator / value.denominator;
    const std::int64_t rest = value.numerator % value.denominator;
    if (rest == 0) return whole;
    const std::int64_t away = value.numerator < 0 ? whole - 1 : whole + 1;
    const Int128 twice = magnitude(Int128{rest}) * 2;
    switch (mode) {
        case Rounding::down:
            return whole;
        case Rounding::up:
            return away;
        case Rounding::half_up:
            return twice >= value.denominator ? away : whole;
        case Rounding::half_even:
            if (twice == value.denominator) return whole % 2 == 0 ? whole : away;
            return twice > value.denominator ? away : whole;
    }
    return whole;
}

}  // namespace doudi::expr
