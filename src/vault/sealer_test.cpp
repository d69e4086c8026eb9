// SPDX-License-Identifier: Apache-2.0
#include "vault/sealer.h"

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <rapidcheck.h>

#include <array>
#include <string>

#include "vault/digest.h"

namespace doudi::vault {
namespace {

constexpr Suite suites[] = {Suite::aes_256_gcm, Suite::sm4_hmac_sm3};

using Bytes = std::vector<std::byte>;

Bytes content_of(std::string_view text) {
    const auto bytes = bytes_of(text);
    return {bytes.begin(), bytes.end()};
}

struct Sealed {
    Bytes bytes;
    Bytes seal;
    friend bool operator==(const Sealed&, const Sealed&) = default;
};

Sealed sealed(const SealKey& key, std::string_view about, Bytes bytes) {
    Bytes seal(Sealer::seal_bytes(key.suite()));
    Sealer(key).seal(bytes_of(about), bytes, seal);
    return {std::move(bytes), std::move(seal)};
}

bool opens(const SealKey& key, std::string_view about, Sealed sealed, const Bytes& expected) {
    const bool genuine = Sealer(key).open(bytes_of(about), sealed.bytes, sealed.seal);
    if (!genuine) CHECK(sealed.bytes == Bytes(sealed.bytes.size()));
    return genuine && sealed.bytes == expected;
}

std::string run_cipher(const char* name, std::string_view key, std::string_view nonce, Bytes bytes,
                       Bytes* tag) {
    EVP_CIPHER* cipher = EVP_CIPHER_fetch(nullptr, name, nullptr);
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
    const auto k = bytes_of_hex(key).value();
    const auto n = bytes_of_hex(nonce).value();
    auto* at = reinterpret_cast<unsigned char*>(bytes.data());
    int size = 0;
    REQUIRE(EVP_EncryptInit_ex2(context, cipher, reinterpret_cast<const unsigned char*>(k.data()),
                                reinterpret_cast<const unsigned char*>(n.data()), nullptr) == 1);
    REQUIRE(EVP_EncryptUpdate(context, at, &size, at, static_cast<int>(bytes.size())) == 1);
    if (tag != nullptr) {
        std::array<unsigned char, 16> none{};
        REQUIRE(EVP_EncryptFinal_ex(context, none.data(), &size) == 1);
        REQUIRE(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, tag->data()) == 1);
    }
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);
    return hex_of(bytes);
}

TEST_CASE("the ciphers that are called are the standards'") {
    // GB/T 32907, example 1: the counter is the block, so zeros become its encryption.
    CHECK(run_cipher("SM4-CTR", "0123456789abcdeffedcba9876543210", "0123456789abcdeffedcba9876543210",
                     Bytes(16), nullptr) == "681edf34d206965e86b3e94f536e4246");
    // NIST's (McGrew and Viega) test case 14 of AES-256-GCM.
    Bytes tag(16);
    const std::string zeros(64, '0');
    CHECK(run_cipher("AES-256-GCM", zeros, zeros.substr(0, 24), Bytes(16), &tag) ==
          "cea7403d4d606b6e074ec5d3baf39d18");
    CHECK(hex_of(tag) == "d0d1c8a799996bf0265b98b5d48ab919");
}

TEST_CASE("what was sealed opens again, of every size, and looks like nothing of it") {
    for (const Suite suite : suites) {
        const SealKey key(suite, bytes_of("a key of thirty-two bytes, or so"), "test");
        CHECK(rc::check("any content", [&] {
            const auto text = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
            const Sealed made = sealed(key, "about", content_of(text));
            RC_ASSERT(opens(key, "about", made, content_of(text)));
            RC_ASSERT(text.size() < 8 || made.bytes != content_of(text));
        }));
    }
}

TEST_CASE("the same content gives the same bytes; another about, key, purpose or cipher gives others") {
    for (const Suite suite : suites) {
        const SealKey key(suite, bytes_of("key"), "test");
        const Bytes content = content_of("the same content");
        const Sealed made = sealed(key, "block 1", content);
        CHECK(sealed(key, "block 1", content) == made);
        CHECK(sealed(key, "block 2", content) != made);
        CHECK(sealed(SealKey(suite, bytes_of("kex"), "test"), "block 1", content) != made);
        CHECK(sealed(SealKey(suite, bytes_of("key"), "tesu"), "block 1", content) != made);
        // Where an equal first part is followed by another one, nothing of it stays equal.
        const Sealed longer = sealed(key, "block 1", content_of("the same content."));
        CHECK(hex_of(longer.bytes).substr(0, 16) != hex_of(made.bytes).substr(0, 16));
    }
}

TEST_CASE("a flipped bit anywhere, in content, seal or about, is refused") {
    for (const Suite suite : suites) {
        const SealKey key(suite, bytes_of("key"), "test");
        const Bytes content = content_of("张三 441699********0011");
        const Sealed made = sealed(key, "block 1", content);
        for (std::size_t bit = 0; bit < 8 * made.bytes.size(); ++bit) {
            Sealed changed = made;
            changed.bytes[bit / 8] ^= std::byte{1} << (bit % 8);
            CHECK(!opens(key, "block 1", changed, content));
        }
        for (std::size_t bit = 0; bit < 8 * made.seal.size(); ++bit) {
            Sealed changed = made;
            changed.seal[bit / 8] ^= std::byte{1} << (bit % 8);
            CHECK(!opens(key, "block 1", changed, content));
        }
        CHECK(!opens(key, "block 2", made, content));
        CHECK(!opens(SealKey(suite, bytes_of("kex"), "test"), "block 1", made, content));
        Sealed cut = made;
        cut.bytes.pop_back();
        CHECK(!opens(key, "block 1", cut, content));
    }
}

TEST_CASE("about and content are told apart: what moves from one to the other is refused") {
    const SealKey key(Suite::sm4_hmac_sm3, bytes_of("key"), "test");
    CHECK(sealed(key, "ab", content_of("c")).seal != sealed(key, "a", content_of("bc")).seal);
}

TEST_CASE("a short seal of SM4 is the first half of the long one, and holds") {
    const SealKey key(Suite::sm4_hmac_sm3, bytes_of("key"), "test");
    const Bytes content = content_of("13800000000");
    Bytes bytes = content;
    Bytes seal(Sealer::short_seal_bytes);
    Sealer sealer(key);
    sealer.seal(bytes_of("member 7"), bytes, seal);
    const Sealed whole = sealed(key, "member 7", content);
    CHECK(hex_of(whole.seal).substr(0, 32) == hex_of(seal));
    CHECK(bytes == whole.bytes);
    CHECK(opens(key, "member 7", {bytes, seal}, content));
    seal.back() ^= std::byte{1};
    CHECK(!opens(key, "member 7", {bytes, seal}, content));
}

}  // namespace
}  // namespace doudi::vault
