// SPDX-License-Identifier: Apache-2.0
// SM3 (GB/T 32905), HMAC over SM3 or SHA-256, and HKDF (RFC 5869) over SM3: by OpenSSL, which takes the
// processor's instructions where there are any.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "vault/secret.h"

namespace doudi::vault {

using Digest = std::array<std::byte, 32>;  // of either hash

// Bytes as they go by. A copy goes on from where the original stands: a chain need not be hashed twice.
class Sm3 {
  public:
    Sm3();
    Sm3(const Sm3& other);
    Sm3& operator=(const Sm3& other);
    Sm3(Sm3&&) noexcept;
    Sm3& operator=(Sm3&&) noexcept;
    ~Sm3();
    Sm3& add(std::span<const std::byte> bytes);
    Sm3& add(std::string_view text);
    [[nodiscard]] Digest finish();  // and begins anew

  private:
    struct State;
    std::unique_ptr<State> state_;
};
[[nodiscard]] Digest sm3(std::span<const std::byte> bytes);

enum class Hash : std::uint8_t { sm3, sha256 };

// One key, many messages one after the other; for one thread at a time.
class Hmac {
  public:
    Hmac(Hash hash, std::span<const std::byte> key);
    Hmac(Hmac&&) noexcept;
    Hmac& operator=(Hmac&&) noexcept;
    ~Hmac();
    Hmac& add(std::span<const std::byte> bytes);
    Hmac& add(std::string_view text);
    Hmac& add_number(std::uint64_t value);  // as eight bytes, the lowest first
    [[nodiscard]] Digest finish();          // and begins the next message

  private:
    struct State;
    std::unique_ptr<State> state_;
};
[[nodiscard]] Digest hmac_sm3(std::span<const std::byte> key, std::span<const std::byte> message);

// `size` bytes that follow from the key and the label and tell nothing of either (at most 8160).
[[nodiscard]] Secret derive(std::span<const std::byte> key, std::string_view label, std::size_t size);

[[nodiscard]] inline std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace doudi::vault
