// SPDX-License-Identifier: Apache-2.0
// The time of day, for sessions, logs and deadlines of machines; the law counts days (base/date.h). Whoever
// needs it is handed a Clock, so that a test can say what time it is.
#pragma once
#include <chrono>
#include <cstdint>

#include "base/date.h"

namespace doudi {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// As columns named …_at hold it: microseconds since 1970-01-01 UTC.
[[nodiscard]] constexpr std::int64_t micros_of(Instant at) {
    return at.time_since_epoch().count();
}
[[nodiscard]] constexpr Instant instant_of(std::int64_t micros) {
    return Instant(std::chrono::microseconds(micros));
}

// The civil day in China (UTC+8, the year round).
[[nodiscard]] constexpr Date civil_day(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at + std::chrono::hours(8));
    return Date::from_days(static_cast<std::int32_t>(day.time_since_epoch().count()));
}

// May be asked from several threads.
class Clock {
  public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override {
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

}  // namespace doudi
