// SPDX-License-Identifier: Apache-2.0
// The text of a case before anything is made of it: how large, how deep, how many values. A hostile file is
// refused here, with the place, and not by running out of memory.
#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "policy/yaml_reader.h"

namespace doudi::determine {

inline constexpr std::size_t largest_case = 16U * 1024 * 1024;  // bytes
inline constexpr int deepest_case = 10;                         // levels of lists and mappings
inline constexpr std::size_t most_values = 500'000;

// JSON or YAML. `shown` is the name in faults.
[[nodiscard]] std::optional<policy::YamlValue> read_case_text(const std::string& text, std::string shown,
                                                              policy::Faults& faults);

}  // namespace doudi::determine
