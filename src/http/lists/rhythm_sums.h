// SPDX-License-Identifier: Apache-2.0
// How many households are due by rhythm, as numbers that open their lists; the daily making of the lines,
// and of the days that cases are listed by.
#pragma once
#include <boost/json.hpp>
#include <string>

#include "casework/rhythms/rhythms_repository.h"
#include "http/request/call.h"
#include "http/request/list_link.h"

namespace doudi::http {

[[nodiscard]] boost::json::object due_sums_json(const casework::repository::DueCount& count,
                                                const ListLink& list);

// By each machine that a rhythm of the law opens; null: no household is in reach.
[[nodiscard]] Result<boost::json::value> due_by_machine_json(Call& call, const policy::Law& law);

// The lines of every household anew, by the office's law of today. In a word what came of it.
[[nodiscard]] Result<std::string> renew_rhythms(const Services& services);

// Cases whose day has passed, by what has passed (casework/renewal.h). In a word what came of it.
[[nodiscard]] Result<std::string> renew_passed_days(const Services& services);

}  // namespace doudi::http
