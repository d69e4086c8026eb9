// SPDX-License-Identifier: Apache-2.0
// Whom a case is about, for those who handle it and do not reach its household: a department to which it is
// addressed, a provider that has the order, an office of another place. Whoever reaches the household opens
// it.
#pragma once
#include <boost/json.hpp>
#include <vector>

#include "access/masking.h"
#include "casework/verbs.h"
#include "http/request/call.h"

namespace doudi::http {

// Name, identity number, phone and address as the reader's right to such cases shows them, or whole what was
// revealed to them for this case; `revealable`: classes that they may ask to see whole as long as they have
// a step to take in it. Null where the reader reaches the household, or where the case has none. The look of
// the call has the person then.
[[nodiscard]] Result<boost::json::value> subject_json(Call& call, const casework::CaseView& view);

// What was revealed to the reader for this case, which the path names, and has not expired.
[[nodiscard]] Result<std::vector<access::Reveal>> reveals_for_case(Call& call, casework::CaseId of);

// POST …/cases/{id}/reveals: one class of fields of that person whole for a while, for this case and a
// reason; or its accounts, for offices that reach the household (case_accounts.h). 404 "no_such_case" where
// there is no such case in reach, 403 "not_allowed" without the right, 409 "case_not_at_hand" where the case
// waits for somebody else or is closed.
[[nodiscard]] Outcome<Response> reveal_subject(Call& call);

}  // namespace doudi::http
