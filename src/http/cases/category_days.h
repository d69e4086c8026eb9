// SPDX-License-Identifier: Apache-2.0
// The days of a case as whoever applied is told them while its category is not settled: no day of one
// category that may not be theirs, but the longest that can hold, marked as such (casework/category_terms.h).
#pragma once
#include <boost/json.hpp>
#include <span>

#include "casework/clocks/category_terms.h"
#include "http/request/call.h"

namespace doudi::http {

// Whether its reader is told so of a case.
[[nodiscard]] bool is_told_the_longest(const Call& call, const casework::repository::Projection& now);
// Puts it into a row of a list, with `terms` of longest_terms(). Without any the row stays as it is.
void tell_the_longest(const Call& call, std::span<const casework::ClockReading> terms, const policy::Law& law,
                      boost::json::object& row);

}  // namespace doudi::http
