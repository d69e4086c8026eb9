// SPDX-License-Identifier: Apache-2.0
// Inside the room: the operators of a program over one set of rows, be they subjects or members of subjects.
#pragma once
#include <map>
#include <vector>

#include "expr/column_vector.h"
#include "expr/program.h"

namespace doudi::expr {

class ColumnNodes {
  public:
    explicit ColumnNodes(const Program& program) : program_(program) {}
    virtual ~ColumnNodes() = default;
    // What the node comes to for the rows at hand.
    [[nodiscard]] virtual VectorBuffer& compute(NodeId id) = 0;
    [[nodiscard]] const ColumnVector& numbers(NodeId id) { return compute(id).numbers(rows_); }

  protected:
    // A node with Way::kernel.
    void kernel(NodeId id, VectorBuffer& out);

    const Program& program_;
    std::size_t rows_ = 0;

  private:
    void fold(NodeId id, StepKind step, VectorBuffer& out);
    std::map<NodeId, std::vector<VectorBuffer*>> operands_;
};

}  // namespace doudi::expr
