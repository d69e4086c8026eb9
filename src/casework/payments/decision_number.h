// SPDX-License-Identifier: Apache-2.0
// The number of a decision as it is compared. Offices type one number in many ways: 样民确〔2024〕8号,
// 样民确[2024] 08, 样民确２０２４第8号。
#pragma once
#include <string>
#include <string_view>

namespace doudi::casework {

// Letters in small and half width and groups of digits without their leading noughts, one group parted from
// the next. What stands between (brackets, blanks, full stops, 第 before digits and 号 behind them) says
// nothing. Bytes that are no UTF-8 count as letters.
[[nodiscard]] std::string plain_number(std::string_view number);
// Whether two are one number.
[[nodiscard]] bool is_one_number(std::string_view one, std::string_view other);
// As repositories have it: a digest, the same of what is one number.
[[nodiscard]] std::string digest_of_number(std::string_view number);

}  // namespace doudi::casework
