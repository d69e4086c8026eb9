// SPDX-License-Identifier: Apache-2.0
// Inside the room: what the members of comprehensions are. In members.filter(a, …).map(b, b.income).exists(c,
// …) a and b are members of the list itself, and c is the same as b.income was for that member: the list
// between them is never built.
#pragma once
#include <vector>

#include "expr/program.h"

namespace doudi::expr {

inline constexpr NodeId no_node = 0xFFFFFFFF;

class MemberScopes {
  public:
    explicit MemberScopes(const Program& program);

    // The comprehension whose member the local is.
    [[nodiscard]] NodeId scope_of(NodeId local) const { return scopes_[local]; }
    // What stands for an element of a list in terms of the members of its base: no_node if that is the member
    // itself.
    [[nodiscard]] NodeId element_of(NodeId list) const;
    // The same for a local.
    [[nodiscard]] NodeId meaning_of(NodeId local) const;
    // Below filters and maps: the list that they walk.
    [[nodiscard]] NodeId base_of(NodeId list) const;

  private:
    [[nodiscard]] bool is_macro(NodeId id, Macro macro) const;

    const Program& program_;
    std::vector<NodeId> scopes_;  // by node
};

}  // namespace doudi::expr
