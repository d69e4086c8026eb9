// SPDX-License-Identifier: Apache-2.0
// Dates and sums as Chinese offices write them.
#pragma once
#include <string>

#include "base/date.h"
#include "base/money.h"
#include "base/result.h"

namespace doudi::print {

// 2025年6月30日
[[nodiscard]] std::string chinese_date(Date date);
// 2025年6月
[[nodiscard]] std::string chinese_month(Date date);
// 650元, 650.50元
[[nodiscard]] std::string chinese_yuan(Money money);
// 人民币陆佰伍拾元整: capital numerals, so that nobody adds a stroke. "整" stands where no fen do; a run of
// zeros is one 零. Fails from 万万亿 (10^16 yuan) on; a negative sum begins with 负.
[[nodiscard]] Result<std::string> capital_yuan(Money money);

}  // namespace doudi::print
