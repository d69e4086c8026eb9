// SPDX-License-Identifier: Apache-2.0
// One code point of UTF-8 at a time. A byte that begins no well-formed sequence (overlong, surrogate, above
// U+10FFFF, cut off) is one invalid step of length 1, so that a walk always ends and never reads past the
// text.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace doudi {

inline constexpr char32_t replacement_character = 0xFFFD;

struct CodePoint {
    char32_t code = replacement_character;
    std::uint8_t length = 1;  // bytes
    bool valid = false;
};

// The code point at `at`, which must be below text.size().
[[nodiscard]] CodePoint decode_utf8(std::string_view text, std::size_t at);
void append_utf8(std::string& out, char32_t code);
[[nodiscard]] bool is_valid_utf8(std::string_view text);
// Code points; an invalid byte counts as one.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

}  // namespace doudi
