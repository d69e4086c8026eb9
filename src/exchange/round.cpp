// SPDX-License-Identifier: Apache-2.0
#include "exchange/round.h"

#include <iterator>
#include <string>

namespace doudi::exchange {

namespace {

// In whose name the program writes and reads what a peer has to do with.
Result<void> note(access::AuditLog& audit, const Peer& peer, access::Verb verb, std::string_view what,
                  std::span<const HouseholdId> households) {
    access::Look look;
    look.who.kind = access::SessionKind::machine;
    look.who.user_name = "exchange/" + peer.id;
    look.who.why = {"referral", ""};
    look.verb = verb;
    look.thing = access::Thing::household;
    look.households.assign(households.begin(), households.end());
    look.what = std::string(what) + " " + peer.id;
    return audit.append(look);
}

void add(WholeRound& whole, const Spoken& spoken) {
    whole.told.queued += spoken.told.queued;
    whole.told.held += spoken.told.held;
    whole.round.calls += spoken.round.calls;
    whole.round.sent += spoken.round.sent;
    whole.round.fresh += spoken.round.fresh;
    whole.round.failure = spoken.round.failure;
}

void add(WholeRound& whole, Taken taken) {
    whole.taken.taken += taken.taken;
    whole.taken.refused += taken.refused;
    whole.taken.proposals += taken.proposals;
    std::ranges::move(taken.households, std::back_inserter(whole.taken.households));
}

}  // namespace

Result<void> note_sent(access::AuditLog& audit, const Peer& peer, std::span<const HouseholdId> households) {
    return note(audit, peer, access::Verb::export_, "exchange.sent", households);
}

Result<Spoken> tell_and_call(Desk& desk, const Peer& peer, access::AuditLog& audit, const Post& post) {
    auto shelf = desk.shelf();
    Spoken spoken;
    spoken.told = TRY(tell(desk, peer));
    const Noted noted = [&audit](const Peer& to, std::span<const HouseholdId> households) {
        return note_sent(audit, to, households);
    };
    spoken.round = TRY(call(desk.peers, peer, shelf, desk.clock, noted, post));
    const auto standing = TRY(repository::standing(shelf, peer.id));
    spoken.waits = standing.arrived != standing.settled;
    return spoken;
}

Result<Taken> take_up(TakingDesk& taking, const Peer& peer, access::AuditLog& audit) {
    auto taken = TRY(take(taking, peer));
    TRY_VOID(note(audit, peer, access::Verb::change, "exchange.taken", taken.households));
    return taken;
}

Result<WholeRound> whole_round(TakingDesk& taking, const Peer& peer, access::AuditLog& audit,
                               const Post& post) {
    // A peer that always has one more must not hold up the others.
    constexpr int most_parts = 100;
    WholeRound whole;
    for (int part = 0; part < most_parts; ++part) {
        const Spoken spoken = TRY(tell_and_call(taking.desk, peer, audit, post));
        add(whole, spoken);
        if (!spoken.waits) break;
        add(whole, TRY(take_up(taking, peer, audit)));
        if (!whole.round.failure.empty()) break;
    }
    return whole;
}

}  // namespace doudi::exchange
