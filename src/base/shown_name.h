// SPDX-License-Identifier: Apache-2.0
// A file's name as it may be shown.
#pragma once
#include <string>
#include <string_view>

namespace doudi {

// An identity number in it is masked.
[[nodiscard]] std::string shown_file_name(std::string_view name);

}  // namespace doudi
