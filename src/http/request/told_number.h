// SPDX-License-Identifier: Apache-2.0
// A number as a row of a file tells it.
#pragma once
#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/id_number.h"

namespace doudi::http {

// Region and last four of what a row has for a number, whatever it is worth.
[[nodiscard]] inline std::string masked_number(std::uint64_t packed) {
    constexpr std::size_t region = 6;
    constexpr std::size_t tail = 4;
    char characters[18] = {};
    unpack_characters(packed, characters);
    const std::string_view all(characters, sizeof characters);
    return fmt::format("{}********{}", all.substr(0, region), all.substr(all.size() - tail));
}

}  // namespace doudi::http
