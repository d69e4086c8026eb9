// SPDX-License-Identifier: Apache-2.0
// A message by which somebody asks for the first time, filed on another platform: it waits at the office of
// the place until a person there opens a case of it, or says why not (casework/first_requests.h). The
// register is not read: what is answered tells nobody who is on it.
#pragma once
#include "exchange/taking.h"

namespace doudi::exchange {

// Within a transaction: what came of it stands in the row (state, outcome, why); the caller writes it. Sent
// under the same number of theirs again, it is the one that is there. Errors are those of the store.
[[nodiscard]] Result<void> take_request(TakingDesk& taking, const Peer& peer, const MessageRule& rule,
                                        const Content& content, InRow& row);

}  // namespace doudi::exchange
