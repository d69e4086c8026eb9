// SPDX-License-Identifier: Apache-2.0
#include "http/cookie.h"

#include <fmt/format.h>

#include <algorithm>

namespace doudi::http {
namespace {

constexpr std::string_view name = "doudi_session";

}  // namespace

std::string session_cookie(std::string_view header) {
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(';'), header.size());
        std::string_view part = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        while (part.starts_with(' ')) part.remove_prefix(1);
        const std::size_t equals = part.find('=');
        if (equals != std::string_view::npos && part.substr(0, equals) == name)
            return std::string(part.substr(equals + 1));
    }
    return {};
}

std::string set_session_cookie(std::string_view token, bool secure) {
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}", name, token, secure ? "; Secure" : "",
                       token.empty() ? "; Max-Age=0" : "");
}

}  // namespace doudi::http
