// SPDX-License-Identifier: Apache-2.0
// The way to an identity of others (OpenID Connect) and back. What proves that the browser that comes back is
// the one that went lies in that browser alone: nonce and verifier follow from it, the store holds hashes.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "access/accounts.h"

namespace doudi::access {

struct OutsideAttempt {
    std::string state;    // goes to the provider and comes back
    std::string browser;  // for the browser's cookie
    std::string nonce;    // the identity token must hold it
    // PKCE: 43 characters of base64url; the provider is told its SHA-256 first and the verifier afterwards.
    std::string verifier;
    std::string invitation;  // hash of the code; empty: none
    std::string provider;
};
// `invitation` as typed; empty: none. Whether it is one is found out on the way back.
[[nodiscard]] Result<OutsideAttempt> begin_outside(store::Database& database, const AccountServices& services,
                                                   std::string_view provider, std::string_view invitation);
// The same attempt, once and in its time. "outside_state": no such, another browser's, used before, too late.
[[nodiscard]] Result<OutsideAttempt> take_outside(store::Database& database, const AccountServices& services,
                                                  std::string_view state, std::string_view browser,
                                                  std::string_view from);

// A code that links the identity of whoever comes back with it to the account; shown once. An earlier one of
// the account ends.
struct Invitation {
    std::string code;
    Instant expires_at;
};
[[nodiscard]] Result<Invitation> invite(store::Database& database, const AccountServices& services,
                                        UserId user, UserId issued_by);
// Uses the invitation up and links. "invitation_refused": no such, used before, too late; "subject_linked".
[[nodiscard]] Result<UserId> accept_invitation(store::Database& database, const AccountServices& services,
                                               const Accounts::OutsideSubject& subject,
                                               std::string_view invitation_hash, std::string_view from);
// That an identity was not let in, with why, for the log.
[[nodiscard]] Result<void> note_outside_refused(const AccountServices& services, std::string_view provider,
                                                std::string_view why, std::string_view from);

// Of who is forgotten: nothing lets them in as a citizen any more, and no identity of others is known of
// them.
[[nodiscard]] Result<void> close_doors_of(store::Database& database, PersonId person, const Clock& clock);

}  // namespace doudi::access
