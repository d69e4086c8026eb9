// SPDX-License-Identifier: Apache-2.0
// Cases as answers write them. What an event was told is shown as far as its reader may see the event
// (access/visibility.yaml) and the field.
#pragma once
#include <boost/json.hpp>

#include "casework/lists/lists_repository.h"
#include "casework/verbs.h"
#include "http/request/call.h"

namespace doudi::http {

[[nodiscard]] boost::json::object machine_json(const policy::Law& law, const policy::Machine& machine);
// With the words that it lets one choose: its own, or the categories, benefits, branches, departments of the
// law.
[[nodiscard]] boost::json::object field_json(const policy::FieldRule& field, const policy::Law& law);

// A row of a list; `pack`: for the titles, and for what is no term of the law.
[[nodiscard]] boost::json::object listed_case_json(const Call& call,
                                                   const casework::repository::ListedCase& one,
                                                   const policy::Pack& pack);
// Into such a row: the longest that can hold, or a day before it (category_days.h), of what its reader sees.
void tell_the_longest_of(Call& call, const casework::CaseView& view, const std::string& household,
                         boost::json::object& row);
// Whole as far as its reader reaches whom it is about (case_reach.h), with what is open to the asker.
[[nodiscard]] Result<boost::json::object> case_json(Call& call, const casework::repository::ListedCase& found,
                                                    const casework::CaseView& view);
[[nodiscard]] boost::json::object moved_json(const casework::Moved& moved);
// 422 with each field, for a move that is refused.
[[nodiscard]] Failure refused_move(const casework::Moved& moved);

}  // namespace doudi::http
