// SPDX-License-Identifier: Apache-2.0
// Whether an office works on a household: an open case about it lies there, or one of its people made a move
// of one, be that elsewhere by now. Who passed a warning down answers for it until it is closed.
#pragma once
#include <cstdint>

#include "base/date.h"
#include "casework/records.h"
#include "store/database.h"

namespace doudi::casework {

enum class TakenUp : std::uint8_t {
    no,
    by_oneself_alone,  // the same person opened it and made every move of it: nobody else knows why
    yes,
};
// A case that lies at the office is its work before anybody moved it, unless whoever looks opened it. Of a
// case elsewhere a move of the program alone takes nothing up, nor does a move that another office made.
[[nodiscard]] Result<TakenUp> taken_up(store::Database& database, HouseholdId household, UnitId office,
                                       UserId user);

// Whether a look that names this case is work of that office: the case is about the household, lies at the
// office or came from it, and is open (or was closed on that day: whoever makes the last move reads what
// became of it). A case that the program raised is the office's before anybody took it up; one that whoever
// looks opened is no reason for their look by itself.
[[nodiscard]] Result<bool> is_case_of_office(store::Database& database, CaseId named, HouseholdId household,
                                             UnitId office, UserId user, Date day);

}  // namespace doudi::casework
