// SPDX-License-Identifier: Apache-2.0
// How far a place's clock is ahead of UTC at a moment. The zones are ICU's (libstdc++ 12 has no tzdb), under
// their IANA names.
#pragma once
#include <chrono>
#include <optional>
#include <string_view>

#include "expr/moment.h"

namespace doudi::expr {

// "Asia/Shanghai", "UTC", "+05:30"; empty if there is no such zone.
[[nodiscard]] std::optional<std::chrono::seconds> offset_in_zone(std::string_view zone, Moment timestamp);

}  // namespace doudi::expr
