// SPDX-License-Identifier: Apache-2.0
// What one person proposes and another one approves: publishing packs and parameters, mass reveals. Approved
// is one payload, once; nobody approves their own.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/roles.h"
#include "access/security_rules.h"
#include "access/session.h"
#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access {

enum class ProposalState : std::uint8_t { open, approved, refused, used };

struct Proposal {
    std::uint64_t id = 0;
    Thing thing{};        // pack, parameter, or person (a mass reveal)
    std::string payload;  // what exactly; compared byte by byte when it is used
    std::string reason;
    UserId proposed_by;
    Instant proposed_at;
    ProposalState state = ProposalState::open;
    UserId decided_by;  // 0: nobody yet
};

// Each asks Roles for the right (propose, approve) on the thing.
[[nodiscard]] Result<std::uint64_t> propose(store::Database& database, const Roles& roles, const Clock& clock,
                                            const Session& session, Thing thing, std::string_view payload,
                                            std::string_view reason);
[[nodiscard]] Result<void> decide_proposal(store::Database& database, const Roles& roles,
                                           const SecurityRules& rules, const Clock& clock,
                                           const Session& session, std::uint64_t id, bool approved);
// By whoever carries it out; once, and only with the payload that was approved.
[[nodiscard]] Result<void> use_proposal(store::Database& database, const SecurityRules& rules,
                                        const Clock& clock, std::uint64_t id, Thing thing,
                                        std::string_view payload);
[[nodiscard]] Result<std::vector<Proposal>> open_proposals(store::Database& database,
                                                           const SecurityRules& rules, const Clock& clock);

}  // namespace doudi::access
