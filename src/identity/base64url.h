// SPDX-License-Identifier: Apache-2.0
// base64url without padding (RFC 4648 §5), as tokens are written.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace doudi::identity {

[[nodiscard]] std::string to_base64url(std::span<const unsigned char> bytes);
// Nothing where another character stands, padding too, or where bits are left over.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace doudi::identity
