// SPDX-License-Identifier: Apache-2.0
// Why somebody does something, as a body says it.
#pragma once
#include <string>

#include "http/request/call.h"

namespace doudi::http {

inline constexpr std::size_t longest_reason = 500;  // bytes

// `reason`; shorter than the office asks for (access/security.yaml, reveal: reason_least), `asks` says what
// is lacking.
[[nodiscard]] std::string need_reason(const Call& call, BodyFields& fields, Text asks,
                                      std::size_t most = longest_reason);
// It may be left out; empty: it was.
[[nodiscard]] std::string reason_if_told(BodyFields& fields);

}  // namespace doudi::http
