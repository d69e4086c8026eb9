// SPDX-License-Identifier: Apache-2.0
// Messages as they are kept on either side of a line, and where we stand with a peer.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "exchange/mapping.h"

namespace doudi::exchange {

// queued: to be sent; sent: it came there; receipted, refused: what the peer made of it; given_up: called in
// vain so often that a person must look; held: it could not be written as the channel asks, and has no
// number.
namespace out {
inline constexpr std::string_view queued = "queued", sent = "sent", receipted = "receipted",
                                  refused = "refused", given_up = "given_up", held = "held";
}
// kept: it came, and what comes before it may still be missing; taken, refused: done with.
namespace in {
inline constexpr std::string_view kept = "kept", taken = "taken", refused = "refused";
}
// Of a number that is asked after and never came.
inline constexpr std::string_view unknown_message = "unknown";

struct OutRow {
    std::string peer;
    std::int64_t id = 0;      // of ours, from 1
    std::int64_t number = 0;  // in the peer's order; 0: held
    std::string message;
    std::string kind;
    std::string source;  // "case/12/3", "household/7/41"
    HouseholdId household;
    Instant made_at;
    std::int64_t basis = 0;
    std::string body;  // JSON
    bool forgotten = false;
    std::string state;
    int attempts = 0;
    std::optional<Instant> settled_at;
    Refusal why;
};

struct InRow {
    std::string peer;
    std::int64_t number = 0;
    std::string message;
    std::string kind;
    HouseholdId household;
    Instant made_at, came_at;
    std::int64_t basis = 0;
    std::string body;
    bool forgotten = false;
    std::string state;
    std::string outcome;  // "case/12", "late/12", "request/5", "proposal/7", "same", "ended", "forgotten"
    std::optional<Instant> settled_at;
    Refusal why;
};

// A household of which a peer's register says otherwise than ours.
struct Difference {
    std::string peer;
    std::int64_t number = 0;  // of the message
    std::string code;
    HouseholdId household;  // 0: not on our register
    std::string kind;       // new | changed | conflict | ended
    PublishId proposal;     // 0: it ended there
    Instant at;
    std::optional<Instant> settled_at;
    std::string settled_by;
};

struct Standing {
    std::int64_t last_number = 0;
    std::int64_t arrived = 0;
    std::int64_t settled = 0;
    std::uint64_t register_at = 0;
    std::optional<Instant> heard_at, tried_at;
    Instant next_at;
    int failures = 0;
    std::string failure;
};

}  // namespace doudi::exchange
