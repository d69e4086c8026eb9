// SPDX-License-Identifier: Apache-2.0
// Inside the room: exists and all over the members of a strip of subjects. The members of all of them stand
// one behind the other in columns of their own; the body runs over those, strip by strip, and its truths are
// folded into their subjects'.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "expr/column_nodes.h"
#include "expr/column_plan.h"
#include "expr/columns.h"

namespace doudi::expr {

class ColumnMembers : public ColumnNodes {
  public:
    // `subjects` gives what does not hang on the member. All of them must outlive it.
    ColumnMembers(const Program& program, const ColumnPlan& plan, const FactTable& table,
                  ColumnNodes& subjects)
        : ColumnNodes(program),
          plan_(plan),
          table_(table),
          subjects_(subjects),
          buffers_(program.steps().size()),
          computed_(program.steps().size()) {}

    // The comprehension `id` for subjects first .. first + rows.
    void fold_members(NodeId id, std::size_t first, std::size_t rows, VectorBuffer& out);

    [[nodiscard]] VectorBuffer& compute(NodeId id) override;

  private:
    void take_members(const MemberLists& lists, std::size_t at, std::size_t end);
    void fold_strip(NodeId id, Truth* truths, VectorBuffer& out);
    void spread(NodeId id, VectorBuffer& out);
    void settle_lists(const MemberLists& lists, Truth* truths, VectorBuffer& out) const;

    const ColumnPlan& plan_;
    const FactTable& table_;
    ColumnNodes& subjects_;
    std::vector<VectorBuffer> buffers_;
    std::vector<std::uint64_t> computed_;  // by node: in which strip of members last
    std::uint64_t strip_ = 0;
    std::size_t first_subject_ = 0;
    std::size_t subjects_at_hand_ = 0;
    std::size_t first_ = 0;                           // of the members at hand
    std::size_t owner_ = 0;                           // of the next member
    std::array<std::uint32_t, strip_rows> owners_{};  // by member at hand: the subject, from first_subject_
};

}  // namespace doudi::expr
