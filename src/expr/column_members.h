// SPDX-License-Identifier: Apache-2.0
// Inside the room: folds over the members of a strip of subjects (member_fold.h). The members of all of them
// stand one behind the other in columns of their own; the bodies run over those, strip by strip, and what
// they come to is folded into their subjects. No list is built.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "expr/column_folds.h"
#include "expr/column_nodes.h"
#include "expr/column_plan.h"
#include "expr/columns.h"

namespace doudi::expr {

class ColumnMembers : public ColumnNodes {
  public:
    // `subjects` gives what does not hang on the member. All of them must outlive it.
    ColumnMembers(const Program& program, const ColumnPlan& plan, const FactTable& table,
                  ColumnNodes& subjects);

    // The fold `id` for subjects first .. first + rows.
    void fold_members(NodeId id, std::size_t first, std::size_t rows, VectorBuffer& out);

    [[nodiscard]] VectorBuffer& compute(NodeId id) override;

  private:
    void begin(const MemberFold& fold, TypeKind kind);
    void take_members(const MemberLists& lists, std::size_t at, std::size_t end);
    void walk_stages(const MemberFold& fold);
    void walk_end(const MemberFold& fold, VectorBuffer& out);
    void settle_lists(const MemberLists& lists, bool walks);
    void spread(NodeId id, VectorBuffer& out);
    [[nodiscard]] MemberRows at_hand() { return {rows_, owners_.data(), chosen_.data()}; }

    const FactTable& table_;
    ColumnNodes& subjects_;
    std::vector<VectorBuffer> buffers_;
    std::vector<std::uint64_t> computed_;  // by node: in which strip of members last
    std::uint64_t strip_ = 0;
    std::size_t first_subject_ = 0;
    std::size_t subjects_at_hand_ = 0;
    std::size_t first_ = 0;  // of the members at hand
    std::size_t owner_ = 0;  // of the next member
    // By member at hand: its subject, from first_subject_ (with room for a whole stride at the end), and
    // whether it is still there.
    static constexpr std::size_t stride = 8;
    std::array<std::uint32_t, strip_rows + stride> owners_{};
    std::array<std::uint8_t, strip_rows> chosen_{};
    ListStates lists_;                // of the lists as they were told
    std::vector<ListStates> stages_;  // of the lists behind each stage
    MemberTotals totals_;
};

}  // namespace doudi::expr
