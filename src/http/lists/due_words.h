// SPDX-License-Identifier: Apache-2.0
// What the list of who is due by rhythm is asked by, and how its lines read.
#pragma once
#include <string>

#include "casework/rhythms/rhythms_repository.h"
#include "http/request/call.h"
#include "policy/law.h"

namespace doudi::http {

// due, day, machine, rhythm, category, household, seen, unit, at; a word that the law does not know is a
// fault.
[[nodiscard]] casework::repository::DueFilter due_filter(const Call& call, QueryFields& query,
                                                         const policy::Law& law);

[[nodiscard]] Text category_title(const policy::Law& law, const std::string& id);
[[nodiscard]] Text machine_title(const policy::Law& law, const std::string& id);
// What is missing, and who supplies it; empty: nothing is.
[[nodiscard]] Text missing_words(const policy::Law& law, const std::string& waits_for);
[[nodiscard]] Text late_words(int days);
// How a line stands on a day, in words.
[[nodiscard]] Text standing_words(const policy::Law& law, const casework::DueLine& line, Date day);

}  // namespace doudi::http
