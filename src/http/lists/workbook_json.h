// SPDX-License-Identifier: Apache-2.0
// Workbooks that came back as answers write them: row by row what would be, or why it cannot.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "casework/returned/returned.h"
#include "casework/verbs.h"
#include "http/request/call.h"

namespace doudi::http {

// Of the file that is the request's body, in hex.
[[nodiscard]] std::string hash_of_body(const Call& call);
// The workbook as it is kept now, where it was made with its Location.
[[nodiscard]] Outcome<Response> workbook_answer(Call& call, casework::WorkbookId id, const policy::Law& law,
                                                int status);
[[nodiscard]] boost::json::array faults_json(const std::vector<casework::MoveFault>& faults);
[[nodiscard]] boost::json::array refusals_json(const std::vector<Error>& refusals);

[[nodiscard]] boost::json::object workbook_json(Call& call, const casework::Workbook& workbook,
                                                const policy::Law& law);
// As WorkbookRow, of a row of which nothing that it told is shown.
[[nodiscard]] boost::json::object bare_row_json(const casework::ReturnedAt& row, int event);
// As an item of WorkbookSettled: there is no such row, or it waits for somebody else.
[[nodiscard]] boost::json::object not_there_json(int number);
// The case of a row, and its household's code (empty: it is about none that the reader is told).
struct RowCase {
    casework::CaseView view;
    casework::CaseView told;  // as far as its reader reaches whom it is about (case_reach.h)
    std::string household;
};
// `of`: null: the row is about none of ours, or the case is out of reach, and what it told is not shown.
// `whole`: also what only offices see.
[[nodiscard]] boost::json::object row_json(Call& call, const casework::ReturnedRow& row, const RowCase* of,
                                           bool whole);

}  // namespace doudi::http
