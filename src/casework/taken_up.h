// SPDX-License-Identifier: Apache-2.0
// Whether an office works on a household: one of its people took up an open case about it there.
#pragma once
#include <cstdint>

#include "casework/records.h"
#include "store/database.h"

namespace doudi::casework {

enum class TakenUp : std::uint8_t {
    no,
    by_oneself_alone,  // the same person opened it and made every move of it: nobody else knows why
    yes,
};
// A move of the program alone takes nothing up, nor does one of another office.
[[nodiscard]] Result<TakenUp> taken_up(store::Database& database, HouseholdId household, UnitId office,
                                       UserId user);

}  // namespace doudi::casework
