// SPDX-License-Identifier: Apache-2.0
// How much of a field leaves for a reader. Identity numbers, phones, accounts and illness are masked where
// the role's right says so; a reveal shows one class of one household whole, for a case and a reason, for a
// while.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/audit.h"
#include "access/roles.h"
#include "access/scope.h"
#include "access/security_rules.h"
#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access {

enum class Shown : std::uint8_t { hidden, masked, whole };

// A value as its class is masked: numbers keep front and end, a name its first character, the rest becomes
// "***". An empty value stays empty.
[[nodiscard]] std::string mask(FieldClass field, std::string_view value);
// hidden: empty.
[[nodiscard]] std::string as_shown(Shown shown, FieldClass field, std::string_view value);

struct Reveal {
    HouseholdId household;
    FieldClass field{};
    Instant expires_at;
};

// What one session sees of the fields of rows; made once for a request.
class FieldView {
  public:
    FieldView(const Roles& roles, const UnitTree& units, const Session& session, Thing thing, Date day,
              std::vector<Reveal> revealed = {});
    [[nodiscard]] Shown shown(FieldClass field, const ScopedRow& row) const;
    // Whole, and by a reveal alone.
    [[nodiscard]] bool by_reveal(FieldClass field, const ScopedRow& row) const;

  private:
    [[nodiscard]] bool has_reveal(FieldClass field, const ScopedRow& row) const;

    std::vector<Scope> whole_;   // by FieldClass
    std::vector<Scope> masked_;  // by FieldClass
    std::vector<Reveal> revealed_;
};

struct RevealRequest {
    HouseholdId household;
    std::vector<PersonId> persons;  // whose field it is: the audit's subjects
    FieldClass field{};
    std::string reason;
    std::optional<std::string> flag = std::nullopt;  // of the look, where who asks has judged it; else by
                                                     // assignments alone
};

// Grants it, or says why not: no right, out of scope, no case, no reason, too many in a day (then a second
// person must approve: proposals.h). The audit has it before this returns.
[[nodiscard]] Result<Reveal> reveal(store::Database& database, AuditLog& log, const Roles& roles,
                                    const UnitTree& units, const SecurityRules& rules, const Clock& clock,
                                    const Session& session, const RevealRequest& request);
// A class of fields of many people, whole and at once, beyond what one day lets.
struct MassReveal {
    FieldClass field{};
    std::vector<HouseholdId> households;
    std::vector<PersonId> persons;
    std::string reason;
};
// By the one who proposed it (proposals.h), whom another person approved: uses the proposal up and gives the
// one record that names all subjects, to be written before anything leaves. Refused as a whole if one
// household lies outside of what the session may reveal.
[[nodiscard]] Result<Look> reveal_many(store::Database& database, const Roles& roles, const UnitTree& units,
                                       const SecurityRules& rules, const Clock& clock, const Session& session,
                                       const MassReveal& request, std::uint64_t proposal,
                                       std::string_view payload);
// What a household's page hangs on beside roles: whether it is assigned to the account on that day, and the
// session's reveals that have not expired.
struct Standing {
    bool assigned = false;
    std::vector<Reveal> revealed;  // for the case that the session names now
};
[[nodiscard]] Result<Standing> standing_of(store::Database& database, const Session& session,
                                           HouseholdId household, Date day, Instant now);
// Those of the session, for the case that it names now, that have not expired: a reveal is for one case.
[[nodiscard]] Result<std::vector<Reveal>> reveals_of(store::Database& database, const Session& session,
                                                     Instant now);

}  // namespace doudi::access
