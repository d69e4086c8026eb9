// SPDX-License-Identifier: Apache-2.0
// Exact fractions of 64-bit numbers, the denominator above zero. Every operation is computed in 128 bits and
// fails only if the result in lowest terms does not fit: whether it fails does not depend on how the operands
// are written, so both evaluators overflow on the same data (semantics 13, 15, 17).
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace doudi::expr {

__extension__ typedef __int128 Int128;

struct Rational {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;

    // Empty if it does not fit; the denominator must not be zero.
    [[nodiscard]] static std::optional<Rational> make(Int128 numerator, Int128 denominator);
    // "1.5", ".99", "15e-1" as num/10^k, exactly; empty if it does not fit.
    [[nodiscard]] static std::optional<Rational> parse_decimal(std::string_view text);

    [[nodiscard]] std::optional<Rational> plus(Rational other) const;
    [[nodiscard]] std::optional<Rational> minus(Rational other) const;
    [[nodiscard]] std::optional<Rational> times(Rational other) const;
    [[nodiscard]] std::optional<Rational> over(Rational other) const;  // other must not be zero
    [[nodiscard]] std::optional<Rational> negated() const;
    [[nodiscard]] std::string text() const;  // "3/2", "7"

    // By value: 15/10 equals 3/2.
    friend std::strong_ordering operator<=>(Rational left, Rational right) {
        return Int128{left.numerator} * right.denominator <=> Int128{right.numerator} * left.denominator;
    }
    friend bool operator==(Rational left, Rational right) { return (left <=> right) == 0; }
};

enum class Rounding : std::uint8_t { down, up, half_up, half_even };  // down: toward zero; up: away from it

// "down", "up", "half_up", "half_even".
[[nodiscard]] std::optional<Rounding> parse_rounding(std::string_view name);
[[nodiscard]] std::int64_t round(Rational value, Rounding mode);

}  // namespace doudi::expr
