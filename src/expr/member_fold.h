// SPDX-License-Identifier: Apache-2.0
// Inside the room: a list of members on its way to one answer a subject: filters and maps one behind the
// other, and what ends them. It is gone through once, with a mark for each member that is still there.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "expr/member_scopes.h"
#include "expr/program.h"

namespace doudi::expr {

struct MemberFold {
    enum class End : std::uint8_t { all, exists, exists_one, size, sum, least, most };
    // Of a filter or a map, or both at once.
    struct Stage {
        NodeId condition = no_node;
        NodeId value = no_node;
    };
    FieldRef list;
    std::vector<Stage>
        stages;  // in the order in which members go through them; the condition of exists_one is one
    End end = End::size;
    NodeId body = no_node;        // the truth of all and exists; the number of sum, least and most
    bool walks = false;           // some macro walks the list: then it is no longer than max_members
    std::vector<NodeId> outside;  // nodes of bodies that are the subject's; to be computed before the walk

    // Every node that is to be computed for each member.
    [[nodiscard]] std::vector<NodeId> bodies() const;
};

// Empty if the node is no such fold over a variable's or a field's list. Whether its bodies have kernels is
// not asked here.
[[nodiscard]] std::optional<MemberFold> member_fold_of(const Program& program, const MemberScopes& scopes,
                                                       NodeId id);

}  // namespace doudi::expr
