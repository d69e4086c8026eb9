// SPDX-License-Identifier: Apache-2.0
// One whole round with a peer: it is told what happened here, called until neither side has more to say, and
// what came is taken up. A served office runs the two halves apart, each where it may wait; whoever runs a
// round by hand runs them together.
#pragma once
#include <span>

#include "access/audit.h"
#include "exchange/outbox.h"
#include "exchange/taking.h"
#include "exchange/talk.h"

namespace doudi::exchange {

// Into the log of looks, as "exchange/<peer>": what is about these households leaves to the peer. Returns
// when that is durable.
[[nodiscard]] Result<void> note_sent(access::AuditLog& audit, const Peer& peer,
                                     std::span<const HouseholdId> households);

struct Spoken {
    Told told;
    Round round;
    bool waits = false;  // messages came that nobody has taken up
};
// Tells the peer and calls it; of one without an address, and before its pause is over, tells alone. What
// leaves is in the log first. A call in vain is no error: `round.failure` says it. Errors are those of the
// store.
[[nodiscard]] Result<Spoken> tell_and_call(Desk& desk, const Peer& peer, access::AuditLog& audit,
                                           const Post& post = post_over_http);

// As take(); the log names the households whose cases or rows it had to do with.
[[nodiscard]] Result<Taken> take_up(TakingDesk& taking, const Peer& peer, access::AuditLog& audit);

struct WholeRound {
    Told told;
    Round round;
    Taken taken;
};
// Both, until nothing waits here: what was taken is receipted in the same round. Where a call was in vain,
// what came before it is taken up all the same.
[[nodiscard]] Result<WholeRound> whole_round(TakingDesk& taking, const Peer& peer, access::AuditLog& audit,
                                             const Post& post = post_over_http);

}  // namespace doudi::exchange
