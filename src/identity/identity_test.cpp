// SPDX-License-Identifier: Apache-2.0
// The parts that need no provider; tests/api/outside_test.py runs all of it against one.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>

#include "identity/base64url.h"
#include "identity/fetch.h"
#include "identity/id_token.h"
#include "identity/key_set.h"

namespace doudi::identity {
namespace {

struct Release {
    void operator()(EVP_PKEY* key) const { ::EVP_PKEY_free(key); }
    void operator()(BIGNUM* number) const { ::BN_free(number); }
    void operator()(EVP_MD_CTX* context) const { ::EVP_MD_CTX_free(context); }
};
using OwnedKey = std::unique_ptr<EVP_PKEY, Release>;

std::string encoded(std::string_view text) {
    return to_base64url({reinterpret_cast<const unsigned char*>(text.data()), text.size()});
}

OwnedKey rsa_of(unsigned bits) {
    return OwnedKey(::EVP_RSA_gen(bits));
}

std::string number_of(const EVP_PKEY* key, const char* name) {
    BIGNUM* number = nullptr;
    REQUIRE(::EVP_PKEY_get_bn_param(key, name, &number) == 1);
    const std::unique_ptr<BIGNUM, Release> owner(number);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
    ::BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
    return encoded(bytes);
}

std::string jwk(const EVP_PKEY* key, const std::string& id, const std::string& more = "") {
    return fmt::format(R"({{"kty":"RSA","kid":"{}","n":"{}","e":"{}"{}}})", id, number_of(key, "n"),
                       number_of(key, "e"), more);
}

std::size_t usable(const std::string& keys) {
    const auto read = read_key_set(R"({"keys":[)" + keys + "]}");
    REQUIRE(read);
    return read->size();
}

std::string signed_by(EVP_PKEY* key, const std::string& text) {
    const std::unique_ptr<EVP_MD_CTX, Release> context(::EVP_MD_CTX_new());
    REQUIRE(::EVP_DigestSignInit(context.get(), nullptr, ::EVP_sha256(), nullptr, key) == 1);
    std::size_t size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    REQUIRE(::EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1);
    std::string signature(size, '\0');
    REQUIRE(::EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                             text.size()) == 1);
    signature.resize(size);
    return signature;
}

std::string token_of(EVP_PKEY* key, const std::string& head, const std::string& claims) {
    const std::string text = encoded(head) + "." + encoded(claims);
    return text + "." + encoded(signed_by(key, text));
}

template <class T>
std::string check_of(const Result<T>& result) {
    return result ? "believed" : result.error().where;
}

const Instant now(std::chrono::seconds(1'800'000'000));

Expected expected() {
    return {"https://id.example", "office", "n-1", now, std::chrono::seconds(60), "id_card"};
}

std::string claims(const std::string& more, std::int64_t exp = 1'800'000'300) {
    return fmt::format(
        R"({{"iss":"https://id.example","aud":"office","nonce":"n-1","sub":"s","iat":1800000000,)"
        R"("exp":{}{}}})",
        exp, more);
}

}  // namespace

TEST_CASE("base64url: without padding, without other characters, without bits left over") {
    CHECK(from_base64url("") == "");
    CHECK(from_base64url("Zg") == "f");
    CHECK(from_base64url("Zm8") == "fo");
    CHECK(from_base64url("Zm9vYmFy") == "foobar");
    CHECK(encoded("\xfb\xff") == "-_8");
    CHECK(from_base64url("-_8") == "\xfb\xff");
    for (const char* wrong : {"Z", "Zg==", "Zh", "Zm9", "Zm 8", "+/8", "Zg\n"})
        CHECK_FALSE(from_base64url(wrong));
    for (int size = 0; size < 40; ++size) {
        const std::string bytes(static_cast<std::size_t>(size), static_cast<char>(200 + size));
        CHECK(from_base64url(encoded(bytes)) == bytes);
    }
}

TEST_CASE("what may be called: https, and this machine itself; never with a password in the address") {
    for (const char* fine : {"https://id.example", "https://id.example:8443/a?b=c", "http://127.0.0.1:80/x",
                             "http://[::1]:8080/"})
        CHECK(is_callable(fine));
    for (const char* wrong :
         {"", "id.example", "http://id.example", "http://localhost/", "http://127.0.0.1.evil.example/",
          "http://127.0.0.2/", "https://a:b@id.example", "https://a@id.example", "https://id.example/#x",
          "ftp://127.0.0.1/", "file:///etc/passwd", "https://", "http://0/", "http://2130706434/"})
        CHECK_FALSE(is_callable(wrong));
}

TEST_CASE("keys: too small, for encryption, of an unknown kind or algorithm, broken: none is used") {
    const auto good = rsa_of(2048);
    const auto small = rsa_of(1024);
    CHECK(usable(jwk(good.get(), "a")) == 1);
    CHECK(usable(jwk(good.get(), "a", R"(,"use":"sig","alg":"RS256")")) == 1);
    CHECK(usable(jwk(good.get(), "a", R"(,"use":"enc")")) == 0);
    CHECK(usable(jwk(good.get(), "a", R"(,"alg":"RS512")")) == 0);
    CHECK(usable(jwk(good.get(), "a", R"(,"alg":"HS256")")) == 0);
    CHECK(usable(jwk(small.get(), "a")) == 0);
    CHECK(
        usable(
            R"({"kty":"oct","k":"AAAA"},{"kty":"RSA"},{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},7,[])") ==
        0);
    const std::string off(32, '\x01');  // a point that is on no curve
    CHECK(usable(fmt::format(R"({{"kty":"EC","crv":"P-256","x":"{0}","y":"{0}"}})", encoded(off))) == 0);
    CHECK(usable(fmt::format(R"({{"kty":"RSA","n":"{}","e":"AQ"}})", number_of(good.get(), "n"))) == 0);
    for (const char* wrong : {"", "[]", "{}", R"({"keys":7})", "{"}) CHECK_FALSE(read_key_set(wrong));
}

TEST_CASE("a key is found by its id; without one only where it is the only one of its kind") {
    const auto one = rsa_of(2048);
    const auto keys =
        read_key_set(fmt::format(R"({{"keys":[{},{}]}})", jwk(one.get(), "a"), jwk(one.get(), "b")));
    REQUIRE(keys);
    CHECK(find_key(*keys, "a", Algorithm::rs256) == &(*keys)[0]);
    CHECK(find_key(*keys, "c", Algorithm::rs256) == nullptr);
    CHECK(find_key(*keys, "", Algorithm::rs256) == nullptr);
    CHECK(find_key(*keys, "a", Algorithm::es256) == nullptr);
    const auto single = read_key_set(R"({"keys":[)" + jwk(one.get(), "a") + "]}");
    REQUIRE(single);
    CHECK(find_key(*single, "", Algorithm::rs256) == &single->front());
    const auto twins = read_key_set(fmt::format(R"({{"keys":[{0},{0}]}})", jwk(one.get(), "a")));
    REQUIRE(twins);
    CHECK(find_key(*twins, "a", Algorithm::rs256) == nullptr);
}

TEST_CASE("a token ends on its second, give or take how far clocks may lie apart") {
    const auto key = rsa_of(2048);
    const auto keys = read_key_set(R"({"keys":[)" + jwk(key.get(), "a") + "]}");
    REQUIRE(keys);
    const auto read = [&](const std::string& body) {
        return check_of(
            read_token(token_of(key.get(), R"({"alg":"RS256","kid":"a"})", body), keys->front(), expected()));
    };
    CHECK(read(claims("")) == "believed");
    CHECK(read(claims("", 1'800'000'000 - 59)) == "believed");
    CHECK(read(claims("", 1'800'000'000 - 60)) == "exp");
    CHECK(read(claims(R"(,"nbf":1800000060)")) == "believed");
    CHECK(read(claims(R"(,"nbf":1800000061)")) == "nbf");
    CHECK(read(claims(R"(,"nbf":"soon")")) == "nbf");
    CHECK(read(claims(R"(,"azp":"office")")) == "believed");
    CHECK(read(claims(R"(,"azp":"other")")) == "azp");
    CHECK(read("[]") == "token");
    CHECK(read("no json") == "token");
    const auto vouched =
        read_token(token_of(key.get(), R"({"alg":"RS256"})", claims(R"(,"id_card":"as it stands")")),
                   keys->front(), expected());
    REQUIRE(vouched);
    CHECK(vouched->subject == "s");
    CHECK(vouched->number == "as it stands");
    Expected nothing = expected();
    nothing.nonce.clear();
    const std::string empty =
        R"({"iss":"https://id.example","aud":"office","nonce":"","sub":"s","iat":1,"exp":1900000000})";
    CHECK(check_of(read_token(token_of(key.get(), R"({"alg":"RS256"})", empty), keys->front(), nothing)) ==
          "nonce");
}

TEST_CASE("what is no token is none, whatever its bytes") {
    for (const std::string& wrong : {std::string(), std::string("."), std::string(".."), std::string("a.b"),
                                     std::string("a.b.c.d"), encoded("{}") + "..", encoded("[]") + "..",
                                     encoded("null") + "..", std::string(40000, 'a') + ".a.a"})
        CHECK_FALSE(head_of(wrong));
    const auto head = [](const std::string& text) { return check_of(head_of(encoded(text) + ".e30.AA")); };
    CHECK(head(R"({"alg":"RS256"})") == "believed");
    CHECK(head(R"({"alg":"none"})") == "alg");
    CHECK(head(R"({"alg":"HS256"})") == "alg");
    CHECK(head(R"({"alg":"rs256"})") == "alg");
    CHECK(head(R"({"alg":["RS256"]})") == "alg");
    CHECK(head(R"({"alg":"ES256","crit":["b64"]})") == "crit");
}

}  // namespace doudi::identity
