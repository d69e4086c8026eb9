// SPDX-License-Identifier: Apache-2.0
// Inside the room: what the operators do to strips. Each is the operator of operators.h and kleene.h, for
// rows that all have the same kinds; columns_test.cpp holds each to them.
#pragma once
#include <cstddef>
#include <span>

#include "expr/ast.h"
#include "expr/column_vector.h"
#include "expr/type.h"

namespace doudi::expr {

// What the operator does with two numbers of these kinds, whose result is of a kind that is no bool.
void column_arithmetic(Arithmetic op, TypeKind result, const ColumnVector& left, const ColumnVector& right,
                       std::size_t rows, VectorBuffer& out);
// Equality and order; not `in`.
void column_relation(BinaryOp op, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                     VectorBuffer& out);
void column_not(VectorBuffer& operand, std::size_t rows, VectorBuffer& out);
// && or || of all operands, in their order.
void column_fold(LogicalFold::Kind kind, std::span<VectorBuffer* const> operands, std::size_t rows,
                 VectorBuffer& out);
void column_conditional(VectorBuffer& condition, const ColumnVector& then, const ColumnVector& otherwise,
                        std::size_t rows, VectorBuffer& out);
void column_has(const ColumnVector& operand, std::size_t rows, VectorBuffer& out);

}  // namespace doudi::expr
