// SPDX-License-Identifier: Apache-2.0
// What answers about cases: looked at in routes_case.cpp, moved in routes_case_moves.cpp.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "casework/verbs.h"
#include "http/request/call.h"

namespace doudi::http {

[[nodiscard]] Outcome<Response> list_procedures(Call& call);
[[nodiscard]] Outcome<Response> list_cases(Call& call);
[[nodiscard]] Outcome<Response> count_cases(Call& call);
[[nodiscard]] Outcome<Response> get_case(Call& call);

[[nodiscard]] Outcome<Response> open_case(Call& call);
[[nodiscard]] Outcome<Response> move_case(Call& call);
[[nodiscard]] Outcome<Response> settle_late_form(Call& call);
// One move of many cases: a batch that is dispatched. Each case has its own answer.
[[nodiscard]] Outcome<Response> move_cases(Call& call);
// One knock: what one visit answers, task by task; sent twice, it is taken once.
[[nodiscard]] Outcome<Response> take_knock(Call& call);

[[nodiscard]] Outcome<Response> add_attachment(Call& call);
[[nodiscard]] Outcome<Response> get_attachment(Call& call);

// Papers of cases and files of closed ones: routes_case_file.cpp.
[[nodiscard]] std::vector<Route> case_file_routes();
// Papers addressed to a citizen's household: routes_my_papers.cpp.
[[nodiscard]] std::vector<Route> my_paper_routes();
// What lies below a case, summed up: routes_roll_up.cpp.
[[nodiscard]] std::vector<Route> roll_up_routes();
// A list below a case, drawn by category: routes_listing.cpp.
[[nodiscard]] std::vector<Route> listing_routes();
// The same drawn up by a condition, for a person to look at: routes_list_draft.cpp.
[[nodiscard]] std::vector<Route> list_draft_routes();
// The machine of the list below a case of this kind, by its law; null: it has none.
[[nodiscard]] const policy::Machine* listed_machine(const policy::Law& law, std::string_view above);
// Work lists that are filled in without a net.
[[nodiscard]] std::vector<Route> workbook_routes();

// What is due, determined on a case's facts and told to it: routes_review.cpp.
[[nodiscard]] std::vector<Route> review_routes();
// What was determined, given again from what is kept of it: routes_replay.cpp.
[[nodiscard]] std::vector<Route> replay_routes();

// What a move did, with the case as it is now.
[[nodiscard]] Outcome<Response> moved_answer(Call& call, const casework::Moved& moved,
                                             boost::json::object more = {});
// A case changes with each of its events.
[[nodiscard]] std::string etag_of_case(int events);

}  // namespace doudi::http
