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
#include "identity/discovery.h"
#include "identity/fetch.h"
#include "identity/id_token.h"
#include "identity/key_set.h"
#include "identity/test_keys.h"

namespace doudi::identity {
namespace {

std::size_t usable(const std::string& keys) {
    const auto read = read_key_set(R"({"keys":[)" + keys + "]}");
    REQUIRE(read);
    return read->size();
}

template <class T>
std::string check_of(const Result<T>& result) {
    return result ? "believed" : result.error().where;
}

std::string value_of(const Result<std::string>& result) {
    return result.value_or("refused");
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

TEST_CASE(
    "a subject is what the standard wants: letters that a screen shows, not too many; no time is endless") {
    const OwnedKey key = rsa_of(2048);
    const auto keys = read_key_set(R"({"keys":[)" + jwk(key.get(), "k") + "]}");
    REQUIRE(keys);
    const auto check = [&](const std::string& part, const std::string& other) {
        std::string said = claims("");
        said.replace(said.find(part), part.size(), other);
        return check_of(
            read_token(token_of(key.get(), R"({"alg":"RS256"})", said), keys->front(), expected()));
    };
    const auto subject = [&](const std::string& text) {
        return check(R"("sub":"s")", R"("sub":")" + text + '"');
    };
    CHECK(subject("a b~!") == "believed");
    CHECK(subject(std::string(255, 'a')) == "believed");
    CHECK(subject(std::string(256, 'a')) == "sub");
    for (const char* wrong : {"", "a\\u0000b", "a\\nb", "\\u007f", "\\u4e00"}) CHECK(subject(wrong) == "sub");
    CHECK(check(R"("exp":1800000300)", R"("exp":1e999)") == "exp");
    CHECK(check(R"("exp":1800000300)", R"("exp":"1800000300")") == "exp");
    CHECK(check(R"("iat":1800000000)", R"("iat":-1e999)") == "iat");
}

TEST_CASE("what a provider tells of itself: its own issuer's, with addresses that may be called") {
    const auto told = [](const std::string& more, const std::string& issuer = "https://id.example") {
        return check_of(
            read_discovery(fmt::format(R"({{"issuer":"{}","authorization_endpoint":"https://id.example/a",)"
                                       R"("token_endpoint":"https://id.example/t"{}}})",
                                       issuer, more),
                           "https://id.example"));
    };
    CHECK(told(R"(,"jwks_uri":"https://id.example/k")") == "believed");
    CHECK(told(R"(,"jwks_uri":"https://id.example/k")", "https://id.example/") == "discovery: issuer");
    CHECK(told("") == "discovery: endpoints");
    for (const char* wrong : {"http://id.example/k", "file:///etc/passwd", "https://a:b@id.example/k", "7"})
        CHECK(told(fmt::format(R"(,"jwks_uri":"{}")", wrong)) == "discovery: endpoints");
    CHECK(told(R"(,"jwks_uri":["https://id.example/k"])") == "discovery: endpoints");
    for (const char* wrong : {"", "[]", "null", "{", "\xff"})
        CHECK(check_of(read_discovery(wrong, "https://id.example")) == "discovery");
    CHECK(value_of(read_token_answer(R"({"id_token":"a.b.c"})")) == "a.b.c");
    for (const char* wrong : {R"({"id_token":""})", R"({"id_token":7})", "{}"})
        CHECK(check_of(read_token_answer(wrong)) == "token: id_token");
    CHECK(check_of(read_token_answer("\"x\"")) == "token");
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
