// SPDX-License-Identifier: Apache-2.0
// What every way of signing in answers: who one is and what one may, with the session's cookie.
#pragma once
#include "access/accounts.h"
#include "http/request/call.h"

namespace doudi::http {

[[nodiscard]] Response signed_in(Call& call, const access::SignedIn& in);

}  // namespace doudi::http
