// SPDX-License-Identifier: Apache-2.0
// What one person proposes and another one approves: publishing packs and parameters, mass reveals, that
// people are forgotten, headings that an office keeps. Approved is one payload, once; nobody approves their
// own.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/roles.h"
#include "access/security_rules.h"
#include "access/session.h"
#include "access/units.h"
#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access {

enum class ProposalState : std::uint8_t { open, approved, refused, used };

struct Proposal {
    std::uint64_t id = 0;
    Thing thing{};  // pack, parameter, person (a mass reveal), retention (people who are forgotten) or feed
    std::string payload;  // what exactly; compared byte by byte when it is used
    std::string reason;
    UserId proposed_by;
    UnitId unit;  // of whom proposed it: an approver's reach must hold it
    Instant proposed_at;
    ProposalState state = ProposalState::open;
    UserId decided_by;         // 0: nobody yet
    std::string answer;        // why it was refused, or a word with the approval
    std::string decided_hash;  // SHA-256 of the payload that was decided about; empty: nobody yet
};
[[nodiscard]] std::string_view name_of(ProposalState state);
// What the second person is about to decide: whoever decides names it, so that nobody approves what they did
// not see.
[[nodiscard]] std::string payload_hash(std::string_view payload);

// Each asks Roles for the right (propose, approve) on the thing. A refusal says why.
[[nodiscard]] Result<std::uint64_t> propose(store::Database& database, const Roles& roles, const Clock& clock,
                                            const Session& session, Thing thing, std::string_view payload,
                                            std::string_view reason);
struct ProposalDecision {
    bool approved = false;
    std::string_view payload_hash;  // of what the second person saw
    std::string_view answer = {};
};
[[nodiscard]] Result<void> decide_proposal(store::Database& database, const Roles& roles,
                                           const SecurityRules& rules, const Clock& clock,
                                           const Session& session, std::uint64_t id,
                                           const ProposalDecision& decision);
// By whoever carries it out; once, and only with the payload that was approved.
[[nodiscard]] Result<void> use_proposal(store::Database& database, const SecurityRules& rules,
                                        const Clock& clock, std::uint64_t id, Thing thing,
                                        std::string_view payload);
// The same inside of a write(): it is used up together with what it lets happen, or neither.
[[nodiscard]] Result<void> use_proposal_within(store::Database& database, const SecurityRules& rules,
                                               const Clock& clock, std::uint64_t id, Thing thing,
                                               std::string_view payload);

// Those that are younger than their term, by number: open ones, approved ones that wait to be carried out, or
// refused ones.
[[nodiscard]] Result<std::vector<Proposal>> list_proposals(store::Database& database,
                                                           const SecurityRules& rules, const Clock& clock,
                                                           ProposalState state);
[[nodiscard]] Result<std::optional<Proposal>> find_proposal(store::Database& database, std::uint64_t id);

// Who sees it: who proposed it, and who may decide about it, which nobody may about their own.
[[nodiscard]] bool may_decide(const Roles& roles, const UnitTree& units, const Session& session,
                              const Proposal& proposal, Date day);
[[nodiscard]] bool may_see(const Roles& roles, const UnitTree& units, const Session& session,
                           const Proposal& proposal, Date day);

}  // namespace doudi::access
