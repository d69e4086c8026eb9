// SPDX-License-Identifier: Apache-2.0
// What a peer is to be told is read from what happened: events of cases beyond those that it was told of,
// rows of the register published since. A message and the mark of how far was told are one transaction, so
// that nothing is told twice or left out, whenever the program is killed; rooms upstream know nothing of it.
#pragma once
#include <cstdint>

#include "exchange/desk.h"

namespace doudi::exchange {

struct Told {
    std::uint64_t queued = 0;
    std::uint64_t held = 0;  // that the channel cannot say: a person must look
};
[[nodiscard]] Result<Told> tell(Desk& desk, const Peer& peer);

// Whether a message told the peer of this case, which has so many events.
[[nodiscard]] Result<bool> was_told_of(Desk& desk, const Peer& peer, casework::CaseId of, int events);

// Once more, of a message that was given up, refused or held: what was given up is sent as it is; the others
// are told anew, as things stand, under a new number. "message_unknown", "message_settled" (conflict).
[[nodiscard]] Result<void> tell_again(Desk& desk, const Peer& peer, std::int64_t id);

}  // namespace doudi::exchange
