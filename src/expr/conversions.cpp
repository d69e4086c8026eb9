// SPDX-License-Identifier: Apache-2.0
// The conversions of CEL (langdef.md, "Standard definitions"): int, uint, double, string, bytes, bool,
// timestamp, duration, type, dyn.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/utf8.h"
#include "expr/functions.h"

namespace doudi::expr {

namespace {

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

Value to_int(const Value& value) {
    switch (value.kind()) {
        case TypeKind::integer:
            return value;
        case TypeKind::uinteger:
            if (value.as_uinteger() > INT64_MAX) return Value::error(Fault::range);
            return Value::integer(static_cast<std::int64_t>(value.as_uinteger()));
        case TypeKind::floating: {
            const double number = value.as_floating();
            // The two ends are refused as well: CEL calls a double that may stand for its neighbour out of
            // range.
            if (!(number > -0x1p63 && number < 0x1p63)) return Value::error(Fault::range);
            return Value::integer(static_cast<std::int64_t>(number));
        }
        case TypeKind::string:
            if (const auto number = parse_number<std::int64_t>(value.as_text()))
                return Value::integer(*number);
            return Value::error(Fault::range);
        case TypeKind::timestamp:
            return Value::integer(value.as_moment().seconds);
        default:
            return Value::error(Fault::type);
    }
}

Value to_uint(const Value& value) {
    switch (value.kind()) {
        case TypeKind::uinteger:
            return value;
        case TypeKind::integer:
            if (value.as_integer() < 0) return Value::error(Fault::range);
            return Value::uinteger(static_cast<std::uint64_t>(value.as_integer()));
        case TypeKind::floating: {
            const double number = value.as_floating();
            if (!(number >= 0 && number < 0x1p64)) return Value::error(Fault::range);
            return Value::uinteger(static_cast<std::uint64_t>(number));
        }
        case TypeKind::string:
            if (const auto number = parse_number<std::uint64_t>(value.as_text()))
                return Value::uinteger(*number);
            return Value::error(Fault::range);
        default:
            return Value::error(Fault::type);
    }
}

Value to_double(const Value& value) {
    switch (value.kind()) {
        case TypeKind::floating:
            return value;
        case TypeKind::integer:
            return Value::floating(static_cast<double>(value.as_integer()));
        case TypeKind::uinteger:
            return Value::floating(static_cast<double>(value.as_uinteger()));
        case TypeKind::string:
            if (const auto number = parse_number<double>(value.as_text())) return Value::floating(*number);
            return Value::error(Fault::range);
        default:
            return Value::error(Fault::type);
    }
}

Value to_string(const Value& value) {
    switch (value.kind()) {
        case TypeKind::string:
            return value;
        case TypeKind::bytes:
            if (!is_valid_utf8(value.as_text())) return Value::error(Fault::encoding);
            return Value::string(std::string(value.as_text()));
        case TypeKind::boolean:
            return Value::string(value.as_boolean() ? "true" : "false");
        case TypeKind::integer:
            return Value::string(std::to_string(value.as_integer()));
        case TypeKind::uinteger:
            return Value::string(std::to_string(value.as_uinteger()));
        case TypeKind::floating:
            return Value::string(fmt::format("{}", value.as_floating()));
        case TypeKind::date:
            return Value::string(value.as_date().iso());
        case TypeKind::timestamp:
            return Value::string(timestamp_text(value.as_moment()));
        case TypeKind::duration:
            return Value::string(duration_text(value.as_moment()));
        default:
            return Value::error(Fault::type);
    }
}

Value to_bool(const Value& value) {
    if (value.is(TypeKind::boolean)) return value;
    if (!value.is(TypeKind::string)) return Value::error(Fault::type);
    const std::string_view text = value.as_text();
    for (const std::string_view word : {"true", "TRUE", "True", "t", "1"})
        if (text == word) return Value::boolean(true);
    for (const std::string_view word : {"false", "FALSE", "False", "f", "0"})
        if (text == word) return Value::boolean(false);
    return Value::error(Fault::range);
}

// Of RFC 3339 text, or of whole seconds since 1970.
Value to_timestamp(const Value& value) {
    if (value.is(TypeKind::timestamp)) return value;
    std::optional<Moment> timestamp;
    if (value.is(TypeKind::string)) {
        timestamp = parse_timestamp(value.as_text());
    } else if (value.is(TypeKind::integer)) {
        timestamp = timestamp_from(total_nanos({value.as_integer(), 0}));
    } else {
        return Value::error(Fault::type);
    }
    return timestamp ? Value::timestamp(*timestamp) : Value::error(Fault::range);
}

Value to_duration(const Value& value) {
    if (value.is(TypeKind::duration)) return value;
    if (!value.is(TypeKind::string)) return Value::error(Fault::type);
    const auto duration = parse_duration(value.as_text());
    return duration ? Value::duration(*duration) : Value::error(Fault::range);
}

std::string type_name(const Value& value) {
    switch (value.kind()) {
        case TypeKind::boolean:
            return "bool";
        case TypeKind::integer:
            return "int";
        case TypeKind::uinteger:
            return "uint";
        case TypeKind::floating:
            return "double";
        case TypeKind::null:
            return "null_type";
        case TypeKind::timestamp:
            return "google.protobuf.Timestamp";
        case TypeKind::duration:
            return "google.protobuf.Duration";
        default:
            return type_text(value.kind()).en;
    }
}

}  // namespace

Value convert(Function function, const Value& argument) {
    if (function == Function::dyn) return argument;
    if (function == Function::type_of) return Value::type(type_name(argument));
    if (!argument.is_value()) return Value::error(Fault::type);
    switch (function) {
        case Function::to_int:
            return to_int(argument);
        case Function::to_uint:
            return to_uint(argument);
        case Function::to_double:
            return to_double(argument);
        case Function::to_string:
            return to_string(argument);
        case Function::to_bool:
            return to_bool(argument);
        case Function::to_timestamp:
            return to_timestamp(argument);
        case Function::to_duration:
            return to_duration(argument);
        case Function::to_bytes:
            if (argument.is(TypeKind::bytes)) return argument;
            if (argument.is(TypeKind::string)) return Value::bytes(std::string(argument.as_text()));
            return Value::error(Fault::type);
        default:
            return Value::error(Fault::name);
    }
}

}  // namespace doudi::expr
