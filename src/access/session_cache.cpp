// SPDX-License-Identifier: Apache-2.0
#include "access/session_cache.h"

#include <algorithm>

namespace doudi::access {

std::optional<Session> SessionCache::find(std::string_view token_hash, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto at = kept_.find(std::string(token_hash));
    if (at == kept_.end() || now >= at->second.until) return std::nullopt;
    return at->second.session;
}

void SessionCache::put(std::string_view token_hash, const Session& session, Instant now, Instant end,
                       std::uint64_t generation) {
    constexpr std::size_t many = 20'000;
    const std::lock_guard lock(mutex_);
    if (generation != generation_) return;
    if (kept_.size() >= many) kept_.clear();
    kept_.insert_or_assign(std::string(token_hash), Kept{session, std::min(now + moment, end)});
}

void SessionCache::changed() {
    const std::lock_guard lock(mutex_);
    ++generation_;
    kept_.clear();
}

}  // namespace doudi::access
