// SPDX-License-Identifier: Apache-2.0
// Excerpts of a peer's register, laid beside ours: what says the same is settled; what is new there, or was
// changed there alone, becomes one proposal of the register; where both sides changed since they last knew of
// each other, each household is a proposal of its own, listed as a conflict. A person decides (register
// proposals); the register itself stays as it is.
#pragma once
#include "exchange/excerpt.h"
#include "exchange/taking.h"

namespace doudi::exchange {

struct HouseholdMessage {
    InRow row;
    Content content;
    ExcerptRows rows;
};
// Each household once; in the order of their numbers. What came of them is written.
[[nodiscard]] Result<void> take_households(TakingDesk& taking, const Peer& peer,
                                           std::vector<HouseholdMessage> messages, Taken& taken);

}  // namespace doudi::exchange
