// SPDX-License-Identifier: Apache-2.0
// Under which papers the asset facts of a case enter. Of people on the register the authorisations that this
// office recorded decide, whatever the case says; what a case says itself is believed of others alone, and
// the answer shows it as said by the case. A fact without a paper is taken out of the case and named.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <vector>

#include "determine/records.h"
#include "http/register/repository.h"
#include "http/request/call.h"
#include "policy/law.h"

namespace doudi::http {

// Who of a case is on the register.
struct CasePeople {
    std::vector<PlacedHousehold> households;       // that is named, or in which somebody named lives
    std::vector<std::optional<PersonId>> members;  // in the case's order; none: not on the register
    std::vector<PersonId> everyone;                // whom the household's facts concern: also who is on the
                                                   // register in the named household and not in the case
};
// {"household": code, "members": [id or null, …]} within the session's reach, one for each member of the
// case; null: nobody of it is on the register. Who bears the name of somebody of the named household is not
// null.
[[nodiscard]] Outcome<CasePeople> case_people(Call& call, const boost::json::value* asked,
                                              const determine::Case& told, FieldFaults& faults);

// A fact that a paper keeps out: as if the case did not tell it.
[[nodiscard]] determine::ToldFact left_out(determine::Paper paper);

// Takes out of the case what no paper lets in, and says so: "papers" of the answer.
[[nodiscard]] Outcome<boost::json::object> lay_papers(Call& call, const policy::Law& law,
                                                      const CasePeople& people, determine::Case& told);

}  // namespace doudi::http
