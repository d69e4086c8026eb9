// SPDX-License-Identifier: Apache-2.0
// Which paths are surely not none where an expression is reached (semantics 6): has(x) && …, x != null && …,
// !has(x) || …, has(x) ? … : …, in any order, since && and || have none.
#pragma once
#include <string>
#include <vector>

#include "expr/ast.h"

namespace doudi::expr {

struct Guards {
    std::vector<std::string> if_true;   // not none whenever the expression is true
    std::vector<std::string> if_false;  // not none whenever it is false
};
[[nodiscard]] Guards guards_of(const Ast& ast, NodeId id);

}  // namespace doudi::expr
