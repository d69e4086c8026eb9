// SPDX-License-Identifier: Apache-2.0
// The cookies: a session's token, and what proves that a browser that comes back from a provider of
// identities is the one that went. Not for scripts, not for other sites, and over TLS only where TLS is on.
#pragma once
#include <string>
#include <string_view>

namespace doudi::http {

// Of a Cookie header; empty if there is none.
[[nodiscard]] std::string session_cookie(std::string_view header);
// For Set-Cookie; an empty token takes the cookie away.
[[nodiscard]] std::string set_session_cookie(std::string_view token, bool secure);
// The same for the way to an outside identity; sent to those routes alone.
[[nodiscard]] std::string outside_cookie(std::string_view header);
[[nodiscard]] std::string set_outside_cookie(std::string_view value, bool secure);

}  // namespace doudi::http
