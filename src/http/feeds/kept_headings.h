// SPDX-License-Identifier: Apache-2.0
// Headings that an office keeps for files to come (match/kept_headings.h): which of them hold for an office,
// and the proposal of two people by which one is kept or ended.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "access/proposals.h"
#include "http/register/proposal_payload.h"
#include "http/request/call.h"
#include "match/kept_headings.h"

namespace doudi::http {

// For files that are imported for that office: its own and those of the offices above it. Of no office (a
// command at the machine without one): those of the offices at the root.
[[nodiscard]] Result<std::vector<match::KeptHeading>> headings_kept_for(store::Database& database,
                                                                        access::UnitId unit, Date day);

// Of a body: `headings` (heading_map.h) and `keep`, false to end them. Faults, beside those of a mapping: a
// heading that the dataset knows, that an office above or below keeps, or, to end it, that the asker's office
// does not keep. A department proposes for its own datasets, at the office above it: that keeps them, and a
// person of it approves.
[[nodiscard]] Outcome<ProposalPayload> headings_asked(Call& call, BodyFields& fields, FieldFaults& faults);
// As approved, once.
[[nodiscard]] Outcome<void> put_headings(Call& call, const access::Proposal& proposal,
                                         const HeadingsPayload& payload);
// A sentence for each.
[[nodiscard]] boost::json::array headings_changes(const Call& call, const HeadingsPayload& payload);

}  // namespace doudi::http
