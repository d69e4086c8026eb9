// SPDX-License-Identifier: Apache-2.0
// What full CEL asks of a timestamp (in UTC or in a zone) and of a duration: getFullYear … getMilliseconds.
#include "expr/functions.h"
#include "expr/time_zone.h"

namespace doudi::expr {

namespace {

constexpr std::int64_t nanos_a_millisecond = 1'000'000;
constexpr std::int64_t nanos_a_second = 1'000'000'000;

// Hours, minutes and seconds are all of the duration; milliseconds only what is beyond its whole seconds.
Value of_duration(Function function, Moment duration) {
    const Int128 nanos = total_nanos(duration);
    const auto whole = [&](std::int64_t unit) {
        return Value::integer(static_cast<std::int64_t>(nanos / unit));
    };
    switch (function) {
        case Function::get_hours:
            return whole(3600 * nanos_a_second);
        case Function::get_minutes:
            return whole(60 * nanos_a_second);
        case Function::get_seconds:
            return whole(nanos_a_second);
        case Function::get_milliseconds:
            return Value::integer(static_cast<std::int64_t>(nanos % nanos_a_second / nanos_a_millisecond));
        default:
            return Value::error(Fault::type);
    }
}

// A day of the calendar; all but getDate count from zero.
std::int64_t of_day(Function function, std::chrono::sys_days midnight) {
    const std::chrono::year_month_day day(midnight);
    switch (function) {
        case Function::get_full_year:
            return static_cast<int>(day.year());
        case Function::get_month:
            return std::int64_t{static_cast<unsigned>(day.month())} - 1;
        case Function::get_date:
            return static_cast<unsigned>(day.day());
        case Function::get_day_of_month:
            return std::int64_t{static_cast<unsigned>(day.day())} - 1;
        case Function::get_day_of_week:
            return std::chrono::weekday(midnight).c_encoding();
        default:
            return (midnight - std::chrono::sys_days(day.year() / 1 / 1)).count();
    }
}

Value of_timestamp(Function function, Moment timestamp, std::chrono::seconds offset) {
    const std::chrono::sys_seconds local{std::chrono::seconds(timestamp.seconds) + offset};
    const auto midnight = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::hh_mm_ss clock(local - midnight);
    switch (function) {
        case Function::get_hours:
            return Value::integer(clock.hours().count());
        case Function::get_minutes:
            return Value::integer(clock.minutes().count());
        case Function::get_seconds:
            return Value::integer(clock.seconds().count());
        case Function::get_milliseconds:
            return Value::integer(timestamp.nanos / nanos_a_millisecond);
        default:
            return Value::integer(of_day(function, midnight));
    }
}

}  // namespace

Value time_function(Function function, std::span<const Value> arguments) {
    const bool has_zone = arguments.size() == 2;
    if (arguments[0].is(TypeKind::duration) && !has_zone)
        return of_duration(function, arguments[0].as_moment());
    if (!arguments[0].is(TypeKind::timestamp)) return Value::error(Fault::type);
    const Moment timestamp = arguments[0].as_moment();
    if (!has_zone) return of_timestamp(function, timestamp, std::chrono::seconds(0));
    if (!arguments[1].is(TypeKind::string)) return Value::error(Fault::type);
    const auto offset = offset_in_zone(arguments[1].as_text(), timestamp);
    return offset ? of_timestamp(function, timestamp, *offset) : Value::error(Fault::range);
}

}  // namespace doudi::expr
