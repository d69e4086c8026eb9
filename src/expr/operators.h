// SPDX-License-Identifier: Apache-2.0
// The strict operators on values (semantics 6, 7, 13-18): the leftmost E, else U with every operand's facts,
// else the result. No operation traps and none rounds.
#pragma once
#include <compare>
#include <optional>
#include <span>

#include "expr/ast.h"
#include "expr/value.h"

namespace doudi::expr {

// The E or the U that decides a strict operation before it is computed; empty if every operand is V or N.
[[nodiscard]] std::optional<Value> strict_lane(std::span<const Value> operands);

// Of exact fractions; empty if it does not fit, or for a remainder. The divisor must not be zero.
[[nodiscard]] std::optional<Rational> rational_result(Arithmetic op, Rational left, Rational right);
[[nodiscard]] Value arithmetic(Arithmetic op, const Value& left, const Value& right);
[[nodiscard]] Value negate(const Value& operand);
// ==, !=, <, <=, >, >= and in.
[[nodiscard]] Value relation(BinaryOp op, const Value& left, const Value& right);
// list[int], map[key].
[[nodiscard]] Value index_of(const Value& container, const Value& index);

// Of two operands that are V or N. none equals none only; values of different kinds differ, but numbers
// compare by value.
[[nodiscard]] bool equal_values(const Value& left, const Value& right);
// Empty if the two have no order at all; unordered if one is NaN.
[[nodiscard]] std::optional<std::partial_ordering> order_values(const Value& left, const Value& right);
// The value behind a key; null if there is none.
[[nodiscard]] const Value* find_key(const Value& map, const Value& key);

}  // namespace doudi::expr
