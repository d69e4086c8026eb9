// SPDX-License-Identifier: Apache-2.0
// A message about a case: it opens one here, or moves one that has to do with the peer.
#pragma once
#include "exchange/taking.h"

namespace doudi::exchange {

// Within a transaction: what came of it stands in the row (state, outcome, household, why); the caller writes
// it. Errors are those of the store.
[[nodiscard]] Result<void> take_case(TakingDesk& taking, const Peer& peer, const MessageRule& rule,
                                     const Content& content, InRow& row);

}  // namespace doudi::exchange
