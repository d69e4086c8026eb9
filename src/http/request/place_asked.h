// SPDX-License-Identifier: Apache-2.0
// `unit` and `at` of a list's query: an office with all below it, or one alone. Numbers of the overview open
// lists that are cut so.
#pragma once
#include "http/register/repository.h"
#include "http/request/call.h"

namespace doudi::http {

// An office out of reach is a fault of its parameter, as one that is not there.
[[nodiscard]] PlaceFilter place_asked(const Call& call, QueryFields& query);

}  // namespace doudi::http
