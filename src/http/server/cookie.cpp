// SPDX-License-Identifier: Apache-2.0
#include "http/server/cookie.h"

#include <fmt/format.h>

#include <algorithm>

namespace doudi::http {
namespace {

constexpr std::string_view session_name = "doudi_session";
constexpr std::string_view outside_name = "doudi_outside";

std::string cookie_named(std::string_view name, std::string_view header) {
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

std::string set_cookie(std::string_view name, std::string_view value, std::string_view path, bool secure) {
    return fmt::format("{}={}; Path={}; HttpOnly; SameSite=Strict{}{}", name, value, path,
                       secure ? "; Secure" : "", value.empty() ? "; Max-Age=0" : "");
}

}  // namespace

std::string session_cookie(std::string_view header) {
    return cookie_named(session_name, header);
}

std::string set_session_cookie(std::string_view token, bool secure) {
    return set_cookie(session_name, token, "/", secure);
}

std::string outside_cookie(std::string_view header) {
    return cookie_named(outside_name, header);
}

std::string set_outside_cookie(std::string_view value, bool secure) {
    return set_cookie(outside_name, value, "/api/v1/session/outside", secure);
}

}  // namespace doudi::http
