// SPDX-License-Identifier: Apache-2.0
// The means test from files: an invented register of households and members with what the test asks of them,
// as CSV, and the parameters of its regions. Some incomes, properties and expenses are blank: unknown.
#pragma once
#include <cstdint>
#include <filesystem>

#include "base/result.h"

namespace doudi::bench {

inline constexpr const char* households_file = "households.csv";
inline constexpr const char* members_file = "members.csv";
inline constexpr const char* parameters_file =
    "parameters.csv";  // township (nine digits), yuan a month, yuan a year

[[nodiscard]] Result<void> make_means_files(std::uint64_t households, std::uint64_t seed,
                                            const std::filesystem::path& folder);

}  // namespace doudi::bench
