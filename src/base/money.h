// SPDX-License-Identifier: Apache-2.0
// Money in whole fen. Checked: an overflow is an error, never a wrong sum. Ratios are compared by exact
// products (1.5 x the standard x the number of people), never by a rounded quotient.
#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace doudi {

class Money {
  public:
    constexpr Money() = default;
    [[nodiscard]] static constexpr Money fen(std::int64_t fen) { return Money(fen); }
    [[nodiscard]] static Result<Money> yuan(std::int64_t yuan);
    // "1234", "1234.5", "-0.05": yuan with at most two decimals.
    [[nodiscard]] static Result<Money> parse_yuan(std::string_view text);

    [[nodiscard]] constexpr std::int64_t fen() const { return fen_; }
    [[nodiscard]] std::string yuan_text() const;  // "1234.50"
    [[nodiscard]] Result<Money> plus(Money other) const;
    [[nodiscard]] Result<Money> minus(Money other) const;
    [[nodiscard]] Result<Money> times(std::int64_t factor) const;
    friend constexpr auto operator<=>(Money, Money) = default;

  private:
    constexpr explicit Money(std::int64_t fen) : fen_(fen) {}
    std::int64_t fen_ = 0;
};

}  // namespace doudi
