// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/taken_up.h"

namespace doudi::casework {

namespace {

// An open case about it that the office has before it, be it by the program or by whoever handed it over.
Result<bool> lies_at(store::Database& database, HouseholdId household, UnitId office, UserId user) {
    auto query =
        TRY(database.prepare("select 1 from casework_case c"
                             " join casework_event f on f.case_id = c.id and f.number = 1"
                             " where c.household = $1 and c.unit = $2 and c.is_closed = 0"
                             " and f.made_by <> $3 limit 1"));
    query.bind(1, std::int64_t{household.value()}).bind(2, std::int64_t{office.value()});
    query.bind(3, std::int64_t{user.value()});
    return query.step();
}

}  // namespace

Result<TakenUp> taken_up(store::Database& database, HouseholdId household, UnitId office, UserId user) {
    if (TRY(lies_at(database, household, office, user))) return TakenUp::yes;
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

Result<bool> is_case_of_office(store::Database& database, CaseId named, HouseholdId household, UnitId office,
                               UserId user, Date day) {
    auto query =
        TRY(database.prepare("select 1 from casework_case c"
                             " join casework_event f on f.case_id = c.id and f.number = 1"
                             " where c.id = $1 and c.household = $2 and f.made_by <> $4"
                             " and (c.unit = $3 or c.origin = $3)"
                             " and (c.is_closed = 0 or c.closed_on >= $5)"));
    query.bind(1, static_cast<std::int64_t>(named.value())).bind(2, std::int64_t{household.value()});
    query.bind(3, std::int64_t{office.value()}).bind(4, std::int64_t{user.value()}).bind(5, day);
    return query.step();
}

}  // namespace doudi::casework
