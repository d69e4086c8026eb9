// SPDX-License-Identifier: Apache-2.0
// Workbooks of first requests, among the others that came back: which they are, how their rows read, and the
// taking of one.
#pragma once
#include <boost/json.hpp>

#include "casework/returned/returned_first.h"
#include "http/request/call.h"

namespace doudi::http {

[[nodiscard]] bool is_first_workbook(const casework::Workbook& workbook);
// One's own, or of an office that one reaches; of offices alone.
[[nodiscard]] bool reaches_first_workbook(const Call& call, const casework::Workbook& workbook);

// As WorkbookRow; of a request that is gone or out of reach what the row told is not shown.
[[nodiscard]] Outcome<boost::json::object> first_row_json(Call& call, const policy::Law& law,
                                                          const casework::ReturnedFirst& row);
// As an item of WorkbookSettled; "not_there": there is no such row, or it waits for somebody else.
[[nodiscard]] Outcome<boost::json::object> settle_first_row(Call& call, const policy::Pack& pack,
                                                            casework::WorkbookId id, int number, bool takes);

}  // namespace doudi::http
