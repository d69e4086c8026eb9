// SPDX-License-Identifier: Apache-2.0
// Inside the room: what the functions of functions.h do to strips, and `in`. All are strict (semantics 7).
#pragma once
#include <cstddef>
#include <span>
#include <string_view>

#include "expr/ast.h"
#include "expr/column_vector.h"
#include "expr/functions.h"
#include "expr/rational.h"

namespace doudi::expr {

using ColumnOperands = std::span<const ColumnVector* const>;

// min (want_least) or max of all operands.
void column_extreme(bool want_least, ColumnOperands operands, std::size_t rows, VectorBuffer& out);
// Whether the first operand equals one of the others. None equals none.
void column_in(ColumnOperands operands, std::size_t rows, VectorBuffer& out);
void column_round(const ColumnVector& amount, Rounding mode, std::size_t rows, VectorBuffer& out);
// addDays, addMonths.
void column_move_date(Function function, const ColumnVector& dates, const ColumnVector& counts,
                      std::size_t rows, VectorBuffer& out);
void column_known(const ColumnVector& operand, std::size_t rows, VectorBuffer& out);

// Texts as a column holds them: `numbers` are codes, each of a word.
struct TextVector {
    ColumnVector codes;
    std::span<const std::string_view> words;
};
// Equality and order of two texts. `order` is memory.
void column_text_relation(BinaryOp op, const TextVector& left, const TextVector& right, std::size_t rows,
                          VectorBuffer& order, VectorBuffer& out);

}  // namespace doudi::expr
