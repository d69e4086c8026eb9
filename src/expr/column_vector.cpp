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

void VectorBuffer::put(std::size_t row, std::size_t rows, const Value& value) {
    memory_->numbers[row] = 0;
    if (value.is_error()) return set_fault(row, rows, value.fault());
    if (!value.is_value()) {
        mark_lanes(rows)[row] = value.lane();
        return;
    }
    if (view_.lanes != nullptr) memory_->lanes[row] = Lane::value;
    if (value.is(TypeKind::boolean)) {
        memory_->numbers[row] = value.is_true() ? 1 : 0;
    } else if (value.is(TypeKind::date)) {
        memory_->numbers[row] = value.as_date().days();
    } else {
        const Rational number = value.as_rational();
        memory_->numbers[row] = number.numerator;
        if (number.denominator != 1) mark_denominators(rows)[row] = number.denominator;
    }
}

}  // namespace doudi::expr
