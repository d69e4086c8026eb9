// SPDX-License-Identifier: Apache-2.0
// The days of a case as whoever applied is told them while its category is not settled: no day of one
// category that may not be theirs, but the longest that can hold, marked as such (casework/category_terms.h).
#pragma once
#include <boost/json.hpp>
#include <vector>

#include "casework/clocks/category_terms.h"
#include "http/request/call.h"

namespace doudi::http {

// Whether its reader is told so of a case.
[[nodiscard]] bool is_told_the_longest(const Call& call, const casework::repository::Projection& now);
// What of the clocks of a case its reader sees.
struct SeenClocks {
    std::vector<casework::ClockReading> clocks;   // without those of categories where the longest is told
    std::vector<casework::ClockReading> longest;  // longest_terms(), where it is told
};
// Puts the longest into a row of a list, or a day before it that hangs on no category, with the title of its
// clock. Where no longest is told the row stays as it is.
void tell_the_longest(const Call& call, const SeenClocks& seen, const policy::Law& law,
                      boost::json::object& row);

}  // namespace doudi::http
