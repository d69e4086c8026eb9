// SPDX-License-Identifier: Apache-2.0
// So many requests in a row, and so many a second after that, for each address or account.
#pragma once
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/server/message.h"

namespace doudi::http {

class RateLimiter {
  public:
    struct Rate {
        double a_second = 0;  // 0: no limit
        double in_a_row = 0;
    };
    explicit RateLimiter(Rate rate) : rate_(rate) {}
    // False: too many; nothing is counted then.
    [[nodiscard]] bool allows(std::string_view who, SteadyClock::time_point now);

  private:
    struct Bucket {
        double left = 0;
        SteadyClock::time_point at;
    };
    void forget_full(SteadyClock::time_point now);

    const Rate rate_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
    SteadyClock::time_point forgot_at_;
};

}  // namespace doudi::http
