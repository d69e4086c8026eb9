// SPDX-License-Identifier: Apache-2.0
// Inside the room: how each node of a program is come by when it runs over columns.
#pragma once
#include <cstdint>
#include <vector>

#include "expr/columns.h"
#include "expr/program.h"

namespace doudi::expr {

enum class Way : std::uint8_t {
    constant,  // the same for every row
    fact,      // a column of the table, looked at where it lies
    kernel,    // computed from its children's vectors
    lifted,    // hangs on one text alone: once for each of its words
    by_row,    // by the scalar evaluator
    // Inside of exists and all:
    member_fact,  // a column of the members
    members,      // the fold itself
};

class ColumnPlan {
  public:
    ColumnPlan(const Program& program, const FactTable& table);
    [[nodiscard]] Way way(NodeId id) const { return ways_[id]; }
    // Whether its rows are members; the list that a fold of Way::members walks.
    [[nodiscard]] bool hangs_on_member(NodeId id) const { return on_member_[id]; }
    [[nodiscard]] FieldRef list_of(NodeId fold) const {
        return program_.step(program_.ast().child(fold, 0)).ref;
    }
    // The first node that is written as this one is.
    [[nodiscard]] NodeId one_of(NodeId id) const { return ones_[id]; }
    [[nodiscard]] FieldRef lifted_fact(NodeId id) const { return lifted_[id]; }

  private:
    struct Needs;
    void choose(NodeId id, const Needs& needs, const FactTable& table);
    void find_ones();
    void choose_on_member(NodeId id, const FactTable& table);
    [[nodiscard]] bool folds_members(NodeId id, const FactTable& table) const;
    [[nodiscard]] bool has_kernel(NodeId id) const;
    [[nodiscard]] bool is_vector(NodeId id) const;

    const Program& program_;
    std::vector<Way> ways_;
    std::vector<FieldRef> lifted_;
    std::vector<NodeId> ones_;
    std::vector<bool> on_member_;
};

}  // namespace doudi::expr
