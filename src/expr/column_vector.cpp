// SPDX-License-Identifier: Apache-2.0
#include "expr/column_vector.h"

#include "base/result.h"

namespace doudi::expr {

bool is_vector_kind(TypeKind kind) {
    switch (kind) {
        case TypeKind::null:
        case TypeKind::boolean:
        case TypeKind::integer:
        case TypeKind::date:
        case TypeKind::money:
        case TypeKind::amount:
        case TypeKind::ratio:
            return true;
        default:
            return false;
    }
}

Value value_of_kind(TypeKind kind, Rational number) {
    switch (kind) {
        case TypeKind::boolean:
            return Value::boolean(number.numerator != 0);
        case TypeKind::integer:
            return Value::integer(number.numerator);
        case TypeKind::date:
            return Value::date(Date::from_days(static_cast<std::int32_t>(number.numerator)));
        case TypeKind::money:
            return Value::money(Money::fen(number.numerator));
        case TypeKind::amount:
            return Value::amount(number);
        case TypeKind::ratio:
            return Value::ratio(number);
        default:
            ensure(false, "a kind that a vector holds");
            return {};
    }
}

Rational number_of(const Value& value) {
    if (value.is(TypeKind::boolean)) return {value.is_true() ? 1 : 0, 1};
    if (value.is(TypeKind::date)) return {value.as_date().days(), 1};
    return value.as_rational();
}

Value value_at(const ColumnVector& vector, TypeKind kind, std::size_t row) {
    switch (vector.lane(row)) {
        case Lane::value:
            return value_of_kind(kind, vector.rational(row));
        case Lane::none:
            return Value::none();
        case Lane::unknown:
            return Value::unknown(std::vector<FactId>{});
        case Lane::error:
            return Value::error(vector.fault(row));
    }
    return {};
}

Lane* VectorBuffer::mark_lanes(std::size_t rows) {
    if (view_.lanes == nullptr) {
        std::fill_n(memory_->lanes.begin(), rows, Lane::value);
        view_.lanes = memory_->lanes.data();
    }
    return memory_->lanes.data();
}

Fault* VectorBuffer::mark_faults(std::size_t rows) {
    if (view_.faults == nullptr) {
        std::fill_n(memory_->faults.begin(), rows, Fault::nothing);
        view_.faults = memory_->faults.data();
    }
    return memory_->faults.data();
}

std::int64_t* VectorBuffer::mark_denominators(std::size_t rows) {
    if (view_.denominators == nullptr) {
        std::fill_n(memory_->denominators.begin(), rows, std::int64_t{1});
        view_.denominators = memory_->denominators.data();
    }
    return memory_->denominators.data();
}

void VectorBuffer::set_fault(std::size_t row, std::size_t rows, Fault fault) {
    mark_lanes(rows)[row] = Lane::error;
    mark_faults(rows)[row] = fault;
}

const ColumnVector& VectorBuffer::numbers(std::size_t rows) {
    if (view_.numbers != nullptr) return view_;
    view_.numbers = memory_->numbers.data();
    bool all_values = true;
    for (std::size_t row = 0; row < rows; ++row) {
        memory_->numbers[row] = truths_[row] == Truth::yes ? 1 : 0;
        all_values &= truths_[row] == Truth::yes || truths_[row] == Truth::no;
    }
    if (all_values) return view_;
    Lane* lanes = mark_lanes(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        if (truths_[row] == Truth::unknown) lanes[row] = Lane::unknown;
        if (truths_[row] == Truth::error) lanes[row] = Lane::error;
    }
    return view_;
}

const Truth* VectorBuffer::truths(std::size_t rows) {
    if (truths_ != nullptr) return truths_;
    Truth* truths = memory_->truths.data();
    truths_ = truths;
    for (std::size_t row = 0; row < rows; ++row)
        truths[row] = view_.numbers[row] != 0 ? Truth::yes : Truth::no;
    if (view_.lanes == nullptr) return truths_;
    for (std::size_t row = 0; row < rows; ++row) {
        const Lane lane = view_.lanes[row];
        if (lane != Lane::value) truths[row] = lane == Lane::unknown ? Truth::unknown : Truth::error;
    }
    return truths_;
}

void VectorBuffer::put(std::size_t row, std::size_t rows, const Value& value) {
    memory_->numbers[row] = 0;
    if (value.is_error()) return set_fault(row, rows, value.fault());
    if (!value.is_value()) {
        mark_lanes(rows)[row] = value.lane();
        return;
    }
    if (view_.lanes != nullptr) memory_->lanes[row] = Lane::value;
    const Rational number = number_of(value);
    memory_->numbers[row] = number.numerator;
    if (number.denominator != 1) mark_denominators(rows)[row] = number.denominator;
}

}  // namespace doudi::expr
