// SPDX-License-Identifier: Apache-2.0
// What came is taken up, in the order of its numbers, by the verbs that are there: a dispatch opens a case,
// an answer moves one as far as the pack lets another office, an excerpt of a register is laid beside ours as
// a proposal. Nothing is decided by a message and no row of the register overwritten. A message and what came
// of it are one transaction.
#pragma once
#include <string>

#include "exchange/desk.h"

namespace doudi::exchange {

struct TakingDesk {
    Desk& desk;        // its data: open for writing, of the publishing lane alone
    std::string pack;  // by which a case that is opened today is handled
    unsigned threads = 1;
};

struct Taken {
    std::uint64_t taken = 0;
    std::uint64_t refused = 0;
    std::uint64_t proposals = 0;
    std::vector<HouseholdId> households;  // whose cases were opened or moved, or whose rows were compared
};
// All that came without a gap. An error of the store leaves the rest for the next time.
[[nodiscard]] Result<Taken> take(TakingDesk& taking, const Peer& peer);

}  // namespace doudi::exchange
