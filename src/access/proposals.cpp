// SPDX-License-Identifier: Apache-2.0
#include "access/proposals.h"

#include <fmt/format.h>

#include "access/papers_repository.h"
#include "base/text_fold.h"
#include "base/utf8.h"

namespace doudi::access {

namespace {

Result<Proposal> need(store::Database& database, std::uint64_t id) {
    const auto found = TRY(repository::select_proposal(database, id));
    if (!found)
        return fail(ErrorKind::not_found, "proposal_unknown",
                    {fmt::format("没有第 {} 号提请", id), fmt::format("there is no proposal {}", id)});
    return *found;
}

std::unexpected<Error> gone(std::uint64_t id) {
    return fail(ErrorKind::conflict, "proposal_gone",
                {fmt::format("第 {} 号提请已处理、已使用或已过期", id),
                 fmt::format("proposal {} was decided, used or has expired", id)});
}

}  // namespace

Result<std::uint64_t> propose(store::Database& database, const Roles& roles, const Clock& clock,
                              const Session& session, Thing thing, std::string_view payload,
                              std::string_view reason) {
    TRY_VOID(roles.require(session, Verb::propose, thing));
    if (payload.empty() || trim(reason).empty()) {
        return fail(ErrorKind::invalid, "proposal_empty",
                    {"提请须写明内容和理由", "a proposal says what, and why"});
    }
    Proposal proposal;
    proposal.thing = thing;
    proposal.payload = payload;
    proposal.reason = trim(reason);
    proposal.proposed_by = session.user;
    proposal.proposed_at = clock.now();
    return repository::insert_proposal(database, proposal);
}

Result<void> decide_proposal(store::Database& database, const Roles& roles, const SecurityRules& rules,
                             const Clock& clock, const Session& session, std::uint64_t id, bool approved) {
    const Proposal proposal = TRY(need(database, id));
    TRY_VOID(roles.require(session, Verb::approve, proposal.thing));
    if (session.user == UserId() || session.user == proposal.proposed_by) {
        return fail(
            ErrorKind::usage, "proposal_own",
            {"提请须由另一人审批，不能审批自己的提请", "another person decides: nobody approves their own"});
    }
    const Instant now = clock.now();
    if (now >= proposal.proposed_at + rules.proposal_term) return gone(id);
    const ProposalState after = approved ? ProposalState::approved : ProposalState::refused;
    if (!TRY(repository::change_proposal(database, id, ProposalState::open, after, session.user, now)))
        return gone(id);
    return {};
}

Result<void> use_proposal(store::Database& database, const SecurityRules& rules, const Clock& clock,
                          std::uint64_t id, Thing thing, std::string_view payload) {
    const Proposal proposal = TRY(need(database, id));
    if (proposal.thing != thing || proposal.payload != payload) {
        return fail(ErrorKind::conflict, "proposal_differs",
                    {"要执行的内容与批准的内容不一致", "what would be done is not what was approved"});
    }
    const Instant now = clock.now();
    if (proposal.state == ProposalState::open) {
        return fail(ErrorKind::usage, "proposal_open",
                    {"尚未经第二人批准", "no second person has approved it yet"});
    }
    if (now >= proposal.proposed_at + rules.proposal_term) return gone(id);
    if (!TRY(repository::change_proposal(database, id, ProposalState::approved, ProposalState::used,
                                         proposal.decided_by, now)))
        return gone(id);
    return {};
}

Result<std::vector<Proposal>> open_proposals(store::Database& database, const SecurityRules& rules,
                                             const Clock& clock) {
    return repository::select_open_proposals(database, clock.now() - rules.proposal_term);
}

}  // namespace doudi::access
