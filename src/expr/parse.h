// SPDX-License-Identifier: Apache-2.0
// The grammar of CEL (github.com/google/cel-spec, doc/langdef.md): everything but messages of protobuf. Never
// deeper than max_depth and never more than max_nodes (semantics 28): text of any kind gets a tree or an
// error, not a crash.
#pragma once
#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "expr/ast.h"

namespace doudi::expr {

inline constexpr std::size_t max_depth = 250;
inline constexpr std::size_t max_nodes = 10'000;

// The error's `where` is line:column of the text; its two last lines are the text and a caret.
[[nodiscard]] Result<Ast> parse(std::string_view source);

}  // namespace doudi::expr
