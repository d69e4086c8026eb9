// SPDX-License-Identifier: Apache-2.0
// A case of change as it is told to a session: what it reaches of it, masked as the households are.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "access/scope.h"
#include "http/request/call.h"
#include "upkeep/records.h"

namespace doudi::http {

// The households of a case that the session reaches, with the office of each.
struct Reached {
    std::vector<HouseholdId> ids;
    std::vector<std::string> codes;
    access::ScopedRow row;  // of the first
    bool guarded = false;   // somebody in it, or in one of its households, is under protection
};
[[nodiscard]] Result<Reached> reached(Call& call, const upkeep::Case& change, const access::Scope& scope);

// As a list tells it; of a question about a member, who that is.
[[nodiscard]] Result<boost::json::object> case_json(Call& call, const upkeep::Case& change,
                                                    const Reached& of);
// Each field with before and after, and who did what to it when.
[[nodiscard]] Result<boost::json::array> changes_json(Call& call, const upkeep::Case& change,
                                                      const Reached& of);
[[nodiscard]] boost::json::array steps_json(Call& call, const upkeep::Case& change, const Reached& of);
// Open warnings of households that it ends, as long as it is not decided for good, as far as the session
// reads warnings.
[[nodiscard]] Result<boost::json::array> warnings_json(Call& call, const upkeep::Case& change,
                                                       const Reached& of);

}  // namespace doudi::http
