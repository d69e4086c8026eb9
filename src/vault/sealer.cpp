// SPDX-License-Identifier: Apache-2.0
#include "vault/sealer.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>

#include "base/result.h"
#include "vault/block_cipher.h"
#include "vault/digest.h"

namespace doudi::vault {

namespace {

constexpr std::size_t gcm_nonce_bytes = 12;
constexpr std::size_t gcm_tag_bytes = 16;
constexpr std::size_t most_bytes = std::size_t{1} << 30U;  // OpenSSL counts in int

const EVP_CIPHER* method_of(Suite suite) {
    static const EVP_CIPHER* const aes = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    static const EVP_CIPHER* const sm4 = EVP_CIPHER_fetch(nullptr, "SM4-CTR", nullptr);
    const EVP_CIPHER* method = suite == Suite::aes_256_gcm ? aes : sm4;
    ensure(method != nullptr, "AES-256-GCM and SM4-CTR of OpenSSL");
    return method;
}

unsigned char* raw(std::byte* bytes) {
    return reinterpret_cast<unsigned char*>(bytes);
}
const unsigned char* raw(const std::byte* bytes) {
    return reinterpret_cast<const unsigned char*>(bytes);
}

}  // namespace

const char* name_of(Suite suite) {
    return suite == Suite::aes_256_gcm ? "AES-256-GCM" : "SM4-CTR + HMAC-SM3";
}

SealKey::SealKey(Suite suite, std::span<const std::byte> key, std::string_view purpose)
    : suite_(suite),
      cipher_(derive(key, std::string(purpose) + "/" + name_of(suite) + "/cipher",
                     suite == Suite::aes_256_gcm ? 32 : 16)),
      hash_(derive(key, std::string(purpose) + "/" + name_of(suite) + "/hash", 32)) {}

struct Sealer::State {
    explicit State(const SealKey& key)
        : suite(key.suite_),
          hash(suite == Suite::aes_256_gcm ? Hash::sha256 : Hash::sm3, key.hash_.bytes()),
          context(EVP_CIPHER_CTX_new()) {
        ensure(context != nullptr, "a cipher of OpenSSL");
        check(EVP_CipherInit_ex2(context, method_of(suite), raw(key.cipher_.bytes().data()), nullptr, 1,
                                 nullptr));
        if (suite == Suite::sm4_hmac_sm3) subjects_key = Secret::copy_of(key.cipher_.bytes());
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        EVP_CIPHER_CTX_free(context);
        EVP_CIPHER_CTX_free(subject_context);
    }

    static void check(int done) { ensure(done == 1, "a cipher of OpenSSL"); }

    void begin(const std::byte* nonce, bool encrypt) {
        check(EVP_CipherInit_ex2(context, nullptr, nullptr, raw(nonce), encrypt ? 1 : 0, nullptr));
    }
    // In place; null as `out` is what goes along and is not encrypted.
    void run(unsigned char* out, std::span<const std::byte> in) {
        int done = 0;
        if (!in.empty())
            check(EVP_CipherUpdate(context, out, &done, raw(in.data()), static_cast<int>(in.size())));
    }
    void run(std::span<std::byte> bytes) { run(raw(bytes.data()), bytes); }

    Digest digest(std::span<const std::byte> about, std::span<const std::byte> bytes) {
        return hash.add_number(about.size()).add(about).add(bytes).finish();
    }

    // Two blocks of the person's key under the office's: what the cipher is keyed with, and what goes into
    // the seal.
    std::array<std::byte, 32> parts_of(const TreeKey& subject) {
        std::array<std::byte, 32> parts{};
        std::ranges::copy(subject, parts.begin());
        std::ranges::copy(subject, parts.begin() + 16);
        parts[31] ^= std::byte{1};
        if (!maker) {
            maker.emplace();
            maker->set_key(subjects_key.bytes().first<BlockCipher::bytes>());
        }
        maker->encrypt(parts);
        return parts;
    }
    Digest digest(std::span<const std::byte> part, std::span<const std::byte> about,
                  std::span<const std::byte> bytes) {
        return hash.add_number(about.size()).add(about).add(part).add(bytes).finish();
    }
    void begin_under(std::span<const std::byte> key, const std::byte* nonce, bool encrypt) {
        if (subject_context == nullptr) {
            subject_context = EVP_CIPHER_CTX_new();
            ensure(subject_context != nullptr, "a cipher of OpenSSL");
            check(EVP_CipherInit_ex2(subject_context, method_of(suite), nullptr, nullptr, 1, nullptr));
        }
        check(EVP_CipherInit_ex2(subject_context, nullptr, raw(key.data()), raw(nonce), encrypt ? 1 : 0,
                                 nullptr));
    }
    void run_under(std::span<std::byte> bytes) {
        int done = 0;
        if (!bytes.empty())
            check(EVP_CipherUpdate(subject_context, raw(bytes.data()), &done, raw(bytes.data()),
                                   static_cast<int>(bytes.size())));
    }

