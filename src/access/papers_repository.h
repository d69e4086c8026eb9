// SPDX-License-Identifier: Apache-2.0
// Reveals, proposals, authorisations, assignments and protections in the store.
#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "access/authorisations.h"
#include "access/masking.h"
#include "access/page_standing.h"
#include "access/proposals.h"
#include "access/protection.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access::repository {

[[nodiscard]] Result<int> count_reveals(store::Database& database, UserId user, Instant since);
[[nodiscard]] Result<void> insert_reveal(store::Database& database, std::int64_t id, const Session& session,
                                         const Reveal& reveal, Instant now);
[[nodiscard]] Result<PageStanding> select_standing(store::Database& database, const Session& session,
                                                   HouseholdId household, std::span<const PersonId> people,
                                                   Date day, Instant now);
// Those of the session for the case that it names now.
[[nodiscard]] Result<std::vector<Reveal>> select_reveals(store::Database& database, const Session& session,
                                                         Instant now);

// The number that it got.
[[nodiscard]] Result<std::uint64_t> insert_proposal(store::Database& database, const Proposal& proposal);
[[nodiscard]] Result<std::optional<Proposal>> select_proposal(store::Database& database, std::uint64_t id);
// Younger than that, by id.
[[nodiscard]] Result<std::vector<Proposal>> select_proposals(store::Database& database, ProposalState state,
                                                             Instant since);
// Inside of a write(): as it is after that. False: it was not in that state any more.
[[nodiscard]] Result<bool> change_proposal(store::Database& database, ProposalState before,
                                           const Proposal& after, Instant now);

[[nodiscard]] Result<std::uint64_t> insert_authorisation(store::Database& database, const FolderKeys& keys,
                                                         const Authorisation& paper, UserId recorded_by,
                                                         Instant now);
// Of one who is not on the register.
[[nodiscard]] Result<std::string> select_signer_name(store::Database& database, const FolderKeys& keys,
                                                     const Authorisation& paper);
[[nodiscard]] Result<bool> revoke(store::Database& database, std::uint64_t id, Date on);
[[nodiscard]] Result<std::vector<Authorisation>> select_authorisations(store::Database& database,
                                                                       std::optional<PersonId> person);
[[nodiscard]] Result<std::vector<Authorisation>> select_own_authorisations(store::Database& database,
                                                                           PersonId person);

[[nodiscard]] Result<void> put_assignment(store::Database& database, UserId user, HouseholdId household,
                                          std::string_view case_ref, Date from, Date until);
// The last day is before that one; gives how many that concerned.
[[nodiscard]] Result<std::int64_t> end_assignment(store::Database& database, UserId user,
                                                  HouseholdId household, Date on);
[[nodiscard]] Result<std::vector<Assignment>> select_assignments(store::Database& database, UserId user,
                                                                 Date day);
[[nodiscard]] Result<bool> select_assigned(store::Database& database, UserId user, HouseholdId household,
                                           Date day);

// By the day on which they begin.
[[nodiscard]] Result<std::vector<Protection>> select_protections(store::Database& database,
                                                                 const FolderKeys& keys, PersonId person);
// Inside of a write().
[[nodiscard]] Result<std::uint64_t> insert_protection(store::Database& database, const FolderKeys& keys,
                                                      const Protection& mark, Instant now);
// The one that holds on that day or begins later ends on it. False: there is none.
[[nodiscard]] Result<bool> end_protection(store::Database& database, PersonId person, Date on);

// Inside of a write(): what lies plain of names of signers and of reasons.
[[nodiscard]] Result<void> seal_plain_words(store::Database& database, const FolderKeys& keys);
[[nodiscard]] Result<void> blank_words(store::Database& database, PersonId person);

}  // namespace doudi::access::repository
