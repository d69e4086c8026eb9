// SPDX-License-Identifier: Apache-2.0
// Whom a case is about, for those who handle it and do not reach its household: a department to which it is
// addressed, a provider that has the order, an office of another place. Whoever reaches the household opens
// it.
#pragma once
#include <boost/json.hpp>

#include "casework/verbs.h"
#include "http/call.h"

namespace doudi::http {

// Name, identity number, phone and address as the reader's right to such cases shows them; null where the
// reader reaches the household, or where the case has none. The look of the call has the person then.
[[nodiscard]] Result<boost::json::value> subject_json(Call& call, const casework::CaseView& view);

}  // namespace doudi::http
