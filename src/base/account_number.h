// SPDX-License-Identifier: Apache-2.0
// Numbers of bank accounts as people write them. How long one may be, and whether its check digit must be
// right, is data of whoever asks for it (procedures.yaml, fields of type account).
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace doudi {

// Its digits alone: full-width digits in half width, without blanks and hyphens. None: there is something
// else in it, or nothing.
[[nodiscard]] std::optional<std::string> fold_account(std::string_view utf8);
// Whether its last digit is that of ISO/IEC 7812 (Luhn), which cards have and passbooks need not.
[[nodiscard]] bool has_check_digit(std::string_view digits);
// "****6789": what may stand where the number may not; of fewer than eight digits the marks alone.
[[nodiscard]] std::string mask_account(std::string_view digits);

}  // namespace doudi
