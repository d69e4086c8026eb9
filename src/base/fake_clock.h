// SPDX-License-Identifier: Apache-2.0
// A clock that stands still until a test moves it.
#pragma once
#include <atomic>

#include "base/clock.h"

namespace doudi {

class FakeClock final : public Clock {
  public:
    explicit FakeClock(Instant at) : micros_(micros_of(at)) {}
    [[nodiscard]] Instant now() const override { return instant_of(micros_); }
    void advance(std::chrono::microseconds by) { micros_ += by.count(); }
    void set(Instant at) { micros_ = micros_of(at); }

  private:
    std::atomic<std::int64_t> micros_;
};

}  // namespace doudi
