// SPDX-License-Identifier: Apache-2.0
#include "identity/base64url.h"

#include <cstdint>

namespace doudi::identity {

namespace {

constexpr std::string_view characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::string to_base64url(std::span<const unsigned char> bytes) {
    std::string text;
    std::uint32_t window = 0;
    unsigned bits = 0;
    for (const unsigned char byte : bytes) {
        window = window << 8U | byte;
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            text += characters[window >> bits & 63U];
        }
    }
    if (bits > 0) text += characters[window << (6 - bits) & 63U];
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string bytes;
    std::uint32_t window = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const std::size_t value = characters.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        window = window << 6U | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(window >> bits & 255U);
    }
    if (bits >= 6 || (window & ((1U << bits) - 1U)) != 0) return std::nullopt;
    return bytes;
}

}  // namespace doudi::identity
