// SPDX-License-Identifier: Apache-2.0
// Inside the room: how each node of a program is come by when it runs over columns.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "expr/columns.h"
#include "expr/member_fold.h"
#include "expr/member_scopes.h"
#include "expr/program.h"

namespace doudi::expr {

enum class Way : std::uint8_t {
    constant,  // the same for every row
    fact,      // a column of the table, looked at where it lies; of a text its codes
    kernel,    // computed from its children's vectors
    lifted,    // hangs on one text alone: once for each of its words
    by_row,    // by the scalar evaluator
    members,   // a fold over members
    // Inside of such a fold:
    member_fact,  // a column of the members; of a text its codes
};

class ColumnPlan {
  public:
    ColumnPlan(const Program& program, const FactTable& table);
    [[nodiscard]] Way way(NodeId id) const { return ways_[id]; }
    // Whether its rows are members.
    [[nodiscard]] bool hangs_on_member(NodeId id) const { return on_member_[id]; }
    [[nodiscard]] const MemberFold& fold(NodeId id) const { return folds_.at(id); }
    [[nodiscard]] std::size_t most_stages() const;  // of a fold
    // The first node that is written as this one is, or what a member means (member_scopes.h).
    [[nodiscard]] NodeId one_of(NodeId id) const { return ones_[id]; }
    [[nodiscard]] const MemberScopes& scopes() const { return scopes_; }
    // Of a lifted node: the column of its text. Of a text's column: itself.
    [[nodiscard]] const FactColumn& texts(NodeId id) const { return *texts_[id]; }

  private:
    struct Needs;
    void find_ones();
    [[nodiscard]] NodeId one_for(NodeId id, std::map<std::string, NodeId>& known) const;
    [[nodiscard]] Needs needs_of(NodeId id, std::span<const Needs> needs) const;
    void choose(NodeId id, const Needs& needs);
    void choose_local(NodeId id);
    [[nodiscard]] Way way_of_fact(NodeId id, const FactColumn* column);
    [[nodiscard]] bool lift(NodeId id, const Needs& needs);
    [[nodiscard]] bool folds_members(NodeId id);
    [[nodiscard]] bool can_fold(const MemberFold& fold) const;
    void find_outside(NodeId id, std::vector<NodeId>& outside) const;
    [[nodiscard]] bool has_kernel(NodeId id) const;
    [[nodiscard]] bool call_has_kernel(NodeId id) const;
    [[nodiscard]] bool relation_has_kernel(NodeId id) const;
    [[nodiscard]] bool is_number(NodeId id) const;
    [[nodiscard]] bool is_text(NodeId id) const;

    const Program& program_;
    const FactTable& table_;
    MemberScopes scopes_;
    std::vector<Way> ways_;
    std::vector<const FactColumn*> texts_;
    std::vector<NodeId> ones_;
    std::vector<bool> on_member_;
    std::map<NodeId, MemberFold> folds_;
};

}  // namespace doudi::expr
