// SPDX-License-Identifier: Apache-2.0
#include "access/proposals.h"

#include <fmt/format.h>

#include "access/papers_repository.h"
#include "access/scope.h"
#include "base/said.h"
#include "base/text_fold.h"
#include "base/utf8.h"
#include "policy/folder.h"

namespace doudi::access {

namespace {

constexpr std::string_view states[] = {"open", "approved", "refused", "used"};

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

std::unexpected<Error> differs() {
    return fail(ErrorKind::conflict, "proposal_differs",
                {"要执行的内容与批准的内容不一致", "what would be done is not what was approved"});
}

// Everything but the change itself.
Result<Proposal> usable(store::Database& database, const SecurityRules& rules, Instant now, std::uint64_t id,
                        Thing thing, std::string_view payload) {
    Proposal proposal = TRY(need(database, id));
    if (proposal.thing != thing || proposal.payload != payload) return differs();
    if (proposal.state == ProposalState::open) {
        return fail(ErrorKind::usage, "proposal_open",
                    {"尚未经第二人批准", "no second person has approved it yet"});
    }
    if (proposal.state != ProposalState::approved || now >= proposal.proposed_at + rules.proposal_term)
        return gone(id);
    // Whoever can write to the database must not be able to change what was approved.
    if (payload_hash(payload) != proposal.decided_hash) return differs();
    return proposal;
}

}  // namespace

std::string_view name_of(ProposalState state) {
    return states[static_cast<std::size_t>(state)];
}

std::string payload_hash(std::string_view payload) {
    return policy::fingerprint_of(payload);
}

Result<std::uint64_t> propose(store::Database& database, const Roles& roles, const Clock& clock,
                              const Session& session, Thing thing, std::string_view payload,
                              std::string_view reason) {
    TRY_VOID(roles.require(session, Verb::propose, thing));
    if (payload.empty() || !says_something(reason)) {
        return fail(ErrorKind::invalid, "proposal_empty",
                    {"提请须写明内容和理由", "a proposal says what, and why"});
    }
    Proposal proposal;
    proposal.thing = thing;
    proposal.payload = payload;
    proposal.reason = trim(reason);
    proposal.proposed_by = session.user;
    proposal.unit = session.unit;
    proposal.proposed_at = clock.now();
    return repository::insert_proposal(database, proposal);
}

Result<void> decide_proposal(store::Database& database, const Roles& roles, const SecurityRules& rules,
                             const Clock& clock, const Session& session, std::uint64_t id,
                             const ProposalDecision& decision) {
    const Proposal proposal = TRY(need(database, id));
    TRY_VOID(roles.require(session, Verb::approve, proposal.thing));
    if (session.user == UserId() || session.user == proposal.proposed_by) {
        return fail(
            ErrorKind::usage, "proposal_own",
            {"提请须由另一人审批，不能审批自己的提请", "another person decides: nobody approves their own"});
    }
    if (decision.payload_hash != payload_hash(proposal.payload)) return differs();
    if (!decision.approved && !says_something(decision.answer)) {
        return fail(ErrorKind::invalid, "refusal_without_reason", {"不批准须说明理由", "a refusal says why"},
                    "reason");
    }
    const Instant now = clock.now();
    if (now >= proposal.proposed_at + rules.proposal_term) return gone(id);
    Proposal after = proposal;
    after.state = decision.approved ? ProposalState::approved : ProposalState::refused;
    after.decided_by = session.user;
    after.answer = trim(decision.answer);
    after.decided_hash = decision.payload_hash;
    bool changed = false;
    TRY_VOID(database.write([&]() -> Result<void> {
        changed = TRY(repository::change_proposal(database, ProposalState::open, after, now));
        return {};
    }));
    if (!changed) return gone(id);
    return {};
}

Result<void> use_proposal_within(store::Database& database, const SecurityRules& rules, const Clock& clock,
                                 std::uint64_t id, Thing thing, std::string_view payload) {
    const Instant now = clock.now();
    Proposal proposal = TRY(usable(database, rules, now, id, thing, payload));
    proposal.state = ProposalState::used;
    if (!TRY(repository::change_proposal(database, ProposalState::approved, proposal, now))) return gone(id);
    return {};
}

Result<void> use_proposal(store::Database& database, const SecurityRules& rules, const Clock& clock,
                          std::uint64_t id, Thing thing, std::string_view payload) {
    return database.write([&] { return use_proposal_within(database, rules, clock, id, thing, payload); });
}

Result<std::vector<Proposal>> list_proposals(store::Database& database, const SecurityRules& rules,
                                             const Clock& clock, ProposalState state) {
    return repository::select_proposals(database, state, clock.now() - rules.proposal_term);
}

Result<std::optional<Proposal>> find_proposal(store::Database& database, std::uint64_t id) {
    return repository::select_proposal(database, id);
}

bool may_decide(const Roles& roles, const UnitTree& units, const Session& session, const Proposal& proposal,
                Date day) {
    if (session.user == UserId() || session.user == proposal.proposed_by) return false;
    return Scope::of(roles, units, session, Verb::approve, proposal.thing, day)
        .covers({.unit = proposal.unit});
}

bool may_see(const Roles& roles, const UnitTree& units, const Session& session, const Proposal& proposal,
             Date day) {
    const bool own = session.user != UserId() && session.user == proposal.proposed_by;
    return own || may_decide(roles, units, session, proposal, day);
}

}  // namespace doudi::access
