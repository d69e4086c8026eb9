// SPDX-License-Identifier: Apache-2.0
// Talking to a peer: frames made of what is to be said and asked, frames heard and kept. A frame may be lost,
// come twice, or in another order: each message is kept once, under its number, and asked for again while it
// is missing.
#pragma once
#include <functional>
#include <string>

#include "exchange/desk.h"

namespace doudi::exchange {

// Who is told of what leaves: durable before it does. Households of the messages in a frame.
using Noted = std::function<Result<void>(const Peer& peer, std::span<const HouseholdId> households)>;

struct Heard {
    std::size_t fresh = 0;            // messages that had not come before
    std::vector<std::int64_t> asked;  // numbers that the peer wants receipts for
};

// A call of a peer, answered: signed, to us and from the peer, of this hour, never heard before; or an error
// "exchange_sign" | "exchange_other" (usage), "exchange_hour" (usage), "exchange_replayed" (conflict),
// "exchange_frame" (invalid). What it said is durable when this returns.
struct Answered {
    Heard heard;
    std::string body;  // signed
};
[[nodiscard]] Result<Answered> answer(const Peers& peers, const Peer& peer, repository::Shelf& shelf,
                                      Instant now, std::string_view body, const Noted& noted);

// Calls the peer until neither side has more to say, or a call fails; then not again before its pause is
// over. Of a peer without an address, and before that hour, nothing is done.
struct Round {
    int calls = 0;
    std::size_t sent = 0;   // messages that went out, those of calls in vain too
    std::size_t fresh = 0;  // that came
    std::string failure;    // the code of the last call; empty: it went well
};
// How a frame goes there: the body of the answer, or "outside_unreachable", "exchange_status" (cancelled).
using Post = std::function<Result<std::string>(const Peer& peer, const std::string& body)>;
[[nodiscard]] Result<std::string> post_over_http(const Peer& peer, const std::string& body);
[[nodiscard]] Result<Round> call(const Peers& peers, const Peer& peer, repository::Shelf& shelf,
                                 const Clock& clock, const Noted& noted, const Post& post = post_over_http);

}  // namespace doudi::exchange
