// SPDX-License-Identifier: Apache-2.0
// Workbooks that came back as answers write them: row by row what would be, or why it cannot.
#pragma once
#include <boost/json.hpp>
#include <vector>

#include "casework/returned.h"
#include "casework/verbs.h"
#include "http/call.h"

namespace doudi::http {

[[nodiscard]] boost::json::object workbook_json(Call& call, const casework::Workbook& workbook,
                                                const policy::Law& law);
// `view`: of the row's case; null: it is about none of ours, or the case is out of reach, and what it told is
// not shown. `whole`: also what only offices see.
[[nodiscard]] boost::json::object row_json(Call& call, const casework::ReturnedRow& row,
                                           const casework::CaseView* view, bool whole);
[[nodiscard]] boost::json::object taken_json(int number, const casework::TakenRow& taken);

}  // namespace doudi::http
