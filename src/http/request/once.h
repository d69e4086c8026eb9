// SPDX-License-Identifier: Apache-2.0
// A request that makes something and is sent again with its Idempotency-Key makes nothing twice. make_once()
// (call.h) remembers its answer in the transaction that makes it.
#pragma once
#include "http/request/call.h"

namespace doudi::http {

// For what is made by several transactions, or writes to the log on its way: the key is claimed, the route's
// handler runs, its answer is remembered; a refusal gives the key back. Sent again meanwhile, or after the
// server ended in between: 409 key_in_use, and whoever asks looks whether it is there. An answer that opens a
// door (Route::secret) is never kept: 409 made_already.
[[nodiscard]] Outcome<Response> once_around(Call& call);

}  // namespace doudi::http
