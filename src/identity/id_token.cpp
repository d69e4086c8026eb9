// SPDX-License-Identifier: Apache-2.0
#include "identity/id_token.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>
#include <optional>

#include "identity/base64url.h"

namespace doudi::identity {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_token = 32U << 10U;
constexpr std::size_t longest_subject = 255;  // as the standard has it

std::unexpected<Error> refused(std::string check) {
    return fail(ErrorKind::invalid, "outside_token",
                {"身份认证平台的凭证未通过校验", "the provider's token does not hold"}, std::move(check));
}

// head.payload.signature; nothing where there are more or fewer.
std::optional<std::array<std::string_view, 3>> parts_of(std::string_view token) {
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (token.size() > longest_token || second == std::string_view::npos ||
        token.find('.', second + 1) != std::string_view::npos)
        return std::nullopt;
    return std::array{token.substr(0, first), token.substr(first + 1, second - first - 1),
                      token.substr(second + 1)};
}

std::optional<json::object> object_of(std::string_view part) {
    const auto text = from_base64url(part);
    if (!text) return std::nullopt;
    json::error_code failure;
    json::value value = json::parse(*text, failure);
    if (failure || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

const json::string* text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_string();
}

bool is_text(const json::object& object, std::string_view name, std::string_view expected) {
    const auto* text = text_of(object, name);
    return text != nullptr && std::string_view(*text) == expected;
}

// Seconds since 1970; some write them with a fraction. What has no end is no time.
std::optional<double> seconds_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    const auto seconds = value->to_number<double>();
    return std::isfinite(seconds) ? std::optional(seconds) : std::nullopt;
}

bool is_for(const json::object& claims, std::string_view client) {
    const auto* audience = claims.if_contains("aud");
    if (audience == nullptr) return false;
    if (audience->is_string()) return std::string_view(audience->get_string()) == client;
    if (!audience->is_array()) return false;
    const auto& all = audience->get_array();
    const bool named = std::ranges::any_of(
        all, [&](const json::value& one) { return one.is_string() && one.get_string() == client; });
    // Who shares a token with others must say to whom it was given.
    return named && (all.size() == 1 || claims.contains("azp"));
}

std::optional<std::string> broken_time(const json::object& claims, const Expected& expected) {
    const double now = std::chrono::duration<double>(expected.now.time_since_epoch()).count();
    const auto skew = static_cast<double>(expected.skew.count());
    const auto until = seconds_of(claims, "exp");
    const auto made = seconds_of(claims, "iat");
    const auto from = seconds_of(claims, "nbf");
    if (!until || now >= *until + skew) return "exp";
    if (!made || *made > now + skew) return "iat";
    if (claims.contains("nbf") && (!from || *from > now + skew)) return "nbf";
    return std::nullopt;
}

bool has_nonce(const json::object& claims, std::string_view nonce) {
    const auto* given = text_of(claims, "nonce");
    return given != nullptr && given->size() == nonce.size() && !nonce.empty() &&
           ::CRYPTO_memcmp(given->data(), nonce.data(), nonce.size()) == 0;
}

// The standard wants ASCII; what no screen shows, no log can be read with and no database need take.
bool is_subject(std::string_view text) {
    return !text.empty() && text.size() <= longest_subject &&
           std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

Result<TokenHead> head_of(std::string_view token) {
    const auto parts = parts_of(token);
    const auto head = parts ? object_of((*parts)[0]) : std::nullopt;
    if (!head) return refused("token");
    const auto* name = text_of(*head, "alg");
    const auto algorithm = name == nullptr ? std::nullopt : algorithm_named(*name);
    if (!algorithm) return refused("alg");
    if (head->contains("crit")) return refused("crit");  // it wants something of us that we do not know
    const auto* id = text_of(*head, "kid");
    return TokenHead{*algorithm, id == nullptr ? std::string() : std::string(*id)};
}

Result<Vouched> read_token(std::string_view token, const VerifyKey& key, const Expected& expected) {
    const TokenHead head = TRY(head_of(token));
    const auto parts = parts_of(token);
    const auto signature = from_base64url((*parts)[2]);
    const std::string_view text = token.substr(0, token.rfind('.'));
    if (head.algorithm != key.algorithm() || !signature || !key.signed_this(text, *signature))
        return refused("signature");
    const auto claims = object_of((*parts)[1]);
    if (!claims) return refused("token");
    if (!is_text(*claims, "iss", expected.issuer)) return refused("iss");
    if (!is_for(*claims, expected.client)) return refused("aud");
    if (claims->contains("azp") && !is_text(*claims, "azp", expected.client)) return refused("azp");
    if (auto broken = broken_time(*claims, expected)) return refused(std::move(*broken));
    if (!has_nonce(*claims, expected.nonce)) return refused("nonce");
    const auto* subject = text_of(*claims, "sub");
    if (subject == nullptr || !is_subject(*subject)) return refused("sub");
    Vouched vouched{expected.issuer, std::string(*subject), {}};
    if (!expected.number_claim.empty()) {
        if (const auto* number = text_of(*claims, expected.number_claim)) vouched.number = *number;
    }
    return vouched;
}

}  // namespace doudi::identity
