// SPDX-License-Identifier: Apache-2.0
#include "vault/digest.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include "base/result.h"

namespace doudi::vault {

namespace {

// Fetched once: a fetch costs more than hashing a short message.
const EVP_MD* sm3_method() {
    static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SM3", nullptr);
    ensure(method != nullptr, "SM3 of OpenSSL");
    return method;
}

EVP_MAC* hmac_method() {
    static EVP_MAC* const method = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    ensure(method != nullptr, "HMAC of OpenSSL");
    return method;
}

EVP_KDF* hkdf_method() {
    static EVP_KDF* const method = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    ensure(method != nullptr, "HKDF of OpenSSL");
    return method;
}

unsigned char* raw(std::byte* bytes) {
    return reinterpret_cast<unsigned char*>(bytes);
}
const unsigned char* raw(const std::byte* bytes) {
    return reinterpret_cast<const unsigned char*>(bytes);
}

// OpenSSL's parameters are not const, though it only reads these.
void* unconst(const void* value) {
    return const_cast<void*>(value);
}

}  // namespace

struct Sm3::State {
    State() : context(EVP_MD_CTX_new()) { ensure(context != nullptr, "SM3 of OpenSSL"); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { EVP_MD_CTX_free(context); }
    EVP_MD_CTX* context;
};

Sm3::Sm3() : state_(std::make_unique<State>()) {
    ensure(EVP_DigestInit_ex(state_->context, sm3_method(), nullptr) == 1, "SM3 of OpenSSL");
}
Sm3::Sm3(const Sm3& other) : state_(std::make_unique<State>()) {
    ensure(EVP_MD_CTX_copy_ex(state_->context, other.state_->context) == 1, "SM3 of OpenSSL");
}
Sm3& Sm3::operator=(const Sm3& other) {
    if (this != &other) *this = Sm3(other);
    return *this;
}
Sm3::Sm3(Sm3&&) noexcept = default;
Sm3& Sm3::operator=(Sm3&&) noexcept = default;
Sm3::~Sm3() = default;

Sm3& Sm3::add(std::span<const std::byte> bytes) {
    ensure(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1, "SM3 of OpenSSL");
    return *this;
}
Sm3& Sm3::add(std::string_view text) {
    return add(bytes_of(text));
}

Digest Sm3::finish() {
    Digest digest{};
    unsigned size = 0;
    ensure(EVP_DigestFinal_ex(state_->context, raw(digest.data()), &size) == 1 && size == digest.size(),
           "SM3 of OpenSSL");
    ensure(EVP_DigestInit_ex(state_->context, sm3_method(), nullptr) == 1, "SM3 of OpenSSL");
    return digest;
}

Digest sm3(std::span<const std::byte> bytes) {
    return Sm3().add(bytes).finish();
}

struct Hmac::State {
    State() : context(EVP_MAC_CTX_new(hmac_method())) { ensure(context != nullptr, "HMAC of OpenSSL"); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { EVP_MAC_CTX_free(context); }
    EVP_MAC_CTX* context;
};

Hmac::Hmac(Hash hash, std::span<const std::byte> key) : state_(std::make_unique<State>()) {
    char name[] = "SM3";
    char other[] = "SHA256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, hash == Hash::sm3 ? name : other, 0),
        OSSL_PARAM_construct_end()};
    ensure(!key.empty() && EVP_MAC_init(state_->context, raw(key.data()), key.size(), parameters) == 1,
           "HMAC of OpenSSL");
}
Hmac::Hmac(Hmac&&) noexcept = default;
Hmac& Hmac::operator=(Hmac&&) noexcept = default;
Hmac::~Hmac() = default;

Hmac& Hmac::add(std::span<const std::byte> bytes) {
    ensure(EVP_MAC_update(state_->context, raw(bytes.data()), bytes.size()) == 1, "HMAC of OpenSSL");
    return *this;
}
Hmac& Hmac::add(std::string_view text) {
    return add(bytes_of(text));
}

Hmac& Hmac::add_number(std::uint64_t value) {
    std::array<std::byte, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(value >> (8 * i));
    return add(bytes);
}

Digest Hmac::finish() {
    Digest digest{};
    std::size_t size = 0;
    ensure(EVP_MAC_final(state_->context, raw(digest.data()), &size, digest.size()) == 1 &&
               size == digest.size(),
           "HMAC of OpenSSL");
    ensure(EVP_MAC_init(state_->context, nullptr, 0, nullptr) == 1, "HMAC of OpenSSL");
    return digest;
}

Digest hmac_sm3(std::span<const std::byte> key, std::span<const std::byte> message) {
    return Hmac(Hash::sm3, key).add(message).finish();
}

Secret derive(std::span<const std::byte> key, std::string_view label, std::size_t size) {
    Secret out(size);
    EVP_KDF_CTX* context = EVP_KDF_CTX_new(hkdf_method());
    char hash[] = "SM3";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, hash, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, unconst(key.data()), key.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, unconst(label.data()), label.size()),
        OSSL_PARAM_construct_end()};
    const bool done = context != nullptr &&
                      EVP_KDF_derive(context, raw(out.bytes().data()), out.bytes().size(), parameters) == 1;
    EVP_KDF_CTX_free(context);
    ensure(done, "HKDF of OpenSSL");
    return out;
}

}  // namespace doudi::vault
