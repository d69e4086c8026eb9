// SPDX-License-Identifier: Apache-2.0
// Workbooks of who is due by rhythm, among the others that came back: which they are, how their rows read,
// and the taking of one.
#pragma once
#include <boost/json.hpp>

#include "casework/returned/returned_due.h"
#include "http/request/call.h"

namespace doudi::http {

[[nodiscard]] bool is_due_workbook(const casework::Workbook& workbook);
// One's own, or of an office that one reaches; of offices alone.
[[nodiscard]] bool reaches_due_workbook(const Call& call, const casework::Workbook& workbook);

// As WorkbookRow; of a household out of reach what it told is not shown.
[[nodiscard]] Outcome<boost::json::object> due_row_json(Call& call, const policy::Law& law,
                                                        const casework::ReturnedDue& row);
// As an item of WorkbookSettled; "not_there": there is no such row, or it waits for somebody else.
[[nodiscard]] Outcome<boost::json::object> settle_due_row(Call& call, const policy::Pack& pack,
                                                          casework::WorkbookId id, int number, bool takes);

}  // namespace doudi::http