    Suite suite;
    Hmac hash;
    EVP_CIPHER_CTX* context;
    EVP_CIPHER_CTX* subject_context = nullptr;
    Secret subjects_key;
    std::optional<BlockCipher> maker;  // made when it is first asked for
};

Sealer::Sealer(const SealKey& key) : state_(std::make_unique<State>(key)) {}
Sealer::Sealer(Sealer&&) noexcept = default;
Sealer& Sealer::operator=(Sealer&&) noexcept = default;
Sealer::~Sealer() = default;

void Sealer::seal(std::span<const std::byte> about, std::span<std::byte> bytes, std::span<std::byte> seal) {
    State& state = *state_;
    ensure(bytes.size() <= most_bytes && about.size() <= most_bytes, "a part that can be sealed at once");
    const Digest digest = state.digest(about, bytes);
    if (state.suite == Suite::sm4_hmac_sm3) {
        ensure(seal.size() == digest.size() || seal.size() == short_seal_bytes, "room for the seal");
        std::copy_n(digest.begin(), seal.size(), seal.begin());
        state.begin(seal.data(), true);
        state.run(bytes);
        return;
    }
    ensure(seal.size() == gcm_nonce_bytes + gcm_tag_bytes, "room for the seal");
    std::copy_n(digest.begin(), gcm_nonce_bytes, seal.begin());
    state.begin(seal.data(), true);
    state.run(nullptr, about);
    state.run(bytes);
    int rest = 0;
    std::array<unsigned char, 16> none{};
    State::check(EVP_CipherFinal_ex(state.context, none.data(), &rest));
    State::check(EVP_CIPHER_CTX_ctrl(state.context, EVP_CTRL_AEAD_GET_TAG, gcm_tag_bytes,
                                     raw(seal.data() + gcm_nonce_bytes)));
}

bool Sealer::open(std::span<const std::byte> about, std::span<std::byte> bytes,
                  std::span<const std::byte> seal) {
    State& state = *state_;
    bool genuine = false;
    if (state.suite == Suite::sm4_hmac_sm3) {
        ensure(seal.size() == 32 || seal.size() == short_seal_bytes, "a seal of this cipher");
        state.begin(seal.data(), false);
        state.run(bytes);
        const Digest digest = state.digest(about, bytes);
        genuine = equal_in_constant_time(std::span(digest).first(seal.size()), seal);
    } else {
        ensure(seal.size() == gcm_nonce_bytes + gcm_tag_bytes, "a seal of this cipher");
        std::array<std::byte, gcm_tag_bytes> tag{};
        std::ranges::copy(seal.subspan(gcm_nonce_bytes), tag.begin());
        state.begin(seal.data(), false);
        state.run(nullptr, about);
        state.run(bytes);
        State::check(
            EVP_CIPHER_CTX_ctrl(state.context, EVP_CTRL_AEAD_SET_TAG, gcm_tag_bytes, raw(tag.data())));
        int rest = 0;
        std::array<unsigned char, 16> none{};
        genuine = EVP_CipherFinal_ex(state.context, none.data(), &rest) == 1;
    }
    if (!genuine) std::ranges::fill(bytes, std::byte{0});
    return genuine;
}

void Sealer::seal(const TreeKey& subject, std::span<const std::byte> about, std::span<std::byte> bytes,
                  std::span<std::byte> seal) {
    State& state = *state_;
    ensure(state.suite == Suite::sm4_hmac_sm3 && seal.size() == short_seal_bytes, "a short record of SM4");
    auto parts = state.parts_of(subject);
    const Digest digest = state.digest(std::span(parts).last(16), about, bytes);
    std::copy_n(digest.begin(), seal.size(), seal.begin());
    state.begin_under(std::span(parts).first(16), seal.data(), true);
    state.run_under(bytes);
    wipe(parts);
}

bool Sealer::open(const TreeKey& subject, std::span<const std::byte> about, std::span<std::byte> bytes,
                  std::span<const std::byte> seal) {
    State& state = *state_;
    ensure(state.suite == Suite::sm4_hmac_sm3 && seal.size() == short_seal_bytes, "a short record of SM4");
    auto parts = state.parts_of(subject);
    state.begin_under(std::span(parts).first(16), seal.data(), false);
    state.run_under(bytes);
    const Digest digest = state.digest(std::span(parts).last(16), about, bytes);
    wipe(parts);
    const bool genuine = equal_in_constant_time(std::span(digest).first(seal.size()), seal);
    if (!genuine) std::ranges::fill(bytes, std::byte{0});
    return genuine;
}

}  // namespace doudi::vault
