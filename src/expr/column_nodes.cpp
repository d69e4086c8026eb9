// SPDX-License-Identifier: Apache-2.0
#include "expr/column_nodes.h"

#include <array>

#include "base/result.h"
#include "expr/column_kernels.h"

namespace doudi::expr {
namespace {

const std::array<std::int64_t, strip_rows> zeros{};

}  // namespace

void ColumnNodes::kernel(NodeId id, VectorBuffer& out) {
    const Step& step = program_.step(id);
    const auto children = program_.ast().children_of(id);
    switch (step.kind) {
        case StepKind::arithmetic: {
            const ColumnVector& left = numbers(children[0]);
            return column_arithmetic(step.arithmetic_op, step.type.kind, left, numbers(children[1]), rows_,
                                     out);
        }
        case StepKind::negate: {
            const ColumnVector zero{nullptr, nullptr, zeros.data(), nullptr};
            return column_arithmetic(Arithmetic::subtract, step.type.kind, zero, numbers(children[0]), rows_,
                                     out);
        }
        case StepKind::relation: {
            const ColumnVector& left = numbers(children[0]);
            return column_relation(program_.ast().node(id).binary_op(), left, numbers(children[1]), rows_,
                                   out);
        }
        case StepKind::logical_not:
            return column_not(compute(children[0]), rows_, out);
        case StepKind::logical_and:
        case StepKind::logical_or:
            return fold(id, step.kind, out);
        case StepKind::conditional: {
            VectorBuffer& condition = compute(children[0]);
            const ColumnVector& then = numbers(children[1]);
            return column_conditional(condition, then, numbers(children[2]), rows_, out);
        }
        case StepKind::has:
            return column_has(numbers(children[0]), rows_, out);
        default:
            ensure(false, "a step that has a kernel");
    }
}

void ColumnNodes::fold(NodeId id, StepKind step, VectorBuffer& out) {
    std::vector<VectorBuffer*>& operands = operands_[id];  // kept, so that a strip allocates nothing
    operands.clear();
    for (const NodeId child : program_.ast().children_of(id)) operands.push_back(&compute(child));
    const auto kind = step == StepKind::logical_and ? LogicalFold::Kind::all : LogicalFold::Kind::any;
    column_fold(kind, operands, rows_, out);
}

}  // namespace doudi::expr
