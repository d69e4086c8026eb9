// SPDX-License-Identifier: Apache-2.0
// The household of the citizen who asks.
#pragma once
#include <optional>

#include "http/register/repository.h"
#include "http/request/call.h"

namespace doudi::http {

// Nothing where they are on no register any more. 403 "not_a_citizen" for everybody else.
[[nodiscard]] Outcome<std::optional<PlacedHousehold>> own_household(Call& call);

}  // namespace doudi::http
