// SPDX-License-Identifier: Apache-2.0
// English counts its nouns: one row, two rows. Chinese does not.
#pragma once
#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace doudi::cli {

// "1 warning is", "0 warnings are": whatever changes with the number stands in both words.
[[nodiscard]] inline std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace doudi::cli
