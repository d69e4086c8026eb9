// SPDX-License-Identifier: Apache-2.0
#include "identity/discovery.h"

#include <boost/json.hpp>

#include "identity/fetch.h"

namespace doudi::identity {

namespace json = boost::json;

namespace {

Result<json::object> object_of(std::string_view text, const char* what) {
    json::error_code failure;
    json::value value = json::parse(text, failure);
    if (failure || !value.is_object()) return bad_answer(what);
    return std::move(value.get_object());
}

std::string text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

std::unexpected<Error> bad_answer(std::string what) {
    return fail(ErrorKind::invalid, "outside_answer",
                {"身份认证平台的回答无法识别", "the provider's answer is not what it should be"},
                std::move(what));
}

Result<Discovery> read_discovery(std::string_view text, std::string_view issuer) {
    const auto told = TRY(object_of(text, "discovery"));
    if (text_of(told, "issuer") != issuer) return bad_answer("discovery: issuer");
    Discovery found{text_of(told, "authorization_endpoint"), text_of(told, "token_endpoint"),
                    text_of(told, "jwks_uri")};
    for (const std::string* url : {&found.authorize, &found.token, &found.keys}) {
        if (!is_callable(*url)) return bad_answer("discovery: endpoints");
    }
    return found;
}

Result<std::string> read_token_answer(std::string_view text) {
    std::string token = text_of(TRY(object_of(text, "token")), "id_token");
    if (token.empty()) return bad_answer("token: id_token");
    return token;
}

}  // namespace doudi::identity
