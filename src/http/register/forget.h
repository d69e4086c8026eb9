// SPDX-License-Identifier: Apache-2.0
// A person, or a whole household, is forgotten: out of landed rows, out of the register, by one proof. A
// decision of a person, never of a term.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/audit.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/result.h"
#include "policy/pack.h"
#include "store/data_folder.h"

namespace doudi::http {

struct Forgotten {
    std::int64_t proof = 0;
    std::uint64_t people = 0;
    std::optional<Date>
        originals_until;  // the last day of import of which an original is kept: it may name them
};

struct Forgetting {
    HouseholdId household;
    std::optional<PersonId> person;  // none: all of its members, its address too
    // Whom a second person approved; conflict "household_changed" if somebody came since. None: nobody was
    // asked.
    std::optional<std::vector<PersonId>> approved;
    std::string reason;
};
// Whom it would concern, by id. conflict "held": a hold stops it; not_found: the household has no such
// person.
[[nodiscard]] Result<std::vector<PersonId>> to_forget(store::DataFolder& folder, const Forgetting& what);

// Killed on the way, the same again goes on, by a proof of its own.
[[nodiscard]] Result<Forgotten> forget(store::DataFolder& folder, access::AuditLog& log,
                                       const policy::Policy& policy, const Clock& clock,
                                       const access::Session& who, const Forgetting& what);

}  // namespace doudi::http
