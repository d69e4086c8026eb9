// SPDX-License-Identifier: Apache-2.0
// String and bytes literals of CEL: quotes ' " ''' """, prefixes r and b in either case and order, every
// escape of the specification. Written and read back the same.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"

namespace doudi::expr {

struct QuotedLiteral {
    bool is_bytes = false;
    std::string text;
    std::size_t end = 0;  // behind the closing quote
};
struct LiteralProblem {
    std::size_t offset = 0;
    Text text;
};

// Does a literal (with its prefix) start here?
[[nodiscard]] bool starts_quoted(std::string_view source, std::size_t offset);
// Reads it. Empty, and `problem` filled, if it is not closed or an escape is wrong.
[[nodiscard]] std::optional<QuotedLiteral> read_quoted(std::string_view source, std::size_t offset,
                                                       LiteralProblem& problem);

[[nodiscard]] std::string in_quotes(std::string_view utf8);
[[nodiscard]] std::string quoted_bytes(std::string_view octets);

}  // namespace doudi::expr
