// SPDX-License-Identifier: Apache-2.0
// The bank accounts that steps of a case told: the last four digits, and the number where it was revealed to
// the reader for this case.
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <string>

#include "casework/verbs.h"
#include "http/request/call.h"

namespace doudi::http {

// One for each step that tells one, of those that `sees` lets through. What is whole stands in the look.
[[nodiscard]] Result<boost::json::array> accounts_json(
    Call& call, const casework::CaseView& view, const std::function<bool(const casework::CaseEvent&)>& sees);

// All of them whole for a while, for this case and a reason, by the right to reveal accounts of persons of
// the household. 409 "no_account": no step of the case tells one.
[[nodiscard]] Outcome<Response> reveal_accounts(Call& call, const casework::CaseView& view,
                                                const std::string& reason);

}  // namespace doudi::http
