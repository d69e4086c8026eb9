// SPDX-License-Identifier: Apache-2.0
#include "access/secrets.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include "base/result.h"

namespace doudi::access {

namespace {

constexpr std::string_view code_characters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void need_sodium() {
    static const bool ready = sodium_init() >= 0;
    ensure(ready, "libsodium's random numbers");
}

std::string base64url(std::span<const unsigned char> bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.resize(text.find('\0'));
    return text;
}

}  // namespace

std::vector<unsigned char> random_bytes(std::size_t count) {
    need_sodium();
    std::vector<unsigned char> bytes(count);
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string random_token(std::size_t bytes) {
    return base64url(random_bytes(bytes));
}

std::int64_t random_key() {
    std::uint64_t value = 0;
    need_sodium();
    while (value == 0) {
        randombytes_buf(&value, sizeof value);
        value >>= 2U;
    }
    return static_cast<std::int64_t>(value);
}

std::string random_code(std::size_t characters) {
    std::string code;
    for (const unsigned char byte : random_bytes(characters))
        code += code_characters[byte % code_characters.size()];  // 32 divides 256
    return code;
}

std::string read_code(std::string_view typed) {
    std::string code;
    for (char c : typed) {
        if (c == ' ' || c == '-' || c == '\t') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        code += c;
    }
    return code;
}

Digest sm3(std::string_view bytes) {
    Digest digest{};
    unsigned size = 0;
    ensure(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sm3(), nullptr) == 1 &&
               size == digest.size(),
           "SM3 of OpenSSL");
    return digest;
}

std::string hex_of(std::span<const unsigned char> bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

std::string sm3_hex(std::string_view bytes) {
    return hex_of(sm3(bytes));
}

std::string hmac_sm3_text(std::string_view key, std::string_view bytes) {
    Digest digest{};
    unsigned size = 0;
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    ensure(HMAC(EVP_sm3(), key.data(), static_cast<int>(key.size()), data, bytes.size(), digest.data(),
                &size) != nullptr,
           "HMAC-SM3 of OpenSSL");
    return base64url(digest);
}

bool same_secret(std::string_view left, std::string_view right) {
    return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string base32(std::span<const unsigned char> bytes) {
    const auto character = [](unsigned value) {
        return static_cast<char>(value < 26 ? 'A' + value : '2' + (value - 26));
    };
    std::string text;
    std::uint32_t window = 0;
    unsigned bits = 0;
    for (const unsigned char byte : bytes) {
        window = window << 8U | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text += character(window >> bits & 31U);
        }
    }
    if (bits > 0) text += character(window << (5 - bits) & 31U);
    return text;
}

}  // namespace doudi::access
