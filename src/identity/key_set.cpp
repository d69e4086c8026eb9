// SPDX-License-Identifier: Apache-2.0
#include "identity/key_set.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <boost/json.hpp>

#include "identity/base64url.h"

namespace doudi::identity {

namespace json = boost::json;

namespace {

struct Release {
    void operator()(BIGNUM* number) const { ::BN_free(number); }
    void operator()(EVP_MD_CTX* context) const { ::EVP_MD_CTX_free(context); }
    void operator()(EVP_PKEY_CTX* context) const { ::EVP_PKEY_CTX_free(context); }
    void operator()(OSSL_PARAM_BLD* build) const { ::OSSL_PARAM_BLD_free(build); }
    void operator()(OSSL_PARAM* parameters) const { ::OSSL_PARAM_free(parameters); }
    void operator()(ECDSA_SIG* signature) const { ::ECDSA_SIG_free(signature); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

constexpr std::size_t p256_bytes = 32;
constexpr int rsa_least_bits = 2048;
constexpr int rsa_most_bits = 8192;

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

Owned<BIGNUM> number_of(std::string_view bytes) {
    return Owned<BIGNUM>(::BN_bin2bn(raw(bytes), static_cast<int>(bytes.size()), nullptr));
}

// Null where OpenSSL does not take it for a key.
std::shared_ptr<void> key_from(const char* type, OSSL_PARAM_BLD* build) {
    const Owned<OSSL_PARAM> parameters(::OSSL_PARAM_BLD_to_param(build));
    const Owned<EVP_PKEY_CTX> context(::EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    const bool made = parameters && context && ::EVP_PKEY_fromdata_init(context.get()) == 1 &&
                      ::EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) == 1;
    if (!made) return nullptr;
    std::shared_ptr<void> owned(key, [](void* one) { ::EVP_PKEY_free(static_cast<EVP_PKEY*>(one)); });
    const Owned<EVP_PKEY_CTX> check(::EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return check && ::EVP_PKEY_public_check(check.get()) == 1 ? owned : nullptr;
}

std::shared_ptr<void> rsa_key(const json::object& object) {
    const auto modulus = from_base64url(text_of(object, "n"));
    const auto exponent = from_base64url(text_of(object, "e"));
    if (!modulus || !exponent) return nullptr;
    const auto n = number_of(*modulus);
    const auto e = number_of(*exponent);
    const int bits = n ? ::BN_num_bits(n.get()) : 0;
    if (bits < rsa_least_bits || bits > rsa_most_bits || !e || ::BN_is_odd(e.get()) == 0 ||
        ::BN_is_one(e.get()) != 0)
        return nullptr;
    const Owned<OSSL_PARAM_BLD> build(::OSSL_PARAM_BLD_new());
    if (!build || ::OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        ::OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return nullptr;
    return key_from("RSA", build.get());
}

std::shared_ptr<void> ec_key(const json::object& object) {
    const auto x = from_base64url(text_of(object, "x"));
    const auto y = from_base64url(text_of(object, "y"));
    if (text_of(object, "crv") != "P-256" || !x || !y || x->size() != p256_bytes || y->size() != p256_bytes)
        return nullptr;
    const std::string point = "\x04" + *x + *y;  // uncompressed
    const Owned<OSSL_PARAM_BLD> build(::OSSL_PARAM_BLD_new());
    if (!build ||
        ::OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
        ::OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                           point.size()) != 1)
        return nullptr;
    return key_from("EC", build.get());
}

// JOSE writes an ECDSA signature as two numbers side by side, OpenSSL wants DER.
std::string der_of(std::string_view signature) {
    if (signature.size() != 2 * p256_bytes) return {};
    const Owned<ECDSA_SIG> both(::ECDSA_SIG_new());
    auto r = number_of(signature.substr(0, p256_bytes));
    auto s = number_of(signature.substr(p256_bytes));
    if (!both || !r || !s || ::ECDSA_SIG_set0(both.get(), r.get(), s.get()) != 1) return {};
    (void)r.release();  // the signature has them now
    (void)s.release();
    unsigned char* out = nullptr;
    const int size = ::i2d_ECDSA_SIG(both.get(), &out);
    if (size <= 0) return {};
    std::string der(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
    ::OPENSSL_free(out);
    return der;
}

std::optional<VerifyKey> key_of(const json::object& object) {
    const std::string use = text_of(object, "use");
    if (!use.empty() && use != "sig") return std::nullopt;
    const std::string type = text_of(object, "kty");
    const bool rsa = type == "RSA";
    if (!rsa && type != "EC") return std::nullopt;
    const Algorithm algorithm = rsa ? Algorithm::rs256 : Algorithm::es256;
    const std::string stated = text_of(object, "alg");
    if (!stated.empty() && algorithm_named(stated) != algorithm) return std::nullopt;
    auto key = rsa ? rsa_key(object) : ec_key(object);
    if (key == nullptr) return std::nullopt;
    return VerifyKey(text_of(object, "kid"), algorithm, std::move(key));
}

}  // namespace

std::optional<Algorithm> algorithm_named(std::string_view name) {
    if (name == "RS256") return Algorithm::rs256;
    if (name == "ES256") return Algorithm::es256;
    return std::nullopt;
}

bool VerifyKey::signed_this(std::string_view text, std::string_view signature) const {
    const std::string bytes = algorithm_ == Algorithm::es256 ? der_of(signature) : std::string(signature);
    if (bytes.empty()) return false;
    const Owned<EVP_MD_CTX> context(::EVP_MD_CTX_new());
    ensure(context != nullptr, "memory for a signature");
    return ::EVP_DigestVerifyInit(context.get(), nullptr, ::EVP_sha256(), nullptr,
                                  static_cast<EVP_PKEY*>(key_.get())) == 1 &&
           ::EVP_DigestVerify(context.get(), raw(bytes), bytes.size(), raw(text), text.size()) == 1;
}

Result<KeySet> read_key_set(std::string_view text) {
    json::error_code failure;
    const json::value value = json::parse(text, failure);
    const auto* object = failure ? nullptr : value.if_object();
    const auto* list = object == nullptr ? nullptr : object->if_contains("keys");
    if (list == nullptr || !list->is_array()) {
        return fail(ErrorKind::invalid, "outside_answer",
                    {"身份认证平台的公钥无法识别", "the provider's keys cannot be read"}, "keys");
    }
    KeySet keys;
    for (const json::value& one : list->get_array()) {
        if (const auto* fields = one.if_object()) {
            if (auto key = key_of(*fields)) keys.push_back(std::move(*key));
        }
    }
    return keys;
}

const VerifyKey* find_key(const KeySet& keys, std::string_view id, Algorithm algorithm) {
    const VerifyKey* found = nullptr;
    for (const VerifyKey& key : keys) {
        if (key.algorithm() != algorithm || (!id.empty() && key.id() != id)) continue;
        if (found != nullptr) return nullptr;  // two that fit: nobody says which
        found = &key;
    }
    return found;
}

}  // namespace doudi::identity
