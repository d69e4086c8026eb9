// SPDX-License-Identifier: Apache-2.0
// A provider's keys (RFC 7517) and whether one of them signed a text (RFC 7515), by OpenSSL. A key knows its
// one algorithm: a text that says another one is not signed by it, whatever its bytes.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace doudi::identity {

enum class Algorithm : std::uint8_t { rs256, es256 };
// "none", HMAC and all else: nothing.
[[nodiscard]] std::optional<Algorithm> algorithm_named(std::string_view name);

class VerifyKey {
  public:
    VerifyKey(std::string id, Algorithm algorithm, std::shared_ptr<void> key)
        : id_(std::move(id)), algorithm_(algorithm), key_(std::move(key)) {}
    [[nodiscard]] const std::string& id() const { return id_; }  // kid; empty: it has none
    [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
    [[nodiscard]] bool signed_this(std::string_view text, std::string_view signature) const;

  private:
    std::string id_;
    Algorithm algorithm_;
    std::shared_ptr<void> key_;  // EVP_PKEY
};

using KeySet = std::vector<VerifyKey>;
// Keys for signing by an algorithm that is known: RSA of 2048 to 8192 bits, EC on P-256. Others are left out;
// what is no set of keys is "outside_answer".
[[nodiscard]] Result<KeySet> read_key_set(std::string_view json);
// The one of this id and algorithm; without an id the only one of this algorithm.
[[nodiscard]] const VerifyKey* find_key(const KeySet& keys, std::string_view id, Algorithm algorithm);

}  // namespace doudi::identity
