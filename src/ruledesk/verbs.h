// SPDX-License-Identifier: Apache-2.0
// Putting into force what another person approved. Each takes the payload as it was approved; who may propose
// and approve is access's business (access/proposals.h), who may carry out the caller's.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/proposals.h"
#include "policy/load.h"
#include "ruledesk/law_in_force.h"

namespace doudi::ruledesk {

// What each figure would change of a law. Every fault that the law finds in them: an unknown parameter, a
// value of another kind, a residence that there is not, two for one place; and a figure without its paper.
// `place_title` says what a region is called by its code; where it is empty, or says nothing, the code
// stands.
using PlaceTitle = std::function<std::string(std::string_view region)>;
[[nodiscard]] policy::Loaded<std::vector<FigureChange>> changes_of(std::span<const Figure> figures,
                                                                   const policy::Pack& law,
                                                                   const PlaceTitle& place_title = {});

// A pack from a day on, as the program's folder has it now.
struct PackProposal {
    std::string pack;
    std::string version;
    std::string content;  // its fingerprint on that day
    Date from;
};
// One without indicators and levels is put into force for determination alone: what the office is warned by
// stays with the pack before it (LawAsked::Purpose).
[[nodiscard]] policy::Loaded<PackProposal> propose_pack(const std::filesystem::path& root,
                                                        const std::string& pack, Date from);

struct Carrying {
    store::Database& database;
    const access::SecurityRules& rules;
    const Clock& clock;
    access::UserId by;
    std::uint64_t proposal = 0;
    std::string_view payload;
};
// All or nothing, together with using the proposal up. Gives the enactment's number.
[[nodiscard]] Result<std::uint64_t> enact_figures(const Carrying& carrying, std::string_view pack,
                                                  std::span<const Figure> figures);
// Conflict (proposal_differs) if the folder has another text by now than the one that was approved.
[[nodiscard]] Result<std::uint64_t> enact_pack(const Carrying& carrying, const ProgramLaw& program,
                                               const PackProposal& pack);

}  // namespace doudi::ruledesk
