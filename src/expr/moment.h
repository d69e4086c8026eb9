// SPDX-License-Identifier: Apache-2.0
// CEL's timestamp and duration (full CEL only, semantics 14): seconds and nanoseconds, exact, within the
// specification's ranges. Packs count days and never come here.
#pragma once
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "expr/rational.h"

namespace doudi::expr {

struct Moment {
    std::int64_t seconds = 0;  // since 1970 of a timestamp; rounded down
    std::int32_t nanos = 0;    // 0 to 999'999'999: they count upward below zero as well
    friend constexpr auto operator<=>(Moment, Moment) = default;
};

[[nodiscard]] Int128 total_nanos(Moment moment);
// Years 1 to 9999; empty beyond them.
[[nodiscard]] std::optional<Moment> timestamp_from(Int128 nanos);
// 315,576,000,000 seconds (10,000 years) either way; empty beyond them.
[[nodiscard]] std::optional<Moment> duration_from(Int128 nanos);

// RFC 3339: "2009-02-13T23:31:30.5+05:30".
[[nodiscard]] std::optional<Moment> parse_timestamp(std::string_view text);
// "1h30m", "-1.5s", "20ms", "0"; empty also for what is no whole number of nanoseconds.
[[nodiscard]] std::optional<Moment> parse_duration(std::string_view text);
[[nodiscard]] std::string timestamp_text(Moment timestamp);  // in UTC, with no zeros at the end of a fraction
[[nodiscard]] std::string duration_text(Moment duration);    // in seconds: "-1.5s"

// "+05:30", "05:30": a fixed offset in the form that CEL takes, without the sign as ahead of UTC.
[[nodiscard]] std::optional<std::chrono::seconds> parse_offset(std::string_view text);

}  // namespace doudi::expr
