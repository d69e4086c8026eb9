// SPDX-License-Identifier: Apache-2.0
#include "expr/functions.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/result.h"
#include "base/utf8.h"
#include "expr/operators.h"

namespace doudi::expr {

namespace {

constexpr std::uint8_t many = 255;
constexpr auto table = std::to_array<FunctionEntry>({
    {"size", Function::size, true, true, true, 1, 1},
    {"startsWith", Function::starts_with, false, true, true, 2, 2},
    {"endsWith", Function::ends_with, false, true, true, 2, 2},
    {"contains", Function::contains, false, true, true, 2, 2},
    {"matches", Function::matches, true, true, true, 2, 2},
    {"date", Function::date, true, false, true, 1, 1},
    {"yuan", Function::yuan, true, false, true, 1, 1},
    {"addDays", Function::add_days, false, true, true, 2, 2},
    {"addMonths", Function::add_months, false, true, true, 2, 2},
    {"round_fen", Function::round_fen, true, false, true, 2, 2},
    {"sum", Function::sum, true, true, true, 1, 1},
    {"min", Function::min, true, true, true, 1, many},
    {"max", Function::max, true, true, true, 1, many},
    {"known", Function::known, true, false, true, 1, 1},
    {"int", Function::to_int, true, false, false, 1, 1},
    {"uint", Function::to_uint, true, false, false, 1, 1},
    {"double", Function::to_double, true, false, false, 1, 1},
    {"string", Function::to_string, true, false, false, 1, 1},
    {"bytes", Function::to_bytes, true, false, false, 1, 1},
    {"bool", Function::to_bool, true, false, false, 1, 1},
    {"timestamp", Function::to_timestamp, true, false, false, 1, 1},
    {"duration", Function::to_duration, true, false, false, 1, 1},
    {"type", Function::type_of, true, false, false, 1, 1},
    {"dyn", Function::dyn, true, false, false, 1, 1},
    {"getFullYear", Function::get_full_year, false, true, false, 1, 2},
    {"getMonth", Function::get_month, false, true, false, 1, 2},
    {"getDate", Function::get_date, false, true, false, 1, 2},
    {"getDayOfMonth", Function::get_day_of_month, false, true, false, 1, 2},
    {"getDayOfWeek", Function::get_day_of_week, false, true, false, 1, 2},
    {"getDayOfYear", Function::get_day_of_year, false, true, false, 1, 2},
    {"getHours", Function::get_hours, false, true, false, 1, 2},
    {"getMinutes", Function::get_minutes, false, true, false, 1, 2},
    {"getSeconds", Function::get_seconds, false, true, false, 1, 2},
    {"getMilliseconds", Function::get_milliseconds, false, true, false, 1, 2},
});

constexpr auto type_names = std::to_array<std::string_view>(
    {"bool", "bytes", "double", "google.protobuf.Duration", "google.protobuf.Timestamp", "int", "list", "map",
     "null_type", "string", "type", "uint"});

Value size_of(const Value& value) {
    switch (value.kind()) {
        case TypeKind::string:
            return Value::integer(static_cast<std::int64_t>(count_code_points(value.as_text())));
        case TypeKind::bytes:
            return Value::integer(static_cast<std::int64_t>(value.as_text().size()));
        case TypeKind::list:
            return Value::integer(static_cast<std::int64_t>(value.items().size()));
        case TypeKind::map:
            return Value::integer(static_cast<std::int64_t>(value.items().size() / 2));
        default:
            return Value::error(Fault::type);
    }
}

Value match(std::string_view text, std::string_view pattern, const re2::RE2* compiled) {
    if (compiled != nullptr)
        return Value::boolean(re2::RE2::PartialMatch({text.data(), text.size()}, *compiled));
    re2::RE2::Options options;
    options.set_log_errors(false);
    const re2::RE2 own({pattern.data(), pattern.size()}, options);
    if (!own.ok()) return Value::error(Fault::pattern);
    return Value::boolean(re2::RE2::PartialMatch({text.data(), text.size()}, own));
}

Value text_function(Function function, std::span<const Value> arguments, const CallContext& context) {
    if (!arguments[0].is(TypeKind::string) || !arguments[1].is(TypeKind::string))
        return Value::error(Fault::type);
    const std::string_view text = arguments[0].as_text();
    const std::string_view part = arguments[1].as_text();
    switch (function) {
        case Function::starts_with:
            return Value::boolean(text.starts_with(part));
        case Function::ends_with:
            return Value::boolean(text.ends_with(part));
        case Function::contains:
            return Value::boolean(text.find(part) != std::string_view::npos);
        default:
            return match(text, part, context.pattern);
    }
}

Value parsed_date(const Value& text) {
    if (!text.is(TypeKind::string)) return Value::error(Fault::type);
    const auto date = Date::parse_iso(text.as_text());
    return date ? Value::date(*date) : Value::error(Fault::range);
}

Value parsed_yuan(const Value& yuan) {
    if (!yuan.is(TypeKind::string) && !yuan.is(TypeKind::integer)) return Value::error(Fault::type);
    const auto money =
        yuan.is(TypeKind::string) ? Money::parse_yuan(yuan.as_text()) : Money::yuan(yuan.as_integer());
    return money ? Value::money(*money) : Value::error(Fault::range);
}

// Years 1 to 9999, so that a date is always one that can be written.
bool is_writable(std::int64_t days) {
    constexpr std::int64_t first = -719'162;  // 0001-01-01
    constexpr std::int64_t last = 2'932'896;  // 9999-12-31
    return days >= first && days <= last;
}

Value moved(Function function, const Value& date, const Value& count) {
    if (!date.is(TypeKind::date) || !count.is(TypeKind::integer)) return Value::error(Fault::type);
    const auto result = moved_date(function, date.as_date(), count.as_integer());
    return result ? Value::date(*result) : Value::error(Fault::range);
}

Value rounded(const Value& amount, const Value& mode) {
    if (!mode.is(TypeKind::string)) return Value::error(Fault::type);
    if (!amount.is(TypeKind::amount) && !amount.is(TypeKind::money)) return Value::error(Fault::type);
    const auto rounding = parse_rounding(mode.as_text());
    if (!rounding) return Value::error(Fault::range);
    return Value::money(Money::fen(round(amount.as_rational(), *rounding)));
}

Value whole_sum(std::span<const Value> items, TypeKind kind) {
    Int128 total = 0;
    for (const Value& item : items) total += item.as_rational().numerator;
    const bool fits = total >= std::numeric_limits<std::int64_t>::min() &&
                      total <= std::numeric_limits<std::int64_t>::max();
    if (!fits) return Value::error(Fault::overflow);
    const auto narrow = static_cast<std::int64_t>(total);
    return kind == TypeKind::money ? Value::money(Money::fen(narrow)) : Value::integer(narrow);
}

Value exact_sum(std::span<const Value> items, TypeKind kind) {
    Value total = kind == TypeKind::amount ? Value::amount({}) : Value::ratio({});
    for (const Value& item : items) {
        total = arithmetic(Arithmetic::add, total, item);
        if (total.is_error()) break;
    }
    return total;
}

Value sum_of(std::span<const Value> items, TypeKind result) {
    const TypeKind kind = items.empty() ? result : items[0].kind();
    const bool same_kind = std::ranges::all_of(items, [&](const Value& item) { return item.is(kind); });
    if (!same_kind) return Value::error(Fault::type);
    if (kind == TypeKind::amount || kind == TypeKind::ratio) return exact_sum(items, kind);
    if (kind == TypeKind::money || kind == TypeKind::integer) return whole_sum(items, kind);
    return items.empty() ? Value::integer(0) : Value::error(Fault::type);
}

Value extreme_of(std::span<const Value> items, bool want_least) {
    if (items.empty()) return Value::error(Fault::empty);
    const Value* best = &items[0];
    for (const Value& item : items) {
        const auto order = order_values(item, *best);
        if (!order) return Value::error(Fault::type);
        if (want_least ? *order < 0 : *order > 0) best = &item;
    }
    return *best;
}

Value aggregate(Function function, std::span<const Value> arguments, const CallContext& context) {
    std::span<const Value> items = arguments;
    if (arguments.size() == 1) {
        if (!arguments[0].is(TypeKind::list)) return Value::error(Fault::type);
        items = arguments[0].items();
    }
    if (function == Function::sum) return sum_of(items, context.result);
    return extreme_of(items, function == Function::min);
}

}  // namespace

const FunctionEntry* find_function(std::string_view name, bool is_method) {
    for (const FunctionEntry& entry : table)
        if (entry.name == name && (is_method ? entry.as_method : entry.as_call)) return &entry;
    return nullptr;
}

bool is_type_name(std::string_view name) {
    return std::ranges::find(type_names, name) != type_names.end();
}

std::optional<Date> moved_date(Function function, Date date, std::int64_t steps) {
    constexpr std::int64_t bound = 4'000'000;  // days; more than any writable date moves
    if (steps > bound || steps < -bound) return std::nullopt;
    const auto small = static_cast<int>(steps);
    if (function == Function::add_days) {
        const std::int64_t days = std::int64_t{date.days()} + small;
        return is_writable(days) ? std::optional(date + small) : std::nullopt;
    }
    const std::int64_t months = std::int64_t{date.year()} * 12 + small;
    if (months < 24 || months >= 9999 * 12) return std::nullopt;
    return date.plus_months(small);
}

Value call_function(Function function, std::span<const Value> arguments, const CallContext& context) {
    if (function == Function::known && !arguments[0].is_error())
        return Value::boolean(!arguments[0].is_unknown());
    if (auto decided = strict_lane(arguments)) return *decided;
    switch (function) {
        case Function::size:
            return size_of(arguments[0]);
        case Function::starts_with:
        case Function::ends_with:
        case Function::contains:
        case Function::matches:
            return text_function(function, arguments, context);
        case Function::date:
            return parsed_date(arguments[0]);
        case Function::yuan:
            return parsed_yuan(arguments[0]);
        case Function::add_days:
        case Function::add_months:
            return moved(function, arguments[0], arguments[1]);
        case Function::round_fen:
            return rounded(arguments[0], arguments[1]);
        case Function::sum:
        case Function::min:
        case Function::max:
            return aggregate(function, arguments, context);
        case Function::known:
            return Value::boolean(true);
        case Function::to_int:
        case Function::to_uint:
        case Function::to_double:
        case Function::to_string:
        case Function::to_bytes:
        case Function::to_bool:
        case Function::to_timestamp:
        case Function::to_duration:
        case Function::type_of:
        case Function::dyn:
            return convert(function, arguments[0]);
        case Function::get_full_year:
        case Function::get_month:
        case Function::get_date:
        case Function::get_day_of_month:
        case Function::get_day_of_week:
        case Function::get_day_of_year:
        case Function::get_hours:
        case Function::get_minutes:
        case Function::get_seconds:
        case Function::get_milliseconds:
            return time_function(function, arguments);
    }
    return Value::error(Fault::name);
}

}  // namespace doudi::expr
