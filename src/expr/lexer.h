// SPDX-License-Identifier: Apache-2.0
// A condition's text as tokens. A source that is not UTF-8, or longer than max_source, is refused before
// anything is read.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace doudi::expr {

inline constexpr std::size_t max_source = 256 * 1024;

enum class TokenKind : std::uint8_t {
    end,
    identifier,    // text
    quoted_field,  // text: between backquotes, after a point
    integer,       // text: digits or 0x and digits, without the sign
    uinteger,      // text: without the u
    decimal,       // text
    string,        // text
    bytes,         // text
    mark,          // text: an operator or a bracket
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::string text;

    [[nodiscard]] bool is_mark(std::string_view mark) const {
        return kind == TokenKind::mark && text == mark;
    }
};

// The last token is `end`.
[[nodiscard]] Result<std::vector<Token>> tokenise(std::string_view source);

}  // namespace doudi::expr
