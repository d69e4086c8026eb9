// SPDX-License-Identifier: Apache-2.0
#include "expr/operators.h"

#include <cmath>
#include <limits>

namespace doudi::expr {

namespace {

template <class Number>
std::optional<Number> checked(Arithmetic op, Number left, Number right) {
    Number result = 0;
    bool overflow = false;
    switch (op) {
        case Arithmetic::add:
            overflow = __builtin_add_overflow(left, right, &result);
            break;
        case Arithmetic::subtract:
            overflow = __builtin_sub_overflow(left, right, &result);
            break;
        case Arithmetic::multiply:
            overflow = __builtin_mul_overflow(left, right, &result);
            break;
        case Arithmetic::divide:
        case Arithmetic::remainder: {
            // MIN / -1 does not fit; MIN % -1 is taken the same way, as CEL does: both are one instruction
            // that traps.
            if constexpr (std::numeric_limits<Number>::is_signed)
                overflow = left == std::numeric_limits<Number>::min() && right == -1;
            if (!overflow) result = op == Arithmetic::divide ? left / right : left % right;
            break;
        }
    }
    if (overflow) return std::nullopt;
    return result;
}

bool divides(Arithmetic op) {
    return op == Arithmetic::divide || op == Arithmetic::remainder;
}

Value integer_result(Arithmetic op, std::int64_t left, std::int64_t right) {
    if (divides(op) && right == 0) return Value::error(Fault::zero);
    const auto result = checked(op, left, right);
    return result ? Value::integer(*result) : Value::error(Fault::overflow);
}

Value uinteger_result(Arithmetic op, std::uint64_t left, std::uint64_t right) {
    if (divides(op) && right == 0) return Value::error(Fault::zero);
    const auto result = checked(op, left, right);
    return result ? Value::uinteger(*result) : Value::error(Fault::overflow);
}

Value floating_result(Arithmetic op, double left, double right) {
    switch (op) {
        case Arithmetic::add:
            return Value::floating(left + right);
        case Arithmetic::subtract:
            return Value::floating(left - right);
        case Arithmetic::multiply:
            return Value::floating(left * right);
        case Arithmetic::divide:
            return Value::floating(left / right);
        case Arithmetic::remainder:
            break;
    }
    return Value::error(Fault::type);
}

Value joined(const Value& left, const Value& right) {
    if (left.is(TypeKind::list)) {
        std::vector<Value> items(left.items().begin(), left.items().end());
        items.insert(items.end(), right.items().begin(), right.items().end());
        return Value::list(std::move(items));
    }
    std::string text = std::string(left.as_text()) + std::string(right.as_text());
    return left.is(TypeKind::bytes) ? Value::bytes(std::move(text)) : Value::string(std::move(text));
}

// Money, Amount and Ratio in any mixture: exact, in 128 bits, checked once.
Value exact_result(Arithmetic op, TypeKind kind, Rational left, Rational right) {
    if (divides(op) && right.numerator == 0) return Value::error(Fault::zero);
    const auto result = rational_result(op, left, right);
    if (!result) return Value::error(Fault::overflow);
    if (kind == TypeKind::money) return Value::money(Money::fen(result->numerator));
    return kind == TypeKind::amount ? Value::amount(*result) : Value::ratio(*result);
}

// In one sum of nanoseconds, its range checked once.
Value time_result(Arithmetic op, TypeKind kind, Moment left, Moment right) {
    const Int128 nanos = op == Arithmetic::add ? total_nanos(left) + total_nanos(right)
                                               : total_nanos(left) - total_nanos(right);
    const auto moment = kind == TypeKind::timestamp ? timestamp_from(nanos) : duration_from(nanos);
    if (!moment) return Value::error(Fault::range);
    return kind == TypeKind::timestamp ? Value::timestamp(*moment) : Value::duration(*moment);
}

Value compute(Arithmetic op, TypeKind kind, const Value& left, const Value& right) {
    switch (kind) {
        case TypeKind::integer:
            if (left.is(TypeKind::date)) return Value::integer(left.as_date() - right.as_date());
            return integer_result(op, left.as_integer(), right.as_integer());
        case TypeKind::uinteger:
            return uinteger_result(op, left.as_uinteger(), right.as_uinteger());
        case TypeKind::floating:
            return floating_result(op, left.as_floating(), right.as_floating());
        case TypeKind::string:
        case TypeKind::bytes:
        case TypeKind::list:
            return joined(left, right);
        case TypeKind::timestamp:
        case TypeKind::duration:
            return time_result(op, kind, left.as_moment(), right.as_moment());
        default:
            return exact_result(op, kind, left.as_rational(), right.as_rational());
    }
}

// As the reference implementations compare: beyond the whole numbers' range by size, within it as doubles.
template <class Whole>
std::partial_ordering order_whole_double(Whole left, double right) {
    if (right > static_cast<double>(std::numeric_limits<Whole>::max())) return std::partial_ordering::less;
    if (right < static_cast<double>(std::numeric_limits<Whole>::min())) return std::partial_ordering::greater;
    return static_cast<double>(left) <=> right;
}

std::partial_ordering order_int_uint(std::int64_t left, std::uint64_t right) {
    if (left < 0) return std::partial_ordering::less;
    return static_cast<std::uint64_t>(left) <=> right;
}

std::partial_ordering reversed(std::partial_ordering order) {
    return 0 <=> order;
}

std::partial_ordering order_cel_numbers(const Value& left, const Value& right) {
    switch (left.kind()) {
        case TypeKind::integer:
            if (right.is(TypeKind::integer)) return left.as_integer() <=> right.as_integer();
            if (right.is(TypeKind::uinteger)) return order_int_uint(left.as_integer(), right.as_uinteger());
            return order_whole_double(left.as_integer(), right.as_floating());
        case TypeKind::uinteger:
            if (right.is(TypeKind::uinteger)) return left.as_uinteger() <=> right.as_uinteger();
            if (right.is(TypeKind::integer)) return reversed(order_cel_numbers(right, left));
            return order_whole_double(left.as_uinteger(), right.as_floating());
        default:
            if (right.is(TypeKind::floating)) return left.as_floating() <=> right.as_floating();
            return reversed(order_cel_numbers(right, left));
    }
}

bool is_exact(TypeKind kind) {
    return kind == TypeKind::money || kind == TypeKind::amount || kind == TypeKind::ratio;
}

bool equal_lists(const Value& left, const Value& right) {
    if (left.items().size() != right.items().size()) return false;
    for (std::size_t i = 0; i < left.items().size(); ++i)
        if (!equal_values(left.items()[i], right.items()[i])) return false;
    return true;
}

bool equal_maps(const Value& left, const Value& right) {
    if (left.items().size() != right.items().size()) return false;
    for (std::size_t i = 0; i < left.items().size(); i += 2) {
        const Value* other = find_key(right, left.items()[i]);
        if (other == nullptr || !equal_values(left.items()[i + 1], *other)) return false;
    }
    return true;
}

bool holds(BinaryOp op, std::partial_ordering order) {
    switch (op) {
        case BinaryOp::less:
            return order < 0;
        case BinaryOp::less_equal:
            return order <= 0;
        case BinaryOp::greater:
            return order > 0;
        default:
            return order >= 0;
    }
}

Value is_in(const Value& item, const Value& container) {
    if (container.is(TypeKind::map)) return Value::boolean(find_key(container, item) != nullptr);
    if (!container.is(TypeKind::list)) return Value::error(Fault::type);
    for (const Value& each : container.items())
        if (equal_values(item, each)) return Value::boolean(true);
    return Value::boolean(false);
}

}  // namespace

std::optional<Rational> rational_result(Arithmetic op, Rational left, Rational right) {
    switch (op) {
        case Arithmetic::add:
            return left.plus(right);
        case Arithmetic::subtract:
            return left.minus(right);
        case Arithmetic::multiply:
            return left.times(right);
        case Arithmetic::divide:
            return left.over(right);
        case Arithmetic::remainder:
            break;
    }
    return std::nullopt;
}

std::optional<Value> strict_lane(std::span<const Value> operands) {
    const Value* first_unknown = nullptr;
    std::size_t unknowns = 0;
    for (const Value& operand : operands) {
        if (operand.is_error()) return operand;
        if (!operand.is_unknown()) continue;
        if (first_unknown == nullptr) first_unknown = &operand;
        ++unknowns;
    }
    if (first_unknown == nullptr) return std::nullopt;
    if (unknowns == 1) return *first_unknown;
    std::vector<FactId> facts;
    for (const Value& operand : operands)
        facts.insert(facts.end(), operand.facts().begin(), operand.facts().end());
    return Value::unknown(std::move(facts));
}

Value arithmetic(Arithmetic op, const Value& left, const Value& right) {
    const Value operands[] = {left, right};
    if (auto decided = strict_lane(operands)) return *decided;
    if (!left.is_value() || !right.is_value()) return Value::error(Fault::type);
    const auto kind = arithmetic_result(op, left.kind(), right.kind());
    return kind ? compute(op, *kind, left, right) : Value::error(Fault::type);
}

Value negate(const Value& operand) {
    if (!operand.is_value()) return operand.is_none() ? Value::error(Fault::type) : operand;
    switch (operand.kind()) {
        case TypeKind::integer:
            return integer_result(Arithmetic::subtract, 0, operand.as_integer());
        case TypeKind::floating:
            return Value::floating(-operand.as_floating());
        case TypeKind::money:
        case TypeKind::amount:
        case TypeKind::ratio:
            return exact_result(Arithmetic::subtract, operand.kind(), Rational{}, operand.as_rational());
        default:
            return Value::error(Fault::type);
    }
}

Value relation(BinaryOp op, const Value& left, const Value& right) {
    const Value operands[] = {left, right};
    if (auto decided = strict_lane(operands)) return *decided;
    if (op == BinaryOp::in) return is_in(left, right);
    if (op == BinaryOp::equal) return Value::boolean(equal_values(left, right));
    if (op == BinaryOp::not_equal) return Value::boolean(!equal_values(left, right));
    const auto order = order_values(left, right);
    return order ? Value::boolean(holds(op, *order)) : Value::error(Fault::type);
}

Value index_of(const Value& container, const Value& index) {
    const Value operands[] = {container, index};
    if (auto decided = strict_lane(operands)) return *decided;
    if (container.is(TypeKind::map)) {
        const Value* found = find_key(container, index);
        return found == nullptr ? Value::error(Fault::key) : *found;
    }
    const bool is_number =
        index.is(TypeKind::integer) || index.is(TypeKind::uinteger) || index.is(TypeKind::floating);
    if (!container.is(TypeKind::list) || !is_number) return Value::error(Fault::type);
    const auto items = container.items();
    const auto size = static_cast<std::int64_t>(items.size());
    if (index.is(TypeKind::integer) && index.as_integer() >= 0 && index.as_integer() < size)
        return items[static_cast<std::size_t>(index.as_integer())];
    if (index.is(TypeKind::uinteger) && index.as_uinteger() < items.size()) return items[index.as_uinteger()];
    if (index.is(TypeKind::floating)) {
        const double number = index.as_floating();
        if (number >= 0 && number < static_cast<double>(size) && number == std::floor(number))
            return items[static_cast<std::size_t>(number)];
    }
    return Value::error(Fault::index);
}

bool equal_values(const Value& left, const Value& right) {
    if (!left.is_value() || !right.is_value()) return left.is_none() && right.is_none();
    if (const auto order = order_values(left, right)) return *order == 0;
    if (left.kind() != right.kind()) return false;
    switch (left.kind()) {
        case TypeKind::list:
            return equal_lists(left, right);
        case TypeKind::map:
            return equal_maps(left, right);
        case TypeKind::type:
            return left.as_text() == right.as_text();
        case TypeKind::structure:
            return left.as_structure() == right.as_structure();
        default:
            return false;
    }
}

std::optional<std::partial_ordering> order_values(const Value& left, const Value& right) {
    if (!left.is_value() || !right.is_value() || !is_ordered(left.kind(), right.kind())) return std::nullopt;
    switch (left.kind()) {
        case TypeKind::boolean:
            return left.as_boolean() <=> right.as_boolean();
        case TypeKind::string:
        case TypeKind::bytes:
            return left.as_text() <=> right.as_text();  // bytes of UTF-8 order as code points do
        case TypeKind::date:
            return left.as_date() <=> right.as_date();
        case TypeKind::timestamp:
        case TypeKind::duration:
            return left.as_moment() <=> right.as_moment();
        default:
            break;
    }
    if (is_exact(left.kind()) || is_exact(right.kind())) return left.as_rational() <=> right.as_rational();
    return order_cel_numbers(left, right);
}

const Value* find_key(const Value& map, const Value& key) {
    const auto pairs = map.items();
    for (std::size_t i = 0; i < pairs.size(); i += 2)
        if (equal_values(pairs[i], key)) return &pairs[i + 1];
    return nullptr;
}

}  // namespace doudi::expr
