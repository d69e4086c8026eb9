// SPDX-License-Identifier: Apache-2.0
// The routes that desks are made of: numbers with their lists, what waits for a person, oversight.
#pragma once
#include <vector>

#include "http/request/route.h"

namespace doudi::http {

[[nodiscard]] std::vector<Route> overview_routes();        // the cockpit
[[nodiscard]] std::vector<Route> dataset_routes();         // what departments send, and what is late
[[nodiscard]] std::vector<Route> reading_routes();         // originals that are read again
[[nodiscard]] std::vector<Route> match_routes();           // rows that wait for a person
[[nodiscard]] std::vector<Route> oversight_routes();       // what is overdue, reminders
[[nodiscard]] std::vector<Route> rule_hit_routes();        // what rules find for those who audit
[[nodiscard]] std::vector<Route> saved_view_routes();      // views of a list that an account keeps
[[nodiscard]] std::vector<Route> boundary_routes();        // boundaries that an office brought itself
[[nodiscard]] std::vector<Route> month_routes();           // what an office did in a month
[[nodiscard]] std::vector<Route> rhythm_routes();          // what must happen again and again
[[nodiscard]] std::vector<Route> due_workbook_routes();    // who is due, filled in without a net
[[nodiscard]] std::vector<Route> first_request_routes();   // of people who are on no register
[[nodiscard]] std::vector<Route> first_workbook_routes();  // the same, filled in without a net
[[nodiscard]] std::vector<Route> payroll_routes();         // what is paid in a month, what a bank sent back
[[nodiscard]] std::vector<Route> role_routes();            // what each role may do

}  // namespace doudi::http
