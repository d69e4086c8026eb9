// SPDX-License-Identifier: Apache-2.0
#include "expr/column_kernels.h"

#include <algorithm>
#include <optional>

#include "base/result.h"
#include "expr/kleene.h"

namespace doudi::expr {
namespace {

bool all_whole(const ColumnOperand& left, const ColumnOperand& right) {
    return left.rows->denominators == nullptr && right.rows->denominators == nullptr;
}

// The lanes of a strict operation on rows of which some lack a value: the leftmost E, else U; N where the
// operator knows what to do with it is settled before. Leaves Lane::value where both have one.
void strict_lanes(const ColumnVector& left, const ColumnVector& right, std::size_t rows, VectorBuffer& out) {
    Lane* lanes = out.mark_lanes(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        const Lane a = left.lane(row);
        const Lane b = right.lane(row);
        if (a == Lane::error) {
            out.set_fault(row, rows, left.fault(row));
        } else if (b == Lane::error) {
            out.set_fault(row, rows, right.fault(row));
        } else if (a == Lane::unknown || b == Lane::unknown) {
            lanes[row] = Lane::unknown;
        } else if (a == Lane::none || b == Lane::none) {
            out.set_fault(row, rows, Fault::type);
        }
    }
}

// Whole numbers with a test for overflow that is looked at once a strip; the rows are gone through again only
// if one of them failed it.
template <class Operation>
void whole_numbers(Operation operation, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                   VectorBuffer& out) {
    std::int64_t* numbers = out.numbers();
    bool any = false;
    for (std::size_t row = 0; row < rows; ++row)
        any |= operation(left.numbers[row], right.numbers[row], &numbers[row]);
    if (!any) return;
    for (std::size_t row = 0; row < rows; ++row) {
        const bool has_values = out.view().lane(row) == Lane::value;
        if (has_values && operation(left.numbers[row], right.numbers[row], &numbers[row]))
            out.set_fault(row, rows, Fault::overflow);
    }
}

void whole_division(Arithmetic op, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                    VectorBuffer& out) {
    std::int64_t* numbers = out.numbers();
    for (std::size_t row = 0; row < rows; ++row) {
        numbers[row] = 0;
        if (out.view().lane(row) != Lane::value) continue;
        const std::int64_t a = left.numbers[row];
        const std::int64_t b = right.numbers[row];
        if (b == 0) {
            out.set_fault(row, rows, Fault::zero);
        } else if (a == std::numeric_limits<std::int64_t>::min() && b == -1) {
            out.set_fault(row, rows, Fault::overflow);
        } else {
            numbers[row] = op == Arithmetic::divide ? a / b : a % b;
        }
    }
}

std::optional<Rational> exact(Arithmetic op, Rational left, Rational right) {
    switch (op) {
        case Arithmetic::add:
            return left.plus(right);
        case Arithmetic::subtract:
            return left.minus(right);
        case Arithmetic::multiply:
            return left.times(right);
        default:
            return left.over(right);
    }
}

// Fractions, row by row in 128 bits.
void fractions(Arithmetic op, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
               VectorBuffer& out) {
    std::int64_t* numbers = out.numbers();
    for (std::size_t row = 0; row < rows; ++row) {
        numbers[row] = 0;
        if (out.view().lane(row) != Lane::value) continue;
        const Rational divisor = right.rational(row);
        if (op == Arithmetic::divide && divisor.numerator == 0) {
            out.set_fault(row, rows, Fault::zero);
            continue;
        }
        const auto result = exact(op, left.rational(row), divisor);
        if (!result) {
            out.set_fault(row, rows, Fault::overflow);
            continue;
        }
        numbers[row] = result->numerator;
        if (result->denominator != 1) out.mark_denominators(rows)[row] = result->denominator;
    }
}

void whole_arithmetic(Arithmetic op, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                      VectorBuffer& out) {
    const auto add = [](std::int64_t a, std::int64_t b, std::int64_t* sum) {
        return __builtin_add_overflow(a, b, sum);
    };
    const auto subtract = [](std::int64_t a, std::int64_t b, std::int64_t* rest) {
        return __builtin_sub_overflow(a, b, rest);
    };
    const auto multiply = [](std::int64_t a, std::int64_t b, std::int64_t* product) {
        return __builtin_mul_overflow(a, b, product);
    };
    switch (op) {
        case Arithmetic::add:
            return whole_numbers(add, left, right, rows, out);
        case Arithmetic::subtract:
            return whole_numbers(subtract, left, right, rows, out);
        case Arithmetic::multiply:
            return whole_numbers(multiply, left, right, rows, out);
        case Arithmetic::divide:
        case Arithmetic::remainder:
            return whole_division(op, left, right, rows, out);
    }
}

template <class Compare>
void compare_whole(Compare compare, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                   std::int64_t* out) {
    for (std::size_t row = 0; row < rows; ++row)
        out[row] = static_cast<std::int64_t>(compare(left.numbers[row], right.numbers[row]));
}

template <class Compare>
void compare_fractions(Compare compare, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                       std::int64_t* out) {
    for (std::size_t row = 0; row < rows; ++row) {
        const Int128 a = Int128{left.numbers[row]} * right.denominator(row);
        const Int128 b = Int128{right.numbers[row]} * left.denominator(row);
        out[row] = static_cast<std::int64_t>(compare(a, b));
    }
}

template <class Compare>
void compare_rows(Compare compare, ColumnOperand left, ColumnOperand right, std::size_t rows,
                  std::int64_t* out) {
    if (all_whole(left, right)) return compare_whole(compare, *left.rows, *right.rows, rows, out);
    compare_fractions(compare, *left.rows, *right.rows, rows, out);
}

void compare_by(BinaryOp op, ColumnOperand left, ColumnOperand right, std::size_t rows, std::int64_t* out) {
    switch (op) {
        case BinaryOp::equal:
            return compare_rows([](auto a, auto b) { return a == b; }, left, right, rows, out);
        case BinaryOp::not_equal:
            return compare_rows([](auto a, auto b) { return a != b; }, left, right, rows, out);
        case BinaryOp::less:
            return compare_rows([](auto a, auto b) { return a < b; }, left, right, rows, out);
        case BinaryOp::less_equal:
            return compare_rows([](auto a, auto b) { return a <= b; }, left, right, rows, out);
        case BinaryOp::greater:
            return compare_rows([](auto a, auto b) { return a > b; }, left, right, rows, out);
        case BinaryOp::greater_equal:
            return compare_rows([](auto a, auto b) { return a >= b; }, left, right, rows, out);
        default:
            ensure(false, "equality or order");
    }
}

// None equals none and nothing else; beyond that a relation is strict (semantics 6, 7).
void settle_none(BinaryOp op, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                 VectorBuffer& out) {
    Lane* lanes = out.mark_lanes(rows);
    const bool wants_equal = op == BinaryOp::equal;
    for (std::size_t row = 0; row < rows; ++row) {
        const Lane a = left.lane(row);
        const Lane b = right.lane(row);
        const bool told = (a == Lane::value || a == Lane::none) && (b == Lane::value || b == Lane::none);
        if (!told || (a == Lane::value && b == Lane::value)) continue;
        lanes[row] = Lane::value;
        out.numbers()[row] = static_cast<std::int64_t>((a == b) == wants_equal);
    }
}

// Truth of one row, with none as an error (kleene.h).
Truth truth_at(const ColumnVector& rows, std::size_t row) {
    switch (rows.lane(row)) {
        case Lane::value:
            return rows.numbers[row] != 0 ? Truth::yes : Truth::no;
        case Lane::unknown:
            return Truth::unknown;
        default:
            return Truth::error;
    }
}

Fault fault_at(const ColumnVector& rows, std::size_t row) {
    return rows.lane(row) == Lane::error ? rows.fault(row) : Fault::type;
}

// One row of a fold: what it was, and one more operand.
void fold_row(bool is_and, const ColumnVector& operand, std::size_t row, std::size_t rows, VectorBuffer& out) {
    const Truth decisive = is_and ? Truth::no : Truth::yes;
    const Truth so_far = truth_at(out.view(), row);
    const Truth next = truth_at(operand, row);
    if (so_far == decisive) return;
    Lane* lanes = out.mark_lanes(rows);
    if (next == decisive) {
        lanes[row] = Lane::value;
        out.numbers()[row] = is_and ? 0 : 1;
    } else if (so_far == Truth::unknown || next == Truth::unknown) {
        lanes[row] = Lane::unknown;
    } else if (so_far != Truth::error && next == Truth::error) {
        out.set_fault(row, rows, fault_at(operand, row));
    }
}

}  // namespace

void column_arithmetic(Arithmetic op, TypeKind result, ColumnOperand left, ColumnOperand right,
                       std::size_t rows, VectorBuffer& out) {
    out.fresh();
    if (left.rows->lanes != nullptr || right.rows->lanes != nullptr)
        strict_lanes(*left.rows, *right.rows, rows, out);
    const bool divides_exactly = op == Arithmetic::divide && result != TypeKind::integer;
    if (!all_whole(left, right) || divides_exactly) return fractions(op, *left.rows, *right.rows, rows, out);
    whole_arithmetic(op, *left.rows, *right.rows, rows, out);
}

void column_relation(BinaryOp op, ColumnOperand left, ColumnOperand right, std::size_t rows,
                     VectorBuffer& out) {
    out.fresh();
    const bool lacks_some = left.rows->lanes != nullptr || right.rows->lanes != nullptr;
    if (lacks_some) strict_lanes(*left.rows, *right.rows, rows, out);
    compare_by(op, left, right, rows, out.numbers());
    const bool equality = op == BinaryOp::equal || op == BinaryOp::not_equal;
    if (lacks_some && equality) settle_none(op, *left.rows, *right.rows, rows, out);
}

void column_not(const ColumnVector& operand, std::size_t rows, VectorBuffer& out) {
    out.fresh();
    for (std::size_t row = 0; row < rows; ++row) out.numbers()[row] = operand.numbers[row] == 0 ? 1 : 0;
    if (operand.lanes == nullptr) return;
    Lane* lanes = out.mark_lanes(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        const Truth truth = truth_at(operand, row);
        if (truth == Truth::unknown) lanes[row] = Lane::unknown;
        if (truth == Truth::error) out.set_fault(row, rows, fault_at(operand, row));
    }
}

void begin_fold(bool is_and, std::size_t rows, VectorBuffer& out) {
    out.fresh();
    std::fill_n(out.numbers(), rows, is_and ? 1 : 0);
}

void fold_in(bool is_and, const ColumnVector& operand, std::size_t rows, VectorBuffer& out) {
    std::int64_t* numbers = out.numbers();
    if (operand.lanes == nullptr && out.view().lanes == nullptr) {
        for (std::size_t row = 0; row < rows; ++row) {
            const std::int64_t next = operand.numbers[row] != 0 ? 1 : 0;
            numbers[row] = is_and ? numbers[row] & next : numbers[row] | next;
        }
        return;
    }
    for (std::size_t row = 0; row < rows; ++row) fold_row(is_and, operand, row, rows, out);
}

void column_conditional(const ColumnVector& condition, const ColumnVector& then, const ColumnVector& otherwise,
                        std::size_t rows, VectorBuffer& out) {
    out.fresh();
    std::int64_t* numbers = out.numbers();
    for (std::size_t row = 0; row < rows; ++row) {
        const Truth truth = truth_at(condition, row);
        const ColumnVector& chosen = truth == Truth::yes ? then : otherwise;
        numbers[row] = chosen.numbers[row];
        if (truth == Truth::unknown) {
            out.mark_lanes(rows)[row] = Lane::unknown;
        } else if (truth == Truth::error) {
            out.set_fault(row, rows, fault_at(condition, row));
        } else if (const Lane lane = chosen.lane(row); lane == Lane::error) {
            out.set_fault(row, rows, chosen.fault(row));
        } else if (lane != Lane::value) {
            out.mark_lanes(rows)[row] = lane;
        } else if (chosen.denominator(row) != 1) {
            out.mark_denominators(rows)[row] = chosen.denominator(row);
        }
    }
}

void column_has(const ColumnVector& operand, std::size_t rows, VectorBuffer& out) {
    out.fresh();
    for (std::size_t row = 0; row < rows; ++row)
        out.numbers()[row] = operand.lane(row) == Lane::value ? 1 : 0;
    if (operand.lanes == nullptr) return;
    Lane* lanes = out.mark_lanes(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        const Lane lane = operand.lane(row);
        if (lane == Lane::unknown) lanes[row] = lane;
        if (lane == Lane::error) out.set_fault(row, rows, operand.fault(row));
    }
}

}  // namespace doudi::expr
