// SPDX-License-Identifier: Apache-2.0
// Inside the room: the operators of a program over one set of rows, be they subjects or members of subjects.
#pragma once
#include <map>
#include <vector>

#include "expr/column_functions.h"
#include "expr/column_plan.h"
#include "expr/column_vector.h"
#include "expr/column_words.h"
#include "expr/program.h"

namespace doudi::expr {

class ColumnNodes {
  public:
    ColumnNodes(const Program& program, const ColumnPlan& plan) : program_(program), plan_(plan) {}
    virtual ~ColumnNodes() = default;
    // What the node comes to for the rows at hand.
    [[nodiscard]] virtual VectorBuffer& compute(NodeId id) = 0;
    [[nodiscard]] const ColumnVector& numbers(NodeId id) { return compute(id).numbers(rows_); }
    [[nodiscard]] std::uint64_t words_asked() const;

  protected:
    // A node with Way::kernel.
    void kernel(NodeId id, VectorBuffer& out);
    // One with Way::lifted, for rows first .. of its text's column.
    void look_up_words(NodeId id, std::size_t first, VectorBuffer& out);
    // Rows first .. of a column that lies in the table; of a text its codes.
    void look_at(const FactColumn& column, std::size_t first, VectorBuffer& out) const;

    const Program& program_;
    const ColumnPlan& plan_;
    std::size_t rows_ = 0;

  private:
    void fold(NodeId id, StepKind step, VectorBuffer& out);
    void relate(NodeId id, VectorBuffer& out);
    void call(NodeId id, VectorBuffer& out);
    [[nodiscard]] ColumnOperands operands(NodeId id, std::span<const NodeId> first,
                                          std::span<const NodeId> rest);
    [[nodiscard]] TextVector text(NodeId id);

    // Kept, so that a strip allocates nothing.
    std::map<NodeId, std::vector<VectorBuffer*>> truths_;
    std::map<NodeId, std::vector<const ColumnVector*>> operands_;
    std::map<NodeId, WordAnswers> words_;
    VectorBuffer text_order_;
};

}  // namespace doudi::expr
