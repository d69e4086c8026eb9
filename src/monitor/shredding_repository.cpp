// SPDX-License-Identifier: Apache-2.0
#include "monitor/records.h"
#include "monitor/shredding.h"

namespace doudi::monitor {

namespace {

Result<void> run(store::Database& database, const char* sql, std::uint32_t subject) {
    auto statement = TRY(database.prepare(sql));
    return statement.bind(1, std::int64_t{subject}).run();
}

Result<void> close_open(store::Database& database, HouseholdId household, Date on) {
    auto close = TRY(database.prepare(
        "update warning set state = 'closed', closed_why = $2, due_on = null, due_provisional = 0,"
        " closed_on = case when issued_on > $3 then issued_on else $3 end where household = $1 and"
        " state = 'open' and publish = (select max(v.publish) from warning v where v.id = warning.id)"));
    close.bind(1, std::int64_t{household.value()}).bind(2, std::string_view(name_of(ClosedWhy::forgotten)));
    return close.bind(3, on).run();
}

}  // namespace

Result<void> forget_person(store::DataFolder& folder, PersonId person) {
    store::Database& database = folder.database();
    return database.write([&]() -> Result<void> {
        TRY_VOID(run(database, "delete from warning_event where member = $1", person.value()));
        return run(database, "delete from doubtful_event where member = $1", person.value());
    });
}

Result<void> forget_household(store::DataFolder& folder, HouseholdId household, Date on) {
    store::Database& database = folder.database();
    return database.write([&]() -> Result<void> {
        TRY_VOID(close_open(database, household, on));
        TRY_VOID(run(database, "update warning set indicators = '', score = 0 where household = $1",
                     household.value()));
        return run(database, "delete from natural_exit where household = $1", household.value());
    });
}

}  // namespace doudi::monitor
