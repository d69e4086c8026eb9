// SPDX-License-Identifier: Apache-2.0
// A proposal as its readers see it: in a list, and whole, with what it would change in words.
#pragma once
#include <boost/json.hpp>

#include "access/proposals.h"
#include "http/request/call.h"

namespace doudi::http {

[[nodiscard]] bool may_see_proposal(const Call& call, const access::Proposal& proposal);
[[nodiscard]] boost::json::object proposal_head(Call& call, const access::Proposal& proposal);
[[nodiscard]] Outcome<boost::json::object> proposal_json(Call& call, const access::Proposal& proposal);

}  // namespace doudi::http
