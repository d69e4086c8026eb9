// SPDX-License-Identifier: Apache-2.0
// Keys of an invented provider, as a set of keys shows them, and tokens that they sign.
#pragma once
#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "identity/base64url.h"

namespace doudi::identity {

struct ReleaseKey {
    void operator()(EVP_PKEY* key) const { ::EVP_PKEY_free(key); }
    void operator()(BIGNUM* number) const { ::BN_free(number); }
    void operator()(EVP_MD_CTX* context) const { ::EVP_MD_CTX_free(context); }
};
using OwnedKey = std::unique_ptr<EVP_PKEY, ReleaseKey>;

inline std::string encoded(std::string_view text) {
    return to_base64url({reinterpret_cast<const unsigned char*>(text.data()), text.size()});
}

inline OwnedKey rsa_of(unsigned bits) {
    return OwnedKey(EVP_RSA_gen(bits));
}

inline std::string number_of(const EVP_PKEY* key, const char* name) {
    BIGNUM* number = nullptr;
    ensure(::EVP_PKEY_get_bn_param(key, name, &number) == 1, "a number of a key");
    const std::unique_ptr<BIGNUM, ReleaseKey> owner(number);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
    ::BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
    return encoded(bytes);
}

inline std::string jwk(const EVP_PKEY* key, const std::string& id, const std::string& more = "") {
    return fmt::format(R"({{"kty":"RSA","kid":"{}","n":"{}","e":"{}"{}}})", id, number_of(key, "n"),
                       number_of(key, "e"), more);
}

inline std::string signed_by(EVP_PKEY* key, std::string_view text) {
    const std::unique_ptr<EVP_MD_CTX, ReleaseKey> context(::EVP_MD_CTX_new());
    std::size_t size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    ensure(::EVP_DigestSignInit(context.get(), nullptr, ::EVP_sha256(), nullptr, key) == 1 &&
               ::EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1,
           "a key that signs");
    std::string signature(size, '\0');
    ensure(::EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                            text.size()) == 1,
           "a signature");
    signature.resize(size);
    return signature;
}

inline std::string token_of(EVP_PKEY* key, std::string_view head, std::string_view claims) {
    const std::string text = encoded(head) + "." + encoded(claims);
    return text + "." + encoded(signed_by(key, text));
}

}  // namespace doudi::identity
