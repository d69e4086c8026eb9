// SPDX-License-Identifier: Apache-2.0
// Inside the room: what the operators do to strips. Each is the operator of operators.h and kleene.h, for rows
// that all have the same kinds; column_property_test.cpp holds each to them.
#pragma once
#include <cstddef>

#include "expr/ast.h"
#include "expr/column_vector.h"
#include "expr/type.h"

namespace doudi::expr {

// An operand: its rows and what kind they are.
struct ColumnOperand {
    const ColumnVector* rows;
    TypeKind kind;
};

void column_arithmetic(Arithmetic op, TypeKind result, ColumnOperand left, ColumnOperand right,
                       std::size_t rows, VectorBuffer& out);
// Equality and order; not `in`.
void column_relation(BinaryOp op, ColumnOperand left, ColumnOperand right, std::size_t rows,
                     VectorBuffer& out);
void column_not(const ColumnVector& operand, std::size_t rows, VectorBuffer& out);
// Adds one more operand to a fold over && or ||. The fold begins as the value of no operands.
void begin_fold(bool is_and, std::size_t rows, VectorBuffer& out);
void fold_in(bool is_and, const ColumnVector& operand, std::size_t rows, VectorBuffer& out);
void column_conditional(const ColumnVector& condition, const ColumnVector& then, const ColumnVector& otherwise,
                        std::size_t rows, VectorBuffer& out);
void column_has(const ColumnVector& operand, std::size_t rows, VectorBuffer& out);

}  // namespace doudi::expr
