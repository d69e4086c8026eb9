// SPDX-License-Identifier: Apache-2.0
// What this room works with: the register as it is published, the store for short writes, cases, the offices.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "access/units.h"
#include "casework/desk.h"
#include "exchange/peers.h"
#include "exchange/repository.h"
#include "store/data_folder.h"

namespace doudi::exchange {

struct Desk {
    store::DataFolder& data;
    casework::Desk& cases;  // its shelf is the one that this room writes to
    const access::UnitTree& units;
    const Peers& peers;
    const Clock& clock;
    // A fact of a household as its word, today; empty: it is not known. None: no facts are at hand.
    std::function<Result<std::string>(HouseholdId household, std::string_view fact)> fact_of = {};

    [[nodiscard]] repository::Shelf shelf() const { return {cases.shelf.database, cases.shelf.seal}; }
    [[nodiscard]] Date today() const { return civil_day(clock.now()); }
};

// What the cases are called that a peer's messages open: "exchange/city/17".
[[nodiscard]] std::string source_prefix(const Peer& peer);
// The role that packs name for what another office may do by itself (packs/*/procedures).
inline constexpr std::string_view peer_role = "peer_office";

}  // namespace doudi::exchange
