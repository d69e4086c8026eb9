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
        case StepKind::relation:
            return relate(id, out);
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
        case StepKind::call:
            return call(id, out);
        default:
            ensure(false, "a step that has a kernel");
    }
}

void ColumnNodes::fold(NodeId id, StepKind step, VectorBuffer& out) {
    std::vector<VectorBuffer*>& all = truths_[id];
    all.clear();
    for (const NodeId child : program_.ast().children_of(id)) all.push_back(&compute(child));
    const auto kind = step == StepKind::logical_and ? LogicalFold::Kind::all : LogicalFold::Kind::any;
    column_fold(kind, all, rows_, out);
}

TextVector ColumnNodes::text(NodeId id) {
    return {numbers(id), plan_.texts(plan_.one_of(id)).words};
}

void ColumnNodes::relate(NodeId id, VectorBuffer& out) {
    const auto children = program_.ast().children_of(id);
    const BinaryOp op = program_.ast().node(id).binary_op();
    if (op == BinaryOp::in)
        return column_in(operands(id, children.first(1), program_.ast().children_of(children[1])), rows_,
                         out);
    if (program_.step(children[0]).type.kind == TypeKind::string) {
        const TextVector left = text(children[0]);
        return column_text_relation(op, left, text(children[1]), rows_, text_order_, out);
    }
    const ColumnVector& left = numbers(children[0]);
    column_relation(op, left, numbers(children[1]), rows_, out);
}

ColumnOperands ColumnNodes::operands(NodeId id, std::span<const NodeId> first, std::span<const NodeId> rest) {
    std::vector<const ColumnVector*>& all = operands_[id];
    all.clear();
    for (const NodeId child : first) all.push_back(&numbers(child));
    for (const NodeId child : rest) all.push_back(&numbers(child));
    return all;
}

void ColumnNodes::call(NodeId id, VectorBuffer& out) {
    const auto children = program_.ast().children_of(id);
    const Function function = program_.step(id).function;
    switch (function) {
        case Function::min:
        case Function::max:
            return column_extreme(function == Function::min, operands(id, children, {}), rows_, out);
        case Function::add_days:
        case Function::add_months: {
            const ColumnVector& dates = numbers(children[0]);
            return column_move_date(function, dates, numbers(children[1]), rows_, out);
        }
        case Function::round_fen:
            return column_round(numbers(children[0]), *parse_rounding(program_.ast().text(children[1])),
                                rows_, out);
        case Function::known:
            return column_known(numbers(children[0]), rows_, out);
        default:
            ensure(false, "a function that has a kernel");
    }
}

void ColumnNodes::look_up_words(NodeId id, std::size_t first, VectorBuffer& out) {
    words_.try_emplace(id, program_, plan_.scopes(), id, plan_.texts(id))
        .first->second.look_up(first, rows_, out);
}

std::uint64_t ColumnNodes::words_asked() const {
    std::uint64_t all = 0;
    for (const auto& [id, words] : words_) all += words.words_asked();
    return all;
}

void ColumnNodes::look_at(const FactColumn& column, std::size_t first, VectorBuffer& out) const {
    const auto from = [first](const auto* all) { return all == nullptr ? nullptr : all + first; };
    if (column.kind != TypeKind::string) {
        return out.look_at(
            {from(column.lanes), from(column.faults), from(column.numbers), from(column.denominators)});
    }
    std::int64_t* codes = out.fresh_numbers();
    for (std::size_t row = 0; row < rows_; ++row) codes[row] = column.codes[first + row];
    out.look_at({from(column.lanes), from(column.faults), codes, nullptr});
}

}  // namespace doudi::expr
