// SPDX-License-Identifier: Apache-2.0
// The routes of what is known: of a household by which the law decides, and of whom one works with.
#pragma once
#include <vector>

#include "http/request/route.h"

namespace doudi::http {

[[nodiscard]] std::vector<Route> fact_routes();       // facts of a household, with source and day
[[nodiscard]] std::vector<Route> colleague_routes();  // whom a move may name beside oneself

}  // namespace doudi::http
