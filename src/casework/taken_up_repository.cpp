// SPDX-License-Identifier: Apache-2.0
#include "casework/taken_up.h"

namespace doudi::casework {

Result<TakenUp> taken_up(store::Database& database, HouseholdId household, UnitId office, UserId user) {
    auto query =
        TRY(database.prepare("select distinct f.made_by, e.made_by from casework_case c"
                             " join casework_event f on f.case_id = c.id and f.number = 1"
                             " join casework_event e on e.case_id = c.id and e.made_by <> 0 and e.unit = $2"
                             " where c.household = $1 and c.is_closed = 0"));
    query.bind(1, std::int64_t{household.value()}).bind(2, std::int64_t{office.value()});
    TakenUp found = TakenUp::no;
    while (TRY(query.step())) {
        const auto own = std::int64_t{user.value()};
        if (query.integer(0) != own || query.integer(1) != own) return TakenUp::yes;
        found = TakenUp::by_oneself_alone;
    }
    return found;
}

}  // namespace doudi::casework
