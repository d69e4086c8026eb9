// SPDX-License-Identifier: Apache-2.0
#include "vault/digest.h"

#include <doctest/doctest.h>

#include <string>

namespace doudi::vault {
namespace {

std::string hex(const Digest& digest) {
    return hex_of(digest);
}

std::vector<std::byte> from_hex(std::string_view text) {
    auto bytes = bytes_of_hex(text);
    REQUIRE(bytes);
    return *bytes;
}

TEST_CASE("SM3 is the standard's (GB/T 32905, both examples)") {
    CHECK(hex(sm3(bytes_of("abc"))) == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    std::string long_text;
    for (int i = 0; i < 16; ++i) long_text += "abcd";
    CHECK(hex(sm3(bytes_of(long_text))) ==
          "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

TEST_CASE("SM3 of pieces is SM3 of the whole, and a copy goes on from where its original stood") {
    Sm3 hash;
    hash.add("a").add("");
    Sm3 branch = hash;
    CHECK(hex(hash.add("bc").finish()) == hex(sm3(bytes_of("abc"))));
    CHECK(hex(branch.add("x").finish()) == hex(sm3(bytes_of("ax"))));
    CHECK(hex(branch.finish()) == hex(sm3({})));
    branch.add("a");
    hash = branch;
    CHECK(hex(hash.add("bc").finish()) == hex(sm3(bytes_of("abc"))));
}

TEST_CASE("HMAC-SM3 is the standard's (GM/T 0042)") {
    CHECK(hex(hmac_sm3(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))) ==
          "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882");
    const std::string_view text =
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopqabcdbcdecdefdefgefghfghighijhijkijkljklmklmn"
        "lmnomnopnopq";
    CHECK(hex(hmac_sm3(from_hex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"),
                       bytes_of(text))) ==
          "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a");
}

TEST_CASE(
    "HMAC-SHA256 is the standard's (RFC 4231, case 2), and one object takes one message after the other") {
    Hmac mac(Hash::sha256, bytes_of("Jefe"));
    for (int i = 0; i < 2; ++i) {
        CHECK(hex(mac.add("what do ya want ").add("for nothing?").finish()) ==
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}

TEST_CASE("a derived key follows from key and label, and another label gives another key") {
    const auto text = [](const Secret& secret) { return hex_of(secret.bytes()); };
    const Secret one = derive(bytes_of("key"), "doudi/one", 32);
    CHECK(text(derive(bytes_of("key"), "doudi/one", 32)) == text(one));
    CHECK(text(derive(bytes_of("key"), "doudi/two", 32)) != text(one));
    CHECK(text(derive(bytes_of("kex"), "doudi/one", 32)) != text(one));
    CHECK(text(derive(bytes_of("key"), "doudi/one", 16)) == text(one).substr(0, 32));
    // HKDF over SM3 by hand: extract with a salt of zeros, then one step of expand.
    const std::vector<std::byte> salt(32);
    const Digest extracted = hmac_sm3(salt, bytes_of("key"));
    CHECK(text(one) == hex(hmac_sm3(extracted, bytes_of(std::string_view("doudi/one\x01", 10)))));
}

TEST_CASE("hexadecimal digits there and back, and what is none") {
    CHECK(hex_of(from_hex("00ffA5")) == "00ffa5");
    for (const char* wrong : {"0", "0g", "g0", "0 ", "00f"}) CHECK(!bytes_of_hex(wrong));
}

TEST_CASE("bytes are compared whole, and a secret moves with its content") {
    CHECK(equal_in_constant_time(bytes_of("same"), bytes_of("same")));
    CHECK(!equal_in_constant_time(bytes_of("same"), bytes_of("sama")));
    CHECK(!equal_in_constant_time(bytes_of("same"), bytes_of("sam")));
    Secret secret = Secret::copy_of(bytes_of("same"));
    const Secret moved = std::move(secret);
    CHECK(equal_in_constant_time(moved.bytes(), bytes_of("same")));
    CHECK(hex_of(Secret::random(32).bytes()) != hex_of(Secret::random(32).bytes()));
}

}  // namespace
}  // namespace doudi::vault
