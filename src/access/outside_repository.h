// SPDX-License-Identifier: Apache-2.0
// Identities of others in the store: whom they are linked to, who is on the way to one, who was invited.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/accounts.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access::repository {

// --- links ---
struct SubjectRow {
    UserId user;
    PersonId person;
};
[[nodiscard]] Result<std::optional<SubjectRow>> select_subject(store::Database& database,
                                                               const Accounts::OutsideSubject& subject);
// Linked, and used now. False: it is linked to another account, and nothing was changed.
[[nodiscard]] Result<bool> put_subject(store::Database& database, const Accounts::OutsideSubject& subject,
                                       UserId user, PersonId person, Instant now);
// What lets a person in as a citizen is gone: links, codes of a window; open sessions end. Inside of a
// write().
[[nodiscard]] Result<void> close_doors_of(store::Database& database, PersonId person, Instant now);
[[nodiscard]] Result<std::vector<Accounts::OutsideSubject>> select_subjects(store::Database& database,
                                                                            UserId user);
[[nodiscard]] Result<std::int64_t> delete_subjects(store::Database& database, UserId user,
                                                   std::string_view issuer);

// --- attempts ---
struct AttemptRow {
    std::string state_hash;
    std::string browser_hash;
    std::string provider;
    std::string invitation;  // hash
    Instant expires_at;
};
// Those that have expired by now are gone.
[[nodiscard]] Result<void> insert_attempt(store::Database& database, const AttemptRow& attempt, Instant now);
// It is gone afterwards; none: no such, another browser's, used before or expired.
[[nodiscard]] Result<std::optional<AttemptRow>> take_attempt(store::Database& database,
                                                             std::string_view state_hash,
                                                             std::string_view browser_hash, Instant now);

// --- invitations ---
// An earlier one of the account ends.
[[nodiscard]] Result<void> put_invitation(store::Database& database, std::string_view code_hash, UserId user,
                                          UserId issued_by, Instant now, Instant expires_at);
// It is used up; none: no such, used before or expired.
[[nodiscard]] Result<std::optional<UserId>> use_invitation(store::Database& database,
                                                           std::string_view code_hash, Instant now);

}  // namespace doudi::access::repository
