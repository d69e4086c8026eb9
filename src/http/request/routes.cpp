// SPDX-License-Identifier: Apache-2.0
#include "http/request/routes.h"

#include <iterator>

#include "http/office/desk_routes.h"
#include "http/register/fact_routes.h"

namespace doudi::http {

std::vector<Route> all_routes() {
    std::vector<Route> all;
    for (auto part : {session_routes,
                      outside_routes,
                      entry_routes,
                      account_routes,
                      audit_routes,
                      household_routes,
                      warning_routes,
                      arrival_routes,
                      arrival_row_routes,
                      roll_gap_routes,
                      upload_routes,
                      job_routes,
                      batch_routes,
                      law_routes,
                      sample_paper_routes,
                      chain_routes,
                      event_row_routes,
                      fact_routes,
                      authorisation_routes,
                      my_authorisation_routes,
                      proposal_routes,
                      ruledesk_routes,
                      unit_routes,
                      colleague_routes,
                      assignment_routes,
                      upkeep_routes,
                      register_proposal_routes,
                      case_routes,
                      query_routes,
                      privacy_routes,
                      termination_routes,
                      title_routes,
                      overview_routes,
                      month_routes,
                      rhythm_routes,
                      due_workbook_routes,
                      payroll_routes,
                      first_request_routes,
                      first_workbook_routes,
                      role_routes,
                      dataset_routes,
                      reading_routes,
                      match_routes,
                      oversight_routes,
                      rule_hit_routes,
                      saved_view_routes,
                      boundary_routes,
                      exchange_routes}) {
        std::ranges::move(part(), std::back_inserter(all));
    }
    return all;
}

}  // namespace doudi::http
