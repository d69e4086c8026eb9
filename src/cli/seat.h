// SPDX-License-Identifier: Apache-2.0
// Somebody who signs in at this machine as they do at the server, with their password and, where their
// account has one, the code of their device: what they then do is done in their name, and nobody else's. Both
// are asked for at the terminal without being shown; from anything else they are read, a line each.
#pragma once
#include <memory>
#include <string>

#include "access/accounts.h"
#include "access/audit.h"
#include "access/roles.h"
#include "access/security_rules.h"
#include "cli/case_office.h"

namespace doudi::cli {

class Seat {
  public:
    // The folder must be open for writing: who enters stands in the log of looks. Errors: those of
    // Accounts::sign_in(); "seat_unfinished": the account has to change its password or set up its device on
    // the server first.
    [[nodiscard]] static Result<std::unique_ptr<Seat>> take(const Console& console, CaseOffice& office,
                                                            const std::string& name);
    ~Seat();  // signs out
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;

    [[nodiscard]] const access::Session& session() const { return session_; }
    [[nodiscard]] const access::Roles& roles() const { return roles_; }
    // A look of theirs; durable when this returns.
    [[nodiscard]] Result<void> log(access::Verb verb, access::Thing thing, std::string what,
                                   std::vector<HouseholdId> households);

  private:
    Seat(CaseOffice& office, access::Roles roles, access::SecurityRules rules,
         std::unique_ptr<access::AuditLog> log);
    [[nodiscard]] Result<void> enter(const Console& console, const std::string& name);

    access::Roles roles_;
    access::SecurityRules rules_;
    std::unique_ptr<access::AuditLog> log_;
    std::unique_ptr<access::Sealer> sealer_;
    access::PasswordHasher hasher_;
    access::AccountServices services_;
    access::Accounts accounts_;
    std::string from_, token_;
    access::Session session_;
};

}  // namespace doudi::cli
