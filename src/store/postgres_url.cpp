// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_url.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <memory>

namespace doudi::store {

namespace {

constexpr std::string_view hidden = "***";

std::unexpected<Error> not_understood() {
    // What libpq says of it may hold the text itself, password and all.
    return fail(ErrorKind::usage, "store_bad_url",
                {"数据库地址无法识别：应为 postgresql://用户@主机:端口/数据库名",
                 "the database's address is not understood: postgresql://user@host:port/name"});
}

}  // namespace

Result<PostgresUrl> PostgresUrl::parse(std::string_view text) {
    if (text.find('\0') != std::string_view::npos || text.empty()) return not_understood();
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> all(
        PQconninfoParse(std::string(text).c_str(), &message), &PQconninfoFree);
    PQfreemem(message);
    if (all == nullptr) return not_understood();
    PostgresUrl url;
    for (const PQconninfoOption* one = all.get(); one->keyword != nullptr; ++one) {
        if (one->val != nullptr) url.options_.emplace_back(one->keyword, one->val);
    }
    return url;
}

std::string_view PostgresUrl::option(std::string_view keyword) const {
    for (const auto& [name, value] : options_) {
        if (name == keyword) return value;
    }
    return {};
}

std::string PostgresUrl::shown() const {
    std::string text = "postgresql://";
    if (const auto user = option("user"); !user.empty()) text += fmt::format("{}@", user);
    text += option("host");
    if (const auto port = option("port"); !port.empty()) text += fmt::format(":{}", port);
    return fmt::format("{}/{}", text, option("dbname"));
}

namespace {

// From behind "user:" to the last @ before the path. libpq itself ends a password at @ or /.
void hide_in_url(std::string& text, std::size_t authority) {
    const std::size_t end = std::min(text.find_first_of("/\n", authority), text.size());
    if (end == authority) return;
    const std::size_t at = text.rfind('@', end - 1);
    const std::size_t colon = text.find(':', authority);
    if (at == std::string::npos || at < authority || colon >= at) return;
    text.replace(colon + 1, at - colon - 1, hidden);
}

std::size_t skip_spaces(const std::string& text, std::size_t at) {
    return std::min(text.find_first_not_of(' ', at), text.size());
}

// password=x, password = 'x y', …?password=x&…
void hide_keyword(std::string& text) {
    constexpr std::string_view keyword = "password";
    for (std::size_t at = text.find(keyword); at != std::string::npos; at = text.find(keyword, at)) {
        at = skip_spaces(text, at + keyword.size());
        if (at == text.size() || text[at] != '=') continue;
        at = skip_spaces(text, at + 1);
        const bool quoted = at + 1 < text.size() && text[at] == '\'';
        const std::size_t last = quoted ? text.find('\'', at + 1) : text.find_first_of(" &\n", at);
        const std::size_t end =
            std::min(last == std::string::npos ? last : last + (quoted ? 1 : 0), text.size());
        text.replace(at, end - at, hidden);
    }
}

}  // namespace

std::string without_password(std::string_view given) {
    std::string text(given);
    for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at)) {
        at += 3;
        hide_in_url(text, at);
    }
    hide_keyword(text);
    return text;
}

}  // namespace doudi::store
