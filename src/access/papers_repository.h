// SPDX-License-Identifier: Apache-2.0
// Reveals, proposals, authorisations and assignments in the store.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "access/authorisations.h"
#include "access/masking.h"
#include "access/proposals.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access::repository {

[[nodiscard]] Result<int> count_reveals(store::Database& database, UserId user, Instant since);
[[nodiscard]] Result<void> insert_reveal(store::Database& database, std::int64_t id, const Session& session,
                                         const Reveal& reveal, Instant now);
[[nodiscard]] Result<Standing> select_standing(store::Database& database, const Session& session,
                                               HouseholdId household, Date day, Instant now);
[[nodiscard]] Result<std::vector<Reveal>> select_reveals(store::Database& database, SessionId session,
                                                         Instant now);

// The number that it got.
[[nodiscard]] Result<std::uint64_t> insert_proposal(store::Database& database, const Proposal& proposal);
[[nodiscard]] Result<std::optional<Proposal>> select_proposal(store::Database& database, std::uint64_t id);
[[nodiscard]] Result<std::vector<Proposal>> select_open_proposals(store::Database& database, Instant since);
// False: it was not in that state any more.
[[nodiscard]] Result<bool> change_proposal(store::Database& database, std::uint64_t id, ProposalState before,
                                           ProposalState after, UserId decided_by, Instant now);

[[nodiscard]] Result<std::uint64_t> insert_authorisation(store::Database& database,
                                                         const Authorisation& paper, UserId recorded_by,
                                                         Instant now);
[[nodiscard]] Result<bool> revoke(store::Database& database, std::uint64_t id, Date on);
[[nodiscard]] Result<std::vector<Authorisation>> select_authorisations(store::Database& database,
                                                                       std::optional<PersonId> person);

[[nodiscard]] Result<void> put_assignment(store::Database& database, UserId user, HouseholdId household,
                                          std::string_view case_ref, Date from, Date until);
[[nodiscard]] Result<bool> select_assigned(store::Database& database, UserId user, HouseholdId household,
                                           Date day);

}  // namespace doudi::access::repository
