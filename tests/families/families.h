// SPDX-License-Identifier: Apache-2.0
// The three families of this folder under the packs of the five notices.
#pragma once
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "determine/golden.h"
#include "policy/pack.h"

namespace doudi::families {

inline constexpr std::array<std::string_view, 5> notices{"jinan-2024", "changsha-2025", "chongqing-2024",
                                                         "guangdong-2021", "shanxi-county"};
inline constexpr std::array<std::string_view, 3> families{"relapse_family", "guarantee_family",
                                                          "spending_family"};

[[nodiscard]] std::filesystem::path folder();
// Loaded once; a pack that does not load fails the test that asks for it, with every fault.
[[nodiscard]] const policy::Pack& pack_of(std::string_view notice);
// The entries of a family for one notice.
[[nodiscard]] std::vector<determine::GoldenCase> entries_of(std::string_view family, std::string_view notice);
// The golden cases of a pack.
[[nodiscard]] std::vector<determine::GoldenCase> golden_cases_of(std::string_view notice);

}  // namespace doudi::families
