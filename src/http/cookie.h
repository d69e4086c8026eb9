// SPDX-License-Identifier: Apache-2.0
// The cookie that holds a session's token: not for scripts, not for other sites, and over TLS only where TLS
// is on.
#pragma once
#include <string>
#include <string_view>

namespace doudi::http {

// Of a Cookie header; empty if there is none.
[[nodiscard]] std::string session_cookie(std::string_view header);
// For Set-Cookie; an empty token takes the cookie away.
[[nodiscard]] std::string set_session_cookie(std::string_view token, bool secure);

}  // namespace doudi::http
