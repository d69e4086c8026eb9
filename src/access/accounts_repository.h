// SPDX-License-Identifier: Apache-2.0
// Accounts, sessions, failures, tokens and codes in the store. What changes something and must not be done
// twice says whether it did.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/accounts.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access::repository {

// An account with what only signing in reads.
struct AccountRow {
    Account account;
    std::string password;
    std::int64_t rights_version = 0;
    std::string totp_secret;
    std::string totp_offered;
    std::int64_t totp_step = 0;
};
// Inside a write(). Conflict: the name is taken.
[[nodiscard]] Result<UserId> insert_account(store::Database& database, const Account& account,
                                            std::string_view folded, std::string_view password, Instant now);
[[nodiscard]] Result<std::optional<AccountRow>> select_account(store::Database& database,
                                                               std::string_view folded);
[[nodiscard]] Result<std::optional<AccountRow>> select_account(store::Database& database, UserId user);
[[nodiscard]] Result<std::vector<Account>> select_accounts(store::Database& database);
[[nodiscard]] Result<std::vector<Account>> select_page(store::Database& database, UnitId within, Date day,
                                                       std::string_view after, std::size_t most);
// Each ends the account's sessions: it raises rights_version.
[[nodiscard]] Result<void> update_active(store::Database& database, UserId user, bool active);
[[nodiscard]] Result<void> update_password(store::Database& database, UserId user, std::string_view password,
                                           bool must_change);
// False: the account has another version by now, and nothing was changed.
[[nodiscard]] Result<bool> update_account(store::Database& database, const Account& account,
                                          const AccountChange& change);
// --- demo accounts ---
[[nodiscard]] Result<std::int64_t> end_demo(store::Database& database);
[[nodiscard]] Result<bool> any_demo(store::Database& database);
// With the password, active, at this place.
[[nodiscard]] Result<void> revive_demo(store::Database& database, const Account& account,
                                       std::string_view password);
// --- second factor ---
[[nodiscard]] Result<void> clear_factor(store::Database& database, UserId user);
[[nodiscard]] Result<void> offer_factor(store::Database& database, UserId user, std::string_view sealed);
// The offered secret becomes the factor, with these recovery codes.
[[nodiscard]] Result<void> take_factor(store::Database& database, UserId user, std::string_view sealed,
                                       std::int64_t step, const std::vector<std::string>& recovery_hashes);
[[nodiscard]] Result<bool> use_step(store::Database& database, UserId user, std::int64_t step);
[[nodiscard]] Result<bool> use_recovery(store::Database& database, UserId user, std::string_view hash,
                                        Instant now);

// --- sessions ---
struct SessionRow {
    SessionId id;
    SessionKind kind{};
    UserId user;
    std::optional<PersonId> person;
    std::int64_t rights_version = 0;
    bool factor_passed = false;
    bool outside = false;  // signed in by an identity that others vouch for
    Instant created_at;
    Instant seen_at;
    bool ended = false;
};
[[nodiscard]] Result<void> insert_session(store::Database& database, const SessionRow& session,
                                          std::string_view token_hash, std::string_view from);
[[nodiscard]] Result<std::optional<SessionRow>> select_session(store::Database& database,
                                                               std::string_view token_hash);
[[nodiscard]] Result<void> touch_session(store::Database& database, SessionId id, Instant now);
[[nodiscard]] Result<void> end_session(store::Database& database, SessionId id, Instant now);
[[nodiscard]] Result<std::int64_t> end_sessions(store::Database& database, UserId user, Instant now);
[[nodiscard]] Result<void> pass_factor(store::Database& database, SessionId id);
[[nodiscard]] Result<std::optional<HouseholdId>> select_household_of(store::Database& database,
                                                                     PersonId person);

// --- failures ---
struct Failures {
    int count = 0;
    Instant last_at;
    Instant wait_until;
};
[[nodiscard]] Result<Failures> select_failures(store::Database& database, std::string_view subject);
[[nodiscard]] Result<void> put_failures(store::Database& database, std::string_view subject,
                                        const Failures& failures);
[[nodiscard]] Result<void> forget_failures(store::Database& database, std::string_view subject);

// --- tokens of departments ---
[[nodiscard]] Result<void> insert_token(store::Database& database, const ApiToken& token,
                                        std::string_view token_hash, UserId issued_by, Instant now);
[[nodiscard]] Result<std::optional<ApiToken>> select_token(store::Database& database,
                                                           std::string_view token_hash);
[[nodiscard]] Result<std::vector<ApiToken>> select_tokens(store::Database& database);
[[nodiscard]] Result<bool> revoke_token(store::Database& database, std::uint64_t id, Instant now);

// --- window codes ---
struct WindowCode {
    std::string locator;
    std::string code_hash;
    PersonId person;
    UserId issued_by;
    Instant issued_at;
    Instant expires_at;
    int tries_left = 0;
};
// Inside a write(): those before of the person are gone.
[[nodiscard]] Result<void> put_code(store::Database& database, const WindowCode& code);
// Counts a try; none: no such code, used, expired or tried too often.
[[nodiscard]] Result<std::optional<WindowCode>> try_code(store::Database& database, std::string_view locator,
                                                         Instant now);
[[nodiscard]] Result<bool> use_code(store::Database& database, std::string_view locator, Instant now);

}  // namespace doudi::access::repository
