// SPDX-License-Identifier: Apache-2.0
// Sessions as they were read a moment ago: a page of an office asks ten questions in a row, and each would
// ask the database three times who asks. Whatever changes a right in this program empties it at once; what
// another program changes is seen when a session's moment is over.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "access/session.h"
#include "base/clock.h"

namespace doudi::access {

// For all threads.
class SessionCache {
  public:
    static constexpr std::chrono::seconds moment{2};

    // Asked for before the database is read: what was read before a change is not kept after it.
    [[nodiscard]] std::uint64_t generation() const { return generation_; }
    // By the hash of a token.
    [[nodiscard]] std::optional<Session> find(std::string_view token_hash, Instant now);
    // `end`: when the session itself ends, if that comes first.
    void put(std::string_view token_hash, const Session& session, Instant now, Instant end,
             std::uint64_t generation);
    // Someone's rights, or that a session goes on.
    void changed();

  private:
    struct Kept {
        Session session;
        Instant until;
    };
    std::mutex mutex_;
    std::unordered_map<std::string, Kept> kept_;
    std::atomic<std::uint64_t> generation_ = 1;
};

}  // namespace doudi::access
