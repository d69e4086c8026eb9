// SPDX-License-Identifier: Apache-2.0
// Authenticated encryption that needs no nonce: what is sealed twice gives the same bytes, and nothing else
// is given away by that. The nonce is a keyed hash of everything that is sealed, so that neither a machine
// without randomness nor one that was set back to yesterday's snapshot can repeat it for other content
// (docs/decisions/0020).
//   aes_256_gcm    nonce: the first 12 bytes of HMAC-SHA256; seal: nonce, tag (28 bytes)
//   sm4_hmac_sm3   SM4-CTR (GB/T 32907); seal: HMAC-SM3 (32 bytes), whose first half is the counter's begin
// Cipher and hash have keys of their own, derived from one by HKDF.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "vault/key_tree.h"
#include "vault/secret.h"

namespace doudi::vault {

// As numbered in files (docs/formats/segment.md); 0 is no cipher.
enum class Suite : std::uint32_t { aes_256_gcm = 1, sm4_hmac_sm3 = 2 };
[[nodiscard]] const char* name_of(Suite suite);  // "AES-256-GCM", "SM4-CTR + HMAC-SM3"

// The keys of one purpose. Immutable; any thread may make a Sealer of it.
class SealKey {
  public:
    SealKey(Suite suite, std::span<const std::byte> key, std::string_view purpose);
    [[nodiscard]] Suite suite() const { return suite_; }

  private:
    friend class Sealer;
    Suite suite_;
    Secret cipher_;
    Secret hash_;
};

// For one thread at a time; some microseconds to make.
class Sealer {
  public:
    explicit Sealer(const SealKey& key);
    Sealer(Sealer&&) noexcept;
    Sealer& operator=(Sealer&&) noexcept;
    ~Sealer();

    [[nodiscard]] static std::size_t seal_bytes(Suite suite) { return suite == Suite::aes_256_gcm ? 28 : 32; }
    static constexpr std::size_t most_seal_bytes = 32;
    // A seal of half the length, for short records (SM4 alone): 128 bits of HMAC-SM3.
    static constexpr std::size_t short_seal_bytes = 16;

    // Encrypts `bytes` where they lie. `about` is not encrypted and must be the same at open(): what, of
    // whom, which part. `seal` takes seal_bytes() or, for SM4, short_seal_bytes.
    void seal(std::span<const std::byte> about, std::span<std::byte> bytes, std::span<std::byte> seal);
    // False if a bit of `about`, `bytes` or `seal` is another, or the key is; `bytes` are zeros then.
    [[nodiscard]] bool open(std::span<const std::byte> about, std::span<std::byte> bytes,
                            std::span<const std::byte> seal);

    // The same of SM4 alone, with a key of one person besides (key_tree.h): cipher and seal want both.
    // Without the person's key nothing can be read, nor a guess be held against the seal.
    void seal(const TreeKey& subject, std::span<const std::byte> about, std::span<std::byte> bytes,
              std::span<std::byte> seal);
    [[nodiscard]] bool open(const TreeKey& subject, std::span<const std::byte> about,
                            std::span<std::byte> bytes, std::span<const std::byte> seal);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace doudi::vault
