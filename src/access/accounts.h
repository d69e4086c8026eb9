// SPDX-License-Identifier: Apache-2.0
// Accounts, sessions, second factors, tokens of departments and window codes of citizens. Secrets are stored
// as hashes (passwords: argon2id; random ones: SM3) or sealed (TOTP). Signing in says "refused" whatever was
// wrong, after the same work, and never whether an account exists. Whoever enters, leaves, is refused or
// changes what they enter with stands in the log before the answer leaves (door_events.h).
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/audit.h"
#include "access/roles.h"
#include "access/sealer.h"
#include "access/security_rules.h"
#include "access/session.h"
#include "access/session_cache.h"
#include "access/units.h"
#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access {

// argon2id for all threads: so many at once, so many waiting, and then "busy" (ErrorKind::limit).
class PasswordHasher {
  public:
    explicit PasswordHasher(const SecurityRules& rules);
    PasswordHasher(const PasswordHasher&) = delete;
    PasswordHasher& operator=(const PasswordHasher&) = delete;
    ~PasswordHasher();
    [[nodiscard]] Result<std::string> hash(std::string_view password);
    // An empty hash is that of nobody: as much work, and false.
    [[nodiscard]] Result<bool> matches(std::string_view hash, std::string_view password);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// What all calls share; outlives them. Each call is handed the connection of its thread.
struct AccountServices {
    const Roles& roles;
    const SecurityRules& rules;
    const Clock& clock;
    PasswordHasher& hasher;
    const Sealer& sealer;              // for TOTP secrets
    AuditLog* log = nullptr;           // null: what happens at the doors is written by the caller
    SessionCache* sessions = nullptr;  // null: each question asks the database who asks

    void rights_changed() const {
        if (sessions != nullptr) sessions->changed();
    }
};

struct Account {
    UserId id;
    std::string name;  // to sign in with; unique without regard to case
    std::string full_name;
    std::vector<std::string> roles;
    UnitId unit;
    std::string department;
    bool active = true;
    bool must_change_password = true;
    bool has_second_factor = false;
    bool demo = false;  // enters from this machine alone, without a change of password or a second factor
    Instant created_at;
    std::int64_t version = 0;  // of what administrators change, and of the password
};

// What an administrator may change of an account.
struct AccountChange {
    std::string full_name;
    std::vector<std::string> roles;
    UnitId unit;
    std::string department;
    bool active = true;
};

// What a signed-in browser holds. Both are shown once and never stored.
struct SignedIn {
    Session session;
    std::string token;  // for the cookie
    std::string csrf;   // for the header of every change
};

struct SecondFactorOffer {
    std::string secret;  // base32
    std::string uri;     // otpauth://…
};

class Accounts {
  public:
    Accounts(store::Database& database, const AccountServices& services)
        : database_(&database), services_(&services) {}

    // --- administration; who may is the caller's question to Roles ---
    // The first password must be changed at the first sign-in.
    [[nodiscard]] Result<UserId> add(const Account& account, std::string_view first_password);
    [[nodiscard]] Result<std::vector<Account>> list();
    [[nodiscard]] Result<Account> find(std::string_view name);
    [[nodiscard]] Result<Account> find(UserId user);
    // Of a unit and all below it on that day, by name as names are compared, behind `after`; empty: from the
    // top.
    [[nodiscard]] Result<std::vector<Account>> page(UnitId unit, Date day, std::string_view after,
                                                    std::size_t most);
    // Ends every session of the account. "account_changed" (conflict): it has another version by now;
    // "demo_ended" (conflict): a demo account that was ended does not come back this way.
    [[nodiscard]] Result<void> change(const Account& account, const AccountChange& change);
    // Ends every session of the account.
    [[nodiscard]] Result<void> set_active(UserId user, bool active);
    // A password that must be changed, no second factor, no session, no lock-out.
    [[nodiscard]] Result<void> reset(UserId user, std::string_view first_password);

