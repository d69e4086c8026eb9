// SPDX-License-Identifier: Apache-2.0
// The table, put together from the files that answer. What a route is for stands in api/openapi.yaml.
#pragma once
#include <vector>

#include "http/request/route.h"

namespace doudi::http {

[[nodiscard]] std::vector<Route> session_routes();        // sign in and out, passwords, second factor
[[nodiscard]] std::vector<Route> outside_routes();        // identities that others vouch for
[[nodiscard]] std::vector<Route> entry_routes();          // tokens of machines, codes of a window
[[nodiscard]] std::vector<Route> account_routes();        // accounts
[[nodiscard]] std::vector<Route> audit_routes();          // the log of looks
[[nodiscard]] std::vector<Route> household_routes();      // the register
[[nodiscard]] std::vector<Route> warning_routes();        // warnings, exits, doubts
[[nodiscard]] std::vector<Route> arrival_routes();        // files that arrived, what their senders are told
[[nodiscard]] std::vector<Route> roll_gap_routes();       // whom the register has and a roll has not
[[nodiscard]] std::vector<Route> arrival_row_routes();    // the rows of a department's own file
[[nodiscard]] std::vector<Route> upload_routes();         // files in pieces
[[nodiscard]] std::vector<Route> job_routes();            // imports, cycles, closings, what-ifs; events
[[nodiscard]] std::vector<Route> batch_routes();          // one thing done to many, answered row by row
[[nodiscard]] std::vector<Route> law_routes();            // packs, determination
[[nodiscard]] std::vector<Route> sample_paper_routes();   // the papers of a pack with samples
[[nodiscard]] std::vector<Route> chain_routes();          // why, one's own chain, who sees what
[[nodiscard]] std::vector<Route> event_row_routes();      // the row of a file behind an event
[[nodiscard]] std::vector<Route> authorisation_routes();  // signed papers, rows that wait for one
[[nodiscard]] std::vector<Route> my_authorisation_routes();   // a citizen's own
[[nodiscard]] std::vector<Route> proposal_routes();           // what needs a second person
[[nodiscard]] std::vector<Route> ruledesk_routes();           // what was put into force
[[nodiscard]] std::vector<Route> unit_routes();               // the offices
[[nodiscard]] std::vector<Route> assignment_routes();         // who works on whom; persons under protection
[[nodiscard]] std::vector<Route> upkeep_routes();             // changes of the register as cases
[[nodiscard]] std::vector<Route> register_proposal_routes();  // what a register's file proposes
[[nodiscard]] std::vector<Route> case_routes();               // procedures, cases and their moves
[[nodiscard]] std::vector<Route> query_routes();              // a department asks about one person
[[nodiscard]] std::vector<Route> termination_routes();        // a department tells that its help has ended
[[nodiscard]] std::vector<Route> privacy_routes();            // terms, holds, proofs, roots of the log
[[nodiscard]] std::vector<Route> title_routes();              // what the law calls its things
[[nodiscard]] std::vector<Route> exchange_routes();           // what goes to other platforms and comes
[[nodiscard]] std::vector<Route> all_routes();

// api/openapi.yaml as it was built in, and as JSON.
[[nodiscard]] std::string_view openapi_yaml();
[[nodiscard]] const std::string& openapi_json();

}  // namespace doudi::http
