// SPDX-License-Identifier: Apache-2.0
#include "expr/column_kernels.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "base/result.h"
#include "expr/kleene.h"
#include "expr/operators.h"
#include "expr/planted_fault.h"

namespace doudi::expr {

#ifdef DOUDI_PLANTED_FAULTS
int planted_fault = 0;
#endif

namespace {

bool all_whole(const ColumnVector& left, const ColumnVector& right) {
    return left.denominators == nullptr && right.denominators == nullptr;
}

// The stronger of two lanes, row by row: value < none < unknown < error. True if one of them is none or
// error, which are odd: then the rows are looked at one by one.
bool stronger_lanes(const ColumnVector& left, const ColumnVector& right, std::size_t rows, Lane* lanes) {
    const Lane* a = left.lanes != nullptr ? left.lanes : right.lanes;
    const Lane* b = right.lanes != nullptr ? right.lanes : left.lanes;
    unsigned odd = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        lanes[row] = std::max(a[row], b[row]);
        odd |= static_cast<unsigned>(lanes[row]);
    }
    return (odd & 1U) != 0;
}
static_assert(Lane::value < Lane::none && Lane::none < Lane::unknown && Lane::unknown < Lane::error);
static_assert((static_cast<unsigned>(Lane::unknown) & 1U) == 0 &&
              (static_cast<unsigned>(Lane::none) & 1U) == 1);

// The code of a strict operation on two operands of which one is E or N: the leftmost E's.
Fault strict_fault(const ColumnVector& left, const ColumnVector& right, std::size_t row) {
    if (left.lane(row) == Lane::error) return left.fault(row);
    if (right.lane(row) == Lane::error) return right.fault(row);
    return Fault::type;
}

// The lanes of a strict operation (semantics 7). Leaves Lane::value where both have one.
void strict_lanes(const ColumnVector& left, const ColumnVector& right, std::size_t rows, VectorBuffer& out) {
    Lane* lanes = out.mark_lanes(rows);
    if (!stronger_lanes(left, right, rows, lanes)) return;
    for (std::size_t row = 0; row < rows; ++row) {
        if (lanes[row] == Lane::none || lanes[row] == Lane::error)
            out.set_fault(row, rows, strict_fault(left, right, row));
    }
}

// Whole numbers with a test for overflow that is looked at once a strip; the rows are gone through again only
// if one of them failed it.
template <class Operation>
void whole_numbers(Operation operation, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                   VectorBuffer& out) {
    std::int64_t* numbers = out.own_numbers();
    bool any = false;
    for (std::size_t row = 0; row < rows; ++row)
        any |= operation(left.numbers[row], right.numbers[row], &numbers[row]);
    if (!any || planted_fault == 1) return;
    for (std::size_t row = 0; row < rows; ++row) {
        const bool has_values = out.view().lane(row) == Lane::value;
        if (has_values && operation(left.numbers[row], right.numbers[row], &numbers[row]))
            out.set_fault(row, rows, Fault::overflow);
    }
}

void whole_division(Arithmetic op, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                    VectorBuffer& out) {
    std::int64_t* numbers = out.own_numbers();
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

// Products of fractions of which none leaves 64 bits as it is written, which most do not. Rows without a
// value are multiplied too: what comes out of them is not looked at. False: some did.
bool plain_products(const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                    VectorBuffer& out) {
    std::int64_t* numbers = out.own_numbers();
    std::int64_t* denominators = out.mark_denominators(rows);
    bool any = false;
    for (std::size_t row = 0; row < rows; ++row) {
        any |= __builtin_mul_overflow(left.numbers[row], right.numbers[row], &numbers[row]);
        any |= __builtin_mul_overflow(left.denominator(row), right.denominator(row), &denominators[row]);
    }
    return !any;
}

// Quotients of whole numbers by what is above zero: fractions as they are written. False: some are not.
bool plain_quotients(const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                     VectorBuffer& out) {
    if (!all_whole(left, right)) return false;
    bool all = true;
    for (std::size_t row = 0; row < rows; ++row)
        all &= right.numbers[row] > 0 || out.view().lane(row) != Lane::value;
    if (!all) return false;
    std::copy_n(left.numbers, rows, out.own_numbers());
    std::int64_t* denominators = out.mark_denominators(rows);
    for (std::size_t row = 0; row < rows; ++row)
        denominators[row] = std::max<std::int64_t>(right.numbers[row], 1);
    return true;
}

// Sums and differences over the same denominators. False: they differ, or some leave 64 bits.
bool plain_sums(Arithmetic op, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                VectorBuffer& out) {
    bool same = true;
    for (std::size_t row = 0; row < rows; ++row) same &= left.denominator(row) == right.denominator(row);
    if (!same) return false;
    std::int64_t* numbers = out.own_numbers();
    bool any = false;
    for (std::size_t row = 0; row < rows; ++row) {
        any |= op == Arithmetic::add
                   ? __builtin_add_overflow(left.numbers[row], right.numbers[row], &numbers[row])
                   : __builtin_sub_overflow(left.numbers[row], right.numbers[row], &numbers[row]);
    }
    if (any) return false;
    std::int64_t* denominators = out.mark_denominators(rows);
    for (std::size_t row = 0; row < rows; ++row) denominators[row] = left.denominator(row);
    return true;
}

bool plain_fractions(Arithmetic op, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                     VectorBuffer& out) {
    switch (op) {
        case Arithmetic::multiply:
            return plain_products(left, right, rows, out);
        case Arithmetic::divide:
            return plain_quotients(left, right, rows, out);
        case Arithmetic::add:
        case Arithmetic::subtract:
            return plain_sums(op, left, right, rows, out);
        default:
            return false;
    }
}

// Fractions, row by row in 128 bits.
void fractions(Arithmetic op, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
               VectorBuffer& out) {
    if (plain_fractions(op, left, right, rows, out)) return;
    std::int64_t* numbers = out.own_numbers();
    for (std::size_t row = 0; row < rows; ++row) {
        numbers[row] = 0;
        if (out.view().lane(row) != Lane::value) continue;
        const Rational divisor = right.rational(row);
        if (op == Arithmetic::divide && divisor.numerator == 0) {
            out.set_fault(row, rows, Fault::zero);
            continue;
        }
        const auto result = rational_result(op, left.rational(row), divisor);
        if (!result) {
            out.set_fault(row, rows, Fault::overflow);
            continue;
        }
        numbers[row] = result->numerator;
        if (result->denominator != 1 || out.view().denominators != nullptr)
            out.mark_denominators(rows)[row] = result->denominator;
    }
}

// Whether all numbers fit 32 bits: then no product of two of them leaves 64, and the machine multiplies four
// at once.
bool are_short(const std::int64_t* numbers, std::size_t rows) {
    std::uint64_t bits = 0;
    for (std::size_t row = 0; row < rows; ++row)
        bits |= static_cast<std::uint64_t>(numbers[row] < 0 ? ~numbers[row] : numbers[row]);
    return bits < std::uint64_t{1} << 31U;
}

void short_products(const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                    VectorBuffer& out) {
    std::int64_t* numbers = out.own_numbers();
    for (std::size_t row = 0; row < rows; ++row) {
        numbers[row] = std::int64_t{static_cast<std::int32_t>(left.numbers[row])} *
                       static_cast<std::int32_t>(right.numbers[row]);
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
            if (are_short(left.numbers, rows) && are_short(right.numbers, rows))
                return short_products(left, right, rows, out);
            return whole_numbers(multiply, left, right, rows, out);
        case Arithmetic::divide:
        case Arithmetic::remainder:
            return whole_division(op, left, right, rows, out);
    }
}

template <class Compare>
void compare_rows(Compare compare, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                  Truth* out) {
    if (all_whole(left, right)) {
        for (std::size_t row = 0; row < rows; ++row)
            out[row] = compare(left.numbers[row], right.numbers[row]) ? Truth::yes : Truth::no;
        return;
    }
    for (std::size_t row = 0; row < rows; ++row) {
        const Int128 a = Int128{left.numbers[row]} * right.denominator(row);
        const Int128 b = Int128{right.numbers[row]} * left.denominator(row);
        out[row] = compare(a, b) ? Truth::yes : Truth::no;
    }
}

void compare_by(BinaryOp op, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                Truth* out) {
    switch (op) {
        case BinaryOp::equal:
            return compare_rows([](auto a, auto b) { return a == b; }, left, right, rows, out);
        case BinaryOp::not_equal:
            return compare_rows([](auto a, auto b) { return a != b; }, left, right, rows, out);
        case BinaryOp::less:
            return compare_rows([](auto a, auto b) { return a < b; }, left, right, rows, out);
        case BinaryOp::less_equal:
            return compare_rows([](auto a, auto b) { return planted_fault == 4 ? a < b : a <= b; }, left,
                                right, rows, out);
        case BinaryOp::greater:
            return compare_rows([](auto a, auto b) { return a > b; }, left, right, rows, out);
        case BinaryOp::greater_equal:
            return compare_rows([](auto a, auto b) { return a >= b; }, left, right, rows, out);
        default:
            ensure(false, "equality or order");
    }
}

// Rows of a relation of which an operand is E or N. None equals none and nothing else (semantics 6).
void settle_odd_rows(BinaryOp op, const ColumnVector& left, const ColumnVector& right,
                     std::span<const Lane> lanes, Truth* truths, VectorBuffer& out) {
    const bool equality = op == BinaryOp::equal || op == BinaryOp::not_equal;
    for (std::size_t row = 0; row < lanes.size(); ++row) {
        if (lanes[row] == Lane::none && equality && planted_fault != 2) {
            const bool both_none = left.lane(row) == right.lane(row);
            truths[row] = both_none == (op == BinaryOp::equal) ? Truth::yes : Truth::no;
        } else if (lanes[row] == Lane::none || lanes[row] == Lane::error) {
            truths[row] = Truth::error;
            out.set_truth_fault(row, lanes.size(), strict_fault(left, right, row));
        }
    }
}

constexpr unsigned byte_of(Truth truth) {
    return static_cast<unsigned>(truth);
}
static_assert(byte_of(Truth::no) == 0 && byte_of(Truth::unknown) == 1 && byte_of(Truth::error) == 2 &&
              byte_of(Truth::yes) == 3);

// F < U < E < T with U and E changed over: what || takes the most of.
inline Truth changed_over(Truth truth) {
    if (planted_fault == 3) return truth;
    return static_cast<Truth>((byte_of(truth) & 1U) << 1U | byte_of(truth) >> 1U);
}
constexpr bool is_open(Truth truth) {
    return ((byte_of(truth) ^ byte_of(truth) >> 1U) & 1U) != 0;
}

}  // namespace

void column_arithmetic(Arithmetic op, TypeKind result, const ColumnVector& left, const ColumnVector& right,
                       std::size_t rows, VectorBuffer& out) {
    out.fresh_numbers();
    if (left.lanes != nullptr || right.lanes != nullptr) strict_lanes(left, right, rows, out);
    const bool divides_exactly = op == Arithmetic::divide && result != TypeKind::integer;
    if (!all_whole(left, right) || divides_exactly) return fractions(op, left, right, rows, out);
    whole_arithmetic(op, left, right, rows, out);
}

void column_relation(BinaryOp op, const ColumnVector& left, const ColumnVector& right, std::size_t rows,
                     VectorBuffer& out) {
    Truth* truths = out.fresh_truths();
    compare_by(op, left, right, rows, truths);
    if (left.lanes == nullptr && right.lanes == nullptr) return;
    std::array<Lane, strip_rows> lanes;
    const bool odd = stronger_lanes(left, right, rows, lanes.data());
    for (std::size_t row = 0; row < rows; ++row)
        truths[row] = lanes[row] == Lane::unknown ? Truth::unknown : truths[row];
    if (odd) settle_odd_rows(op, left, right, std::span(lanes).first(rows), truths, out);
}

void column_not(VectorBuffer& operand, std::size_t rows, VectorBuffer& out) {
    const Truth* from = operand.truths(rows);
    Truth* truths = out.fresh_truths();
    bool errors = false;
    for (std::size_t row = 0; row < rows; ++row) {
        truths[row] = is_open(from[row]) ? from[row] : static_cast<Truth>(3U - byte_of(from[row]));
        errors |= from[row] == Truth::error;
    }
    for (std::size_t row = 0; errors && row < rows; ++row) {
        if (from[row] == Truth::error) out.set_truth_fault(row, rows, operand.truth_fault(row));
    }
}

void column_fold(LogicalFold::Kind kind, std::span<VectorBuffer* const> operands, std::size_t rows,
                 VectorBuffer& out) {
    const bool is_and = kind == LogicalFold::Kind::all;
    for (VectorBuffer* operand : operands) (void)operand->truths(rows);
    Truth* truths = out.fresh_truths();
    std::fill_n(truths, rows, is_and ? Truth::yes : Truth::no);
    for (VectorBuffer* operand : operands) {
        const Truth* next = operand->truths(rows);
        if (is_and) {
            for (std::size_t row = 0; row < rows; ++row) truths[row] = std::min(truths[row], next[row]);
        } else {
            for (std::size_t row = 0; row < rows; ++row)
                truths[row] = changed_over(std::max(changed_over(truths[row]), changed_over(next[row])));
        }
    }
    bool errors = false;
    for (std::size_t row = 0; row < rows; ++row) errors |= truths[row] == Truth::error;
    for (std::size_t row = 0; errors && row < rows; ++row) {
        if (truths[row] != Truth::error) continue;
        const auto first = std::ranges::find_if(
            operands, [&](VectorBuffer* operand) { return operand->truths(rows)[row] == Truth::error; });
        out.set_truth_fault(row, rows, (*first)->truth_fault(row));
    }
}

namespace {

const std::array<Lane, strip_rows> all_values{};

// The lanes of a choice: the condition's where it is open, else the chosen branch's. True if one is an error.
bool chosen_lanes(const Truth* truths, const ColumnVector& then, const ColumnVector& otherwise,
                  std::size_t rows, Lane* lanes) {
    const Lane* yes = then.lanes != nullptr ? then.lanes : all_values.data();
    const Lane* no = otherwise.lanes != nullptr ? otherwise.lanes : all_values.data();
    bool errors = false;
    for (std::size_t row = 0; row < rows; ++row) {
        const Lane chosen = truths[row] == Truth::yes ? yes[row] : no[row];
        const bool unknown = truths[row] == Truth::unknown;
        const Lane open = unknown && planted_fault != 5 ? Lane::unknown : Lane::error;
        lanes[row] = is_open(truths[row]) ? open : chosen;
        errors |= lanes[row] == Lane::error;
    }
    return errors;
}

}  // namespace

void column_conditional(VectorBuffer& condition, const ColumnVector& then, const ColumnVector& otherwise,
                        std::size_t rows, VectorBuffer& out) {
    const Truth* truths = condition.truths(rows);
    std::int64_t* numbers = out.fresh_numbers();
    unsigned open = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        numbers[row] = truths[row] == Truth::yes ? then.numbers[row] : otherwise.numbers[row];
        open |= static_cast<unsigned>(is_open(truths[row]));
    }
    const auto chosen = [&](std::size_t row) -> const ColumnVector& {
        return truths[row] == Truth::yes ? then : otherwise;
    };
    if (!all_whole(then, otherwise)) {
        std::int64_t* denominators = out.mark_denominators(rows);
        for (std::size_t row = 0; row < rows; ++row) denominators[row] = chosen(row).denominator(row);
    }
    if (then.lanes == nullptr && otherwise.lanes == nullptr && open == 0) return;
    if (!chosen_lanes(truths, then, otherwise, rows, out.mark_lanes(rows))) return;
    for (std::size_t row = 0; row < rows; ++row) {
        if (out.view().lane(row) != Lane::error) continue;
        const bool by_condition = truths[row] == Truth::error;
        out.set_fault(row, rows, by_condition ? condition.truth_fault(row) : chosen(row).fault(row));
    }
}

void column_has(const ColumnVector& operand, std::size_t rows, VectorBuffer& out) {
    Truth* truths = out.fresh_truths();
    for (std::size_t row = 0; row < rows; ++row) {
        const Lane lane = operand.lane(row);
        truths[row] = lane == Lane::value     ? Truth::yes
                      : lane == Lane::none    ? Truth::no
                      : lane == Lane::unknown ? Truth::unknown
                                              : Truth::error;
        if (lane == Lane::error) out.set_truth_fault(row, rows, operand.fault(row));
    }
}

}  // namespace doudi::expr
