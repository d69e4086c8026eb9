// SPDX-License-Identifier: Apache-2.0
#include "expr/column_functions.h"

#include <algorithm>
#include <array>

#include "expr/column_kernels.h"
#include "expr/planted_fault.h"

namespace doudi::expr {
namespace {

const std::array<std::int64_t, strip_rows> zeros{};

bool some_lack(ColumnOperands operands) {
    return std::ranges::any_of(operands, [](const ColumnVector* one) { return one->lanes != nullptr; });
}

bool some_are_fractions(ColumnOperands operands) {
    return std::ranges::any_of(operands,
                               [](const ColumnVector* one) { return one->denominators != nullptr; });
}

// The strongest lane of each row: value < none < unknown < error. True if some are none or errors.
bool strongest_lanes(ColumnOperands operands, std::size_t rows, Lane* lanes) {
    std::fill_n(lanes, rows, Lane::value);
    unsigned odd = 0;
    for (const ColumnVector* operand : operands) {
        if (operand->lanes == nullptr) continue;
        for (std::size_t row = 0; row < rows; ++row) {
            lanes[row] = std::max(lanes[row], operand->lanes[row]);
            odd |= static_cast<unsigned>(lanes[row]);
        }
    }
    return (odd & 1U) != 0;
}

// The leftmost error's code; type if there is none, which is what N gives.
Fault leftmost_fault(ColumnOperands operands, std::size_t row) {
    const auto is_error = [row](const ColumnVector* one) { return one->lane(row) == Lane::error; };
    if (planted_fault == 6 && is_error(operands.back())) return operands.back()->fault(row);
    const auto first = std::ranges::find_if(operands, is_error);
    return first == operands.end() ? Fault::type : (*first)->fault(row);
}

// The lanes of a strict function for which N is an error of type.
void strict_lanes(ColumnOperands operands, std::size_t rows, VectorBuffer& out) {
    if (!some_lack(operands)) return;
    if (!strongest_lanes(operands, rows, out.mark_lanes(rows))) return;
    for (std::size_t row = 0; row < rows; ++row) {
        const Lane lane = out.view().lane(row);
        if (lane == Lane::none || lane == Lane::error)
            out.set_fault(row, rows, leftmost_fault(operands, row));
    }
}

// Rows where `other` lies beyond what was found so far.
void keep_extreme(bool want_least, const ColumnVector& other, std::size_t rows, VectorBuffer& out) {
    std::int64_t* numbers = out.own_numbers();
    if (out.view().denominators == nullptr) {
        for (std::size_t row = 0; row < rows; ++row)
            numbers[row] = want_least ? std::min(numbers[row], other.numbers[row])
                                      : std::max(numbers[row], other.numbers[row]);
        return;
    }
    std::int64_t* denominators = out.mark_denominators(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        const Rational best{numbers[row], denominators[row]};
        const Rational next = other.rational(row);
        if (want_least ? next >= best : next <= best) continue;
        numbers[row] = next.numerator;
        denominators[row] = next.denominator;
    }
}

// Rows of which the two are equal are marked; lanes that decide otherwise come after.
void mark_equal(const ColumnVector& item, const ColumnVector& other, std::size_t rows, Truth* truths) {
    const bool whole = item.denominators == nullptr && other.denominators == nullptr;
    const bool lack = item.lanes != nullptr || other.lanes != nullptr;
    for (std::size_t row = 0; whole && !lack && row < rows; ++row)
        truths[row] = item.numbers[row] == other.numbers[row] ? Truth::yes : truths[row];
    for (std::size_t row = 0; (!whole || lack) && row < rows; ++row) {
        const Lane lane = item.lane(row);
        if (lane != other.lane(row)) continue;
        const bool both_none = lane == Lane::none;
        if (both_none || (lane == Lane::value && item.rational(row) == other.rational(row)))
            truths[row] = Truth::yes;
    }
}

std::int64_t order_of(const TextVector& left, const TextVector& right, std::size_t row) {
    const bool compared = left.codes.lane(row) == Lane::value && right.codes.lane(row) == Lane::value;
    if (!compared) return 0;
    const auto word = [row](const TextVector& texts) {
        return texts.words[static_cast<std::size_t>(texts.codes.numbers[row])];
    };
    const int order = word(left).compare(word(right));
    if (planted_fault == 8) return left.codes.numbers[row] - right.codes.numbers[row];
    return order;
}

}  // namespace

void column_extreme(bool want_least, ColumnOperands operands, std::size_t rows, VectorBuffer& out) {
    std::copy_n(operands[0]->numbers, rows, out.fresh_numbers());
    if (some_are_fractions(operands)) {
        std::int64_t* denominators = out.mark_denominators(rows);
        for (std::size_t row = 0; row < rows; ++row) denominators[row] = operands[0]->denominator(row);
    }
    for (const ColumnVector* operand : operands.subspan(1)) keep_extreme(want_least, *operand, rows, out);
    strict_lanes(operands, rows, out);
}

void column_in(ColumnOperands operands, std::size_t rows, VectorBuffer& out) {
    Truth* truths = out.fresh_truths();
    std::fill_n(truths, rows, Truth::no);
    for (const ColumnVector* other : operands.subspan(1)) mark_equal(*operands[0], *other, rows, truths);
    if (!some_lack(operands)) return;
    std::array<Lane, strip_rows> lanes;
    strongest_lanes(operands, rows, lanes.data());
    for (std::size_t row = 0; row < rows; ++row) {
        if (lanes[row] == Lane::unknown) truths[row] = Truth::unknown;
        if (lanes[row] != Lane::error && !(planted_fault == 7 && lanes[row] == Lane::none)) continue;
        truths[row] = Truth::error;
        out.set_truth_fault(row, rows, leftmost_fault(operands, row));
    }
}

void column_round(const ColumnVector& amount, Rounding mode, std::size_t rows, VectorBuffer& out) {
    std::int64_t* numbers = out.fresh_numbers();
    std::copy_n(amount.numbers, rows, numbers);
    const Rounding used = planted_fault == 9 && mode == Rounding::half_even ? Rounding::half_up : mode;
    for (std::size_t row = 0; amount.denominators != nullptr && row < rows; ++row) {
        if (amount.lane(row) == Lane::value) numbers[row] = round(amount.rational(row), used);
    }
    const ColumnVector* operand = &amount;
    strict_lanes({&operand, 1}, rows, out);
}

void column_move_date(Function function, const ColumnVector& dates, const ColumnVector& counts,
                      std::size_t rows, VectorBuffer& out) {
    std::int64_t* numbers = out.fresh_numbers();
    const std::array<const ColumnVector*, 2> operands{&dates, &counts};
    strict_lanes(operands, rows, out);
    for (std::size_t row = 0; row < rows; ++row) {
        numbers[row] = 0;
        if (out.view().lane(row) != Lane::value) continue;
        const Date date = Date::from_days(static_cast<std::int32_t>(dates.numbers[row]));
        const auto moved = moved_date(function, date, counts.numbers[row]);
        if (moved)
            numbers[row] = moved->days();
        else
            out.set_fault(row, rows, planted_fault == 10 ? Fault::overflow : Fault::range);
    }
}

void column_known(const ColumnVector& operand, std::size_t rows, VectorBuffer& out) {
    Truth* truths = out.fresh_truths();
    for (std::size_t row = 0; row < rows; ++row) {
        const Lane lane = operand.lane(row);
        const bool known = planted_fault == 11 ? lane == Lane::value : lane != Lane::unknown;
        truths[row] = lane == Lane::error ? Truth::error : known ? Truth::yes : Truth::no;
        if (lane == Lane::error) out.set_truth_fault(row, rows, operand.fault(row));
    }
}

void column_text_relation(BinaryOp op, const TextVector& left, const TextVector& right, std::size_t rows,
                          VectorBuffer& order, VectorBuffer& out) {
    std::int64_t* orders = order.fresh_numbers();
    for (std::size_t row = 0; row < rows; ++row) orders[row] = order_of(left, right, row);
    const ColumnVector one{left.codes.lanes, left.codes.faults, orders, nullptr};
    const ColumnVector other{right.codes.lanes, right.codes.faults, zeros.data(), nullptr};
    column_relation(op, one, other, rows, out);
}

}  // namespace doudi::expr
