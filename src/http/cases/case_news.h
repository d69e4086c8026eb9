// SPDX-License-Identifier: Apache-2.0
// Who watches is told at once that a case has come to their office, or has moved there: by its number alone,
// never of whom it is about.
#pragma once
#include <functional>

#include "casework/verbs.h"
#include "http/request/call.h"

namespace doudi::http {

// Of one case, after what happened to it is kept. That nobody could be told undoes nothing.
void tell_of_case(Call& call, casework::CaseId of);
// Of the case that was moved and of those that began or went on by it.
void tell_of_move(Call& call, const casework::Moved& moved);
// Which fresh events a session is told of: those of cases only where the case's office lies at its own or
// below and, of a department, is that department's.
[[nodiscard]] std::function<bool(const jobs::FreshEvent&)> news_for(Call& call);

}  // namespace doudi::http