    // --- signing in ---
    // Errors: "sign_in_refused" (kind invalid), "sign_in_wait" (limit; says how long), "busy" (limit).
    [[nodiscard]] Result<SignedIn> sign_in(std::string_view name, std::string_view password,
                                           std::string_view from);
    // The code of the device, or a recovery code. The session gets another token.
    [[nodiscard]] Result<SignedIn> second_factor(std::string_view token, std::string_view code,
                                                 std::string_view from);
    // Ends the account's other sessions; this one gets another token.
    [[nodiscard]] Result<SignedIn> change_password(std::string_view token, std::string_view old_password,
                                                   std::string_view new_password, std::string_view from);
    // By what the cookie holds. "session_ended": unknown, idle too long, too old, revoked, or the account's
    // rights have changed.
    [[nodiscard]] Result<Session> session(std::string_view token, std::string_view from);
    [[nodiscard]] static std::string csrf_of(std::string_view token);
    [[nodiscard]] static bool csrf_matches(std::string_view token, std::string_view csrf);
    [[nodiscard]] Result<void> sign_out(std::string_view token, std::string_view from);
    // How many there were.
    [[nodiscard]] Result<std::int64_t> end_sessions(UserId user);

    // --- second factor ---
    // A secret that counts from when a code of it was shown.
    [[nodiscard]] Result<SecondFactorOffer> offer_second_factor(const Session& session);
    // Recovery codes, shown once.
    [[nodiscard]] Result<std::vector<std::string>> confirm_second_factor(const Session& session,
                                                                         std::string_view code);

    // --- outside identities (OpenID Connect) ---
    struct OutsideSubject {
        std::string issuer;
        std::string subject;
    };
    // "subject_linked" (conflict): it is linked to another account. A link to a person gives way.
    [[nodiscard]] Result<void> link(const OutsideSubject& subject, UserId user);
    // The last one holds; an account's link does not give way ("subject_linked").
    [[nodiscard]] Result<void> link(const OutsideSubject& subject, PersonId person);
    [[nodiscard]] Result<std::optional<UserId>> linked_account(const OutsideSubject& subject);
    [[nodiscard]] Result<std::vector<OutsideSubject>> links(UserId user);
    // All of the account's at this issuer, with its sessions; how many there were.
    [[nodiscard]] Result<std::int64_t> unlink(UserId user, std::string_view issuer);
    // The caller has verified the identity. "sign_in_refused": it is linked to nobody, or the account is
    // locked.
    [[nodiscard]] Result<SignedIn> sign_in(const OutsideSubject& subject, std::string_view from);

  private:
    store::Database* database_;
    const AccountServices* services_;
};

// As Accounts::find, for who only reads; "user_unknown".
[[nodiscard]] Result<Account> find_account(store::Database& database, std::string_view name);

// Nothing: it may be used. Says every rule that it breaks.
[[nodiscard]] Result<void> check_password(const SecurityRules& rules, std::string_view user_name,
                                          std::string_view password);

// --- departments' machines ---

struct ApiToken {
    std::uint64_t id = 0;
    std::string title;
    std::string role;  // one of kind token
    UnitId unit;
    std::string department;
    Date from;
    Date until;  // not on
    std::optional<Instant> revoked_at;
};
// The token itself, shown once; `made`: what is kept of it.
[[nodiscard]] Result<std::string> issue_token(store::Database& database, const AccountServices& services,
                                              const ApiToken& token, UserId issued_by,
                                              ApiToken* made = nullptr);
[[nodiscard]] Result<Session> token_session(store::Database& database, const AccountServices& services,
                                            std::string_view token, std::string_view from);
[[nodiscard]] Result<std::vector<ApiToken>> list_tokens(store::Database& database);
// "token_unknown".
[[nodiscard]] Result<ApiToken> find_token(store::Database& database, std::uint64_t id);
[[nodiscard]] Result<void> revoke_token(store::Database& database, const Clock& clock, std::uint64_t id);

// --- citizens ---

// After an officer has seen the person's paper. The code is for one sign-in, soon; an earlier one of the
// person ends. The audit has it before this returns.
[[nodiscard]] Result<std::string> issue_window_code(store::Database& database,
                                                    const AccountServices& services, AuditLog& log,
                                                    const Session& officer, PersonId person,
                                                    std::string_view paper_seen);
// "sign_in_refused" whatever is wrong with the code; "sign_in_wait" for an address that tried too often.
[[nodiscard]] Result<SignedIn> redeem_window_code(store::Database& database, const AccountServices& services,
                                                  std::string_view code, std::string_view from);

}  // namespace doudi::access
