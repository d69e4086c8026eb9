// SPDX-License-Identifier: Apache-2.0
// A condition as a person says it: names become the titles of facts, parameters and categories, operators
// become words. For lines that the pack does not put into words itself, and for comparisons with their
// figures.
#pragma once
#include <string_view>

#include "base/text.h"
#include "policy/law.h"

namespace doudi::determine {

// "income_per_head_month < 1.5 * param.mlg_standard_month" -> 家庭月人均收入 低于 1.5 × 低保标准（月）
[[nodiscard]] Text expression_in_words(const policy::Law& law, std::string_view expression);

}  // namespace doudi::determine
