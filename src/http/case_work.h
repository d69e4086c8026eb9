// SPDX-License-Identifier: Apache-2.0
// What monitoring and casework tell each other, within long work: warnings become cases, and what a person
// has closed is acknowledged before the next cycle scores.
#pragma once
#include <boost/json.hpp>

#include "base/date.h"
#include "http/work.h"

namespace doudi::http {

// Gives how many were acknowledged.
[[nodiscard]] Result<std::uint64_t> settle_warnings(WorkPlace& place, AsOf as_of);
[[nodiscard]] Result<boost::json::object> raise_cases(WorkPlace& place);
// The job `raise`: the one after the other.
[[nodiscard]] Result<std::string> raise_work(WorkPlace& place, const jobs::Job& job,
                                             jobs::Progress& progress);

}  // namespace doudi::http
