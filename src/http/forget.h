// SPDX-License-Identifier: Apache-2.0
// A person, or a whole household, is forgotten: out of landed rows, out of the register, by one proof. A
// decision of a person, never of a term.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

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

// Without a person all of the household's members, its address too. conflict "held": a hold stops it. Killed
// on the way, the same again goes on, by a proof of its own.
[[nodiscard]] Result<Forgotten> forget(store::DataFolder& folder, access::AuditLog& log,
                                       const policy::Policy& policy, const Clock& clock,
                                       const access::Session& who, HouseholdId household,
                                       std::optional<PersonId> person, const std::string& reason);

}  // namespace doudi::http
