// SPDX-License-Identifier: Apache-2.0
// What keys are derived for. A purpose is part of the key: a word here is never changed and never used for
// anything else.
#pragma once
#include <string_view>

namespace doudi::vault {

inline constexpr std::string_view purpose_segment = "doudi/segment/1";
inline constexpr std::string_view purpose_stream = "doudi/stream/1";  // originals, the roster's image
inline constexpr std::string_view purpose_stream_name = "doudi/stream-name/1";  // their names on the shelf
inline constexpr std::string_view purpose_column = "doudi/column/1";
inline constexpr std::string_view purpose_number_index = "doudi/number-index/1";
inline constexpr std::string_view purpose_landed_number = "doudi/landed-number/1";
inline constexpr std::string_view purpose_audit = "doudi/audit/1";

}  // namespace doudi::vault
