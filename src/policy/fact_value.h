// SPDX-License-Identifier: Apache-2.0
// A fact's or parameter's value as people write it, read exactly: yuan with at most two decimals, decimals as
// fractions, days as YYYY-MM-DD. Nothing passes through a floating point number.
#pragma once
#include <string_view>

#include "base/result.h"
#include "expr/value.h"
#include "policy/law.h"

namespace doudi::policy {

// "1894.00", "0.7", "true", "2025-06-30", a word as it is. Money and ratios must not be negative; a ratio has
// at most 15 digits. The error has no place.
[[nodiscard]] Result<expr::Value> parse_value(FactType type, std::string_view written);

}  // namespace doudi::policy
