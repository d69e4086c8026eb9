// SPDX-License-Identifier: Apache-2.0
#include "access/secrets.h"

#include <sodium.h>

#include "base/result.h"
#include "vault/digest.h"
#include "vault/secret.h"

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

std::string random_password() {
    constexpr std::size_t groups = 4;
    constexpr std::size_t characters = 4;
    std::string password;
    for (const char c : random_code(groups * characters)) {
        if (password.size() % (characters + 1) == characters) password += '-';
        password += c >= 'A' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return password;
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

std::string sm3_hex(std::string_view bytes) {
    return vault::hex_of(vault::sm3(vault::bytes_of(bytes)));
}

std::string hmac_sm3_text(std::string_view key, std::string_view bytes) {
    const vault::Digest digest = vault::hmac_sm3(vault::bytes_of(key), vault::bytes_of(bytes));
    return base64url({reinterpret_cast<const unsigned char*>(digest.data()), digest.size()});
}

bool same_secret(std::string_view left, std::string_view right) {
    return vault::equal_in_constant_time(vault::bytes_of(left), vault::bytes_of(right));
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
