// SPDX-License-Identifier: Apache-2.0
// What a provider's server answers, apart from its keys: what it tells of itself (OpenID Connect Discovery
// 1.0), and what it gives for a code. Pure; an answer that is not what it should be is "outside_answer", with
// what is wrong in `where`.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace doudi::identity {

// Addresses that may be called (fetch.h).
struct Discovery {
    std::string authorize;
    std::string token;
    std::string keys;
};
// It must name this issuer, letter by letter.
[[nodiscard]] Result<Discovery> read_discovery(std::string_view json, std::string_view issuer);

// The identity token of the token endpoint's answer, not judged.
[[nodiscard]] Result<std::string> read_token_answer(std::string_view json);

[[nodiscard]] std::unexpected<Error> bad_answer(std::string what);

}  // namespace doudi::identity
