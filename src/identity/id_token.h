// SPDX-License-Identifier: Apache-2.0
// The identity token (OpenID Connect Core 1.0 §3.1.3.7) and what it must say to be believed.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "identity/key_set.h"

namespace doudi::identity {

struct TokenHead {
    Algorithm algorithm{};
    std::string key_id;  // kid; empty: it names none
};
// "outside_token", and in `where` which check it failed: "token", "alg", "crit".
[[nodiscard]] Result<TokenHead> head_of(std::string_view token);

struct Expected {
    std::string issuer;
    std::string client;
    std::string nonce;
    Instant now;
    std::chrono::seconds skew{};  // how far clocks may lie apart
    std::string number_claim;     // where the provider tells the identity number; empty: it does not
};
// Whom the provider vouches for.
struct Vouched {
    std::string issuer;
    std::string subject;
    std::string number;  // as it stands in the claim, not judged; empty: not told
};
// "outside_token" with the check that failed: "signature", "iss", "sub", "aud", "azp", "exp", "iat", "nbf",
// "nonce".
[[nodiscard]] Result<Vouched> read_token(std::string_view token, const VerifyKey& key,
                                         const Expected& expected);

}  // namespace doudi::identity
