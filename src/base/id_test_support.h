// SPDX-License-Identifier: Apache-2.0
// Identity numbers for tests, made by the long way of GB 11643 (weights and the table of check characters),
// so that the code under test is not its own judge. Nobody has these numbers but by chance; region codes are
// drawn at random.
#pragma once
#include <rapidcheck.h>

#include <string>
#include <string_view>

#include "base/date.h"

namespace doudi {

[[nodiscard]] inline char textbook_check_character(std::string_view digits17) {
    constexpr int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) sum += (digits17[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

[[nodiscard]] inline std::string padded(int value, std::size_t width) {
    std::string digits = std::to_string(value);
    return std::string(width - digits.size(), '0') + digits;
}

// `birth` in days since 1970-01-01.
[[nodiscard]] inline std::string numbered(std::string_view region, int birth, int sequence) {
    const std::string iso = Date::from_days(birth).iso();
    const std::string digits =
        std::string(region) + iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8, 2) + padded(sequence, 3);
    return digits + textbook_check_character(digits);
}

// Born 1800-01-01 to 2100-12-31.
[[nodiscard]] inline rc::Gen<std::string> any_valid_number() {
    return rc::gen::apply(
        [](int region, int birth, int sequence) { return numbered(padded(region, 6), birth, sequence); },
        rc::gen::inRange(0, 1'000'000),
        rc::gen::inRange(Date::from_ymd(1800, 1, 1)->days(), Date::from_ymd(2100, 12, 31)->days() + 1),
        rc::gen::inRange(0, 1000));
}

}  // namespace doudi
