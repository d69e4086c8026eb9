// SPDX-License-Identifier: Apache-2.0
// When a civil day begins, for what is kept with the moment and asked by the day.
#pragma once
#include <chrono>

#include "base/clock.h"
#include "base/date.h"

namespace doudi {

// The moment at which that day begins in China (UTC+8, the year round); civil_day() of it is the day.
[[nodiscard]] constexpr Instant begin_of(Date day) {
    return Instant(std::chrono::days(day.days())) - std::chrono::hours(8);
}

}  // namespace doudi
