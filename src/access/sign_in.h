// SPDX-License-Identifier: Apache-2.0
// What the ways of signing in share: names for comparing, the count of failures, the making of sessions.
#pragma once
#include <string>
#include <string_view>

#include "access/accounts.h"
#include "access/accounts_repository.h"

namespace doudi::access {

// As names are compared: trimmed, in half width, in lower case.
[[nodiscard]] std::string fold_user_name(std::string_view name);

// Sessions that are known are so no more, once what is done here was done, or may have been.
class RightsChange {
  public:
    explicit RightsChange(const AccountServices& services) : services_(services) {}
    RightsChange(const RightsChange&) = delete;
    RightsChange& operator=(const RightsChange&) = delete;
    ~RightsChange() { services_.rights_changed(); }

  private:
    const AccountServices& services_;
};

// Says "sign_in_refused", whatever was wrong.
[[nodiscard]] std::unexpected<Error> sign_in_refused();

// Two counts of one attempt: of the name (also one that nobody has) and of the address.
class FailureCount {
  public:
    FailureCount(store::Database& database, const AccountServices& services, std::string_view folded_name,
                 std::string_view from);
    // "sign_in_wait" while one of them must wait.
    [[nodiscard]] Result<void> check();
    [[nodiscard]] Result<void> failed();
    // Forgets the name's; the address may be trying many names, one of them its own.
    [[nodiscard]] Result<void> succeeded();

  private:
    [[nodiscard]] Result<void> check(const std::string& subject);
    [[nodiscard]] Result<void> raise(const std::string& subject, const LockOut& lock);

    store::Database* database_;
    const AccountServices* services_;
    std::string name_;  // empty: only the address counts
    std::string address_;
};

// Whether it is the code of the account's device, now, for the first time; or a recovery code not used yet.
[[nodiscard]] Result<bool> factor_matches(store::Database& database, const AccountServices& services,
                                          const repository::AccountRow& row, std::string_view code);

// A new session with a token that nobody has seen.
[[nodiscard]] Result<SignedIn> open_session(store::Database& database, const AccountServices& services,
                                            repository::SessionRow row, std::string_view from);
// What the session may as things stand now; "session_ended".
[[nodiscard]] Result<Session> session_of(store::Database& database, const AccountServices& services,
                                         const repository::SessionRow& row, std::string_view from);

}  // namespace doudi::access
