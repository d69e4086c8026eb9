// SPDX-License-Identifier: Apache-2.0
// One-time codes by time, RFC 6238 (and 4226, on which it stands). Devices that people have know SHA-1, six
// digits and thirty seconds.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace doudi::access {

enum class TotpHash : std::uint8_t { sha1, sha256, sha512 };

[[nodiscard]] std::string hotp(std::string_view key, std::uint64_t counter, int digits, TotpHash hash);

inline constexpr std::int64_t totp_step_seconds = 30;
[[nodiscard]] std::int64_t totp_step(Instant at);
// The step whose code this is, of the one now and its neighbours, if it comes after `last`: a code works
// once.
[[nodiscard]] std::optional<std::int64_t> totp_matches(std::string_view key, std::string_view code,
                                                       Instant now, std::int64_t last);

}  // namespace doudi::access
