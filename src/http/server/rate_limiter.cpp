// SPDX-License-Identifier: Apache-2.0
#include "http/server/rate_limiter.h"

#include <algorithm>

namespace doudi::http {

bool RateLimiter::allows(std::string_view who, SteadyClock::time_point now) {
    if (rate_.a_second <= 0) return true;
    const std::lock_guard lock(mutex_);
    forget_full(now);
    const auto [place, is_new] = buckets_.try_emplace(std::string(who), Bucket{rate_.in_a_row, now});
    Bucket& bucket = place->second;
    const double seconds = std::chrono::duration<double>(now - bucket.at).count();
    bucket.left = std::min(rate_.in_a_row, bucket.left + seconds * rate_.a_second);
    bucket.at = now;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
}

// Whoever has not come for so long that all is allowed again need not be remembered.
void RateLimiter::forget_full(SteadyClock::time_point now) {
    constexpr std::chrono::seconds pause{10};
    if (now - forgot_at_ < pause) return;
    forgot_at_ = now;
    const std::chrono::duration<double> filled(rate_.in_a_row / rate_.a_second);
    std::erase_if(buckets_, [&](const auto& bucket) { return now - bucket.second.at > filled; });
}

}  // namespace doudi::http
