// SPDX-License-Identifier: Apache-2.0
// Persons under protection: where they live, and by which number they are reached, is withheld from everybody
// who has not the class of fields `shelter`, from their household too. A mark has a reason and a beginning;
// it ends, and is never taken away.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "access/session.h"
#include "access/subject_text.h"
#include "access/units.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access {

struct Protection {
    std::uint64_t id = 0;
    PersonId person;
    Date from;
    Date until = forever;  // not on
    std::string reason;    // never shown outside of the offices
    UserId marked_by;
};
// Refused: without a reason, without days, twice over one day.
[[nodiscard]] Result<std::uint64_t> protect(store::Database& database, const FolderKeys& keys,
                                            const Session& session, const Clock& clock,
                                            const Protection& mark);
// not_found: nobody is protected on that day by that mark.
[[nodiscard]] Result<void> end_protection(store::Database& database, PersonId person, Date on);
// Of these people, those that hold on that day.
[[nodiscard]] Result<std::vector<Protection>> protections_on(store::Database& database,
                                                             const FolderKeys& keys,
                                                             std::span<const PersonId> people, Date day);

}  // namespace doudi::access
