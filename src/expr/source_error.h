// SPDX-License-Identifier: Apache-2.0
// Where in a condition's text something is wrong, said so that a person sees it: line:column (in characters,
// from one) and the line with a caret below it. A wide character takes two cells of a terminal, and so does
// its blank.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace doudi::expr {

struct SourcePosition {
    int line = 1;
    int column = 1;
};
[[nodiscard]] SourcePosition position_of(std::string_view source, std::size_t offset);

// Two lines: the source line (at most about 100 characters of it) and the caret.
[[nodiscard]] std::string caret_excerpt(std::string_view source, std::size_t offset);

[[nodiscard]] Error source_error(std::string_view source, std::size_t offset, ErrorKind kind,
                                 std::string code, Text text);

}  // namespace doudi::expr
