// SPDX-License-Identifier: Apache-2.0
// From a tree to a program: names, types, and in packs what semantics 4-18 and 28 refuse: unknown names,
// CEL's own types, Money times Money, order or arithmetic on what may be none and is not guarded by has(),
// known() in a condition. A condition with no error here never meets Fault::type or Fault::name in a pack.
#pragma once
#include <expected>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "expr/ast.h"
#include "expr/program.h"
#include "expr/schema.h"

namespace doudi::expr {

inline constexpr std::size_t max_pack_nesting = 2;  // members of members

// Every error there is, in the order of the text; each `where` is line:column.
[[nodiscard]] std::expected<Program, std::vector<Error>> check_all(Ast ast, const Schema& schema,
                                                                   CheckMode mode);
// The same as one error: `where` is the first one's, the text holds all of them.
[[nodiscard]] Result<Program> check(Ast ast, const Schema& schema, CheckMode mode);
// parse and check.
[[nodiscard]] Result<Program> compile(std::string_view source, const Schema& schema, CheckMode mode);

}  // namespace doudi::expr
