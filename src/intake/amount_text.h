// SPDX-License-Identifier: Apache-2.0
// Amounts and telephone numbers as offices write them (domain.md §4.6(7)). An amount a year is not made an
// amount a month: it is unreadable, and so unknown.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/money.h"

namespace doudi::intake {

enum class AmountTextKind : std::uint8_t { value, empty, unreadable };

struct AmountText {
    AmountTextKind kind = AmountTextKind::unreadable;
    Money money;
};

// 1,234.50 · ￥1234 · 1234元 · 1234元/月 · 0.5万 · －50 · (50) · full-width digits. Empty, －, / and 无 are
// empty: unknown, never zero. Parts of a fen (a quotient that someone's spreadsheet made) are rounded half
// away from zero.
[[nodiscard]] AmountText read_amount_text(std::string_view utf8);

// The digits of the first number in the cell: "138 0013 8000／0762-1234567" is 13800138000. Empty if there is
// none.
[[nodiscard]] std::string read_phone_text(std::string_view utf8);
// read_phone_text(x) == x, without allocation.
[[nodiscard]] bool is_plain_phone(std::string_view utf8);

}  // namespace doudi::intake
