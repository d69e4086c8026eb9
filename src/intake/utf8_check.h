// SPDX-License-Identifier: Apache-2.0
// Is a large text valid UTF-8? At memory speed; the only place that includes simdjson's large header.
#pragma once
#include <string_view>

namespace doudi::intake {

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace doudi::intake
