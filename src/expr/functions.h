// SPDX-License-Identifier: Apache-2.0
// The functions of the language: what they are called, where they may stand and what they compute. All of
// them are strict (semantics 7). The table is the only place that knows a function's name.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "expr/value.h"

namespace re2 {
class RE2;
}

namespace doudi::expr {

enum class Function : std::uint8_t {
    // everywhere
    size,
    starts_with,
    ends_with,
    contains,
    matches,
    // dates, money and members: beyond CEL
    date,
    yuan,
    add_days,
    add_months,
    round_fen,
    sum,
    min,
    max,
    known,
    // CEL's conversions, refused in packs
    to_int,
    to_uint,
    to_double,
    to_string,
    to_bytes,
    to_bool,
    to_timestamp,
    to_duration,
    type_of,
    dyn,
    // of a timestamp or a duration, refused in packs
    get_full_year,
    get_month,
    get_date,
    get_day_of_month,
    get_day_of_week,
    get_day_of_year,
    get_hours,
    get_minutes,
    get_seconds,
    get_milliseconds,
};

struct FunctionEntry {
    std::string_view name;
    Function function;
    bool as_call;    // size(x)
    bool as_method;  // x.size()
    bool in_packs;
    std::uint8_t least_arguments;  // the receiver among them
    std::uint8_t most_arguments;
};

// Null if there is none of that name in that position.
[[nodiscard]] const FunctionEntry* find_function(std::string_view name, bool is_method);
[[nodiscard]] bool is_type_name(
    std::string_view name);  // int, bool, list, google.protobuf.Duration …: values of their own in full CEL

struct CallContext {
    TypeKind result = TypeKind::dyn;    // by the checker: what the sum of an empty list is a sum of
    const re2::RE2* pattern = nullptr;  // of `matches`, if it is constant
};
[[nodiscard]] Value call_function(Function function, std::span<const Value> arguments,
                                  const CallContext& context);

// Internal to the room: the conversions of full CEL, their argument being a value or none.
[[nodiscard]] Value convert(Function function, const Value& argument);
// Internal to the room: addDays and addMonths; empty beyond the years that can be written.
[[nodiscard]] std::optional<Date> moved_date(Function function, Date date, std::int64_t steps);
// Internal to the room: getFullYear … getMilliseconds.
[[nodiscard]] Value time_function(Function function, std::span<const Value> arguments);

}  // namespace doudi::expr
