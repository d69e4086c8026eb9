// SPDX-License-Identifier: Apache-2.0
// The routes of the exchange.
#pragma once
#include <vector>

#include "http/route.h"

namespace doudi::http {

// What goes to other platforms and comes from them.
[[nodiscard]] std::vector<Route> exchange_routes();

}  // namespace doudi::http
