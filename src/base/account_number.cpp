// SPDX-License-Identifier: Apache-2.0
#include "base/account_number.h"

#include <cstddef>

#include "base/text_fold.h"
#include "base/utf8.h"

namespace doudi {

std::optional<std::string> fold_account(std::string_view utf8) {
    std::string digits;
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = decode_utf8(utf8, at);
        at += point.length;
        const char32_t code = half_width_code(point.code);
        if (!point.valid) return std::nullopt;
        if (is_space_code(code) || code == U'-') continue;
        if (code < U'0' || code > U'9') return std::nullopt;
        digits += static_cast<char>(code);
    }
    if (digits.empty()) return std::nullopt;
    return digits;
}

bool has_check_digit(std::string_view digits) {
    int sum = 0;
    bool is_doubled = false;
    for (std::size_t at = digits.size(); at > 0; --at) {
        int digit = digits[at - 1] - '0';
        if (is_doubled) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
        sum += digit;
        is_doubled = !is_doubled;
    }
    return !digits.empty() && sum % 10 == 0;
}

std::string mask_account(std::string_view digits) {
    constexpr std::size_t shown = 4;
    std::string masked = "****";
    if (digits.size() >= 2 * shown) masked += digits.substr(digits.size() - shown);
    return masked;
}

}  // namespace doudi
