// SPDX-License-Identifier: Apache-2.0
// The words of roles.yaml, in the order of their enums.
#pragma once
#include <span>
#include <string_view>

namespace doudi::access {

[[nodiscard]] std::span<const std::string_view> verb_names();
[[nodiscard]] std::span<const std::string_view> thing_names();
[[nodiscard]] std::span<const std::string_view> field_names();
[[nodiscard]] std::span<const std::string_view> reach_names();

}  // namespace doudi::access
