// SPDX-License-Identifier: Apache-2.0
#include "expr/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "base/result.h"
#include "expr/literal.h"
#include "expr/operators.h"

namespace doudi::expr {

struct Value::Heap {
    std::string text;
    std::vector<Value> items;
    std::vector<FactId> facts;
};

std::string_view fault_name(Fault fault) {
    switch (fault) {
        case Fault::nothing:
            return "nothing";
        case Fault::overflow:
            return "overflow";
        case Fault::zero:
            return "zero";
        case Fault::empty:
            return "empty";
        case Fault::type:
            return "type";
        case Fault::index:
            return "index";
        case Fault::key:
            return "key";
        case Fault::name:
            return "name";
        case Fault::range:
            return "range";
        case Fault::encoding:
            return "encoding";
        case Fault::pattern:
            return "pattern";
        case Fault::limit:
            return "limit";
    }
    return "nothing";
}

Value Value::unknown(FactId fact) {
    return unknown(std::vector{fact});
}

Value Value::unknown(std::vector<FactId> facts) {
    std::ranges::sort(facts);
    facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
    Value value;
    value.lane_ = Lane::unknown;
    value.heap_ = std::make_shared<const Heap>(Heap{{}, {}, std::move(facts)});
    return value;
}

Value Value::error(Fault fault) {
    Value value;
    value.lane_ = Lane::error;
    value.fault_ = fault;
    return value;
}

Value Value::number(TypeKind kind, std::int64_t number) {
    return fraction(kind, {number, 1});
}

Value Value::fraction(TypeKind kind, Rational rational) {
    Value value;
    value.lane_ = Lane::value;
    value.kind_ = kind;
    value.rational_ = rational;
    return value;
}

Value Value::moment(TypeKind kind, Moment moment) {
    return fraction(kind, {moment.seconds, moment.nanos});
}

Value Value::uinteger(std::uint64_t value) {
    return number(TypeKind::uinteger, std::bit_cast<std::int64_t>(value));
}

Value Value::floating(double value) {
    return number(TypeKind::floating, std::bit_cast<std::int64_t>(value));
}

Value Value::owned(TypeKind kind, std::string text) {
    Value value = number(kind, 0);
    value.heap_ = std::make_shared<const Heap>(Heap{std::move(text), {}, {}});
    value.text_ = value.heap_->text;
    return value;
}

Value Value::borrowed_string(std::string_view text) {
    Value value = number(TypeKind::string, 0);
    value.text_ = text;
    return value;
}

Value Value::items_of(TypeKind kind, std::vector<Value> items) {
    Value value = number(kind, 0);
    value.heap_ = std::make_shared<const Heap>(Heap{{}, std::move(items), {}});
    return value;
}

Value Value::structure(StructHandle handle) {
    Value value = number(TypeKind::structure, std::bit_cast<std::int64_t>(handle.row));
    value.structure_ = handle.structure;
    return value;
}

std::span<const FactId> Value::facts() const {
    if (lane_ != Lane::unknown) return {};
    return heap_->facts;
}

bool Value::as_boolean() const {
    ensure(is(TypeKind::boolean), "value is a bool");
    return rational_.numerator != 0;
}

std::int64_t Value::as_integer() const {
    ensure(is(TypeKind::integer), "value is an int");
    return rational_.numerator;
}

std::uint64_t Value::as_uinteger() const {
    ensure(is(TypeKind::uinteger), "value is a uint");
    return std::bit_cast<std::uint64_t>(rational_.numerator);
}

double Value::as_floating() const {
    ensure(is(TypeKind::floating), "value is a double");
    return std::bit_cast<double>(rational_.numerator);
}

Date Value::as_date() const {
    ensure(is(TypeKind::date), "value is a date");
    return Date::from_days(static_cast<std::int32_t>(rational_.numerator));
}

Money Value::as_money() const {
    ensure(is(TypeKind::money), "value is money");
    return Money::fen(rational_.numerator);
}

Moment Value::as_moment() const {
    ensure(is(TypeKind::timestamp) || is(TypeKind::duration), "value is a timestamp or a duration");
    return {rational_.numerator, static_cast<std::int32_t>(rational_.denominator)};
}

Rational Value::as_rational() const {
    const bool exact =
        is(TypeKind::amount) || is(TypeKind::ratio) || is(TypeKind::integer) || is(TypeKind::money);
    ensure(exact, "value is an exact number");
    return rational_;
}

std::string_view Value::as_text() const {
    ensure(is(TypeKind::string) || is(TypeKind::bytes) || is(TypeKind::type), "value is a text");
    return text_;
}

std::span<const Value> Value::items() const {
    ensure(is(TypeKind::list) || is(TypeKind::map), "value is a list or a map");
    return heap_->items;
}

StructHandle Value::as_structure() const {
    ensure(is(TypeKind::structure), "value is a structure");
    return {structure_, std::bit_cast<std::uint64_t>(rational_.numerator)};
}

namespace {

std::string items_text(const Value& value) {
    const bool is_map = value.is(TypeKind::map);
    std::string text;
    for (std::size_t i = 0; i < value.items().size(); ++i) {
        if (i != 0) text += is_map && i % 2 == 1 ? ": " : ", ";
        text += value.items()[i].text();
    }
    return is_map ? "{" + text + "}" : "[" + text + "]";
}

std::string value_text(const Value& value) {
    switch (value.kind()) {
        case TypeKind::boolean:
            return value.as_boolean() ? "true" : "false";
        case TypeKind::integer:
            return std::to_string(value.as_integer());
        case TypeKind::uinteger:
            return std::to_string(value.as_uinteger()) + "u";
        case TypeKind::floating:
            return fmt::format("{}", value.as_floating());
        case TypeKind::string:
            return in_quotes(value.as_text());
        case TypeKind::bytes:
            return quoted_bytes(value.as_text());
        case TypeKind::date:
            return fmt::format("date(\"{}\")", value.as_date().iso());
        case TypeKind::money:
            return fmt::format("yuan(\"{}\")", value.as_money().yuan_text());
        case TypeKind::timestamp:
            return fmt::format("timestamp(\"{}\")", timestamp_text(value.as_moment()));
        case TypeKind::duration:
            return fmt::format("duration(\"{}\")", duration_text(value.as_moment()));
        case TypeKind::amount:
            return fmt::format("amount({})", value.as_rational().text());
        case TypeKind::ratio:
            return fmt::format("ratio({})", value.as_rational().text());
        case TypeKind::list:
        case TypeKind::map:
            return items_text(value);
        case TypeKind::structure:
            return fmt::format("struct#{}", value.as_structure().row);
        case TypeKind::type:
            return std::string(value.as_text());
        case TypeKind::poison:
        case TypeKind::dyn:
        case TypeKind::null:
            break;
    }
    return "null";
}

}  // namespace

std::string Value::text() const {
    switch (lane_) {
        case Lane::value:
            return value_text(*this);
        case Lane::none:
            return "null";
        case Lane::unknown:
            return fmt::format("unknown{{{}}}", fmt::join(facts(), ", "));
        case Lane::error:
            return fmt::format("error({})", fault_name(fault_));
    }
    return {};
}

bool same_answer(const Value& left, const Value& right) {
    if (left.lane() != right.lane()) return false;
    if (left.is_error()) return left.fault() == right.fault();
    if (!left.is_value()) return true;
    if (left.kind() != right.kind()) return false;
    if (left.is(TypeKind::floating) && left.as_floating() != left.as_floating())
        return right.as_floating() != right.as_floating();
    return equal_values(left, right);
}

}  // namespace doudi::expr
