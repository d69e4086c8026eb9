// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "monitor/memory.h"
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

namespace {

struct KeptMemory {
    std::int64_t publish = 0;
    std::string segment;
};
Result<std::vector<KeptMemory>> memories(store::Database& database) {
    auto query = TRY(database.prepare("select publish, segment from cycle_memory order by publish"));
    std::vector<KeptMemory> all;
    while (TRY(query.step())) all.push_back({query.integer(0), query.text(1)});
    return all;
}

// Written anew where it holds something of this person; else empty.
Result<std::string> memory_without(store::DataFolder& folder, const std::string& segment, PersonId person) {
    const auto source = TRY(folder.open_blob(store::Shelf::segments, segment));
    if (TRY(events_remembered(source, person)) == 0) return std::string();
    store::BlobWriter blob = TRY(folder.new_blob(store::Shelf::segments));
    TRY_VOID(write_memory_without(source, person, blob));
    return blob.seal();
}

Result<void> forget_in_memories(store::DataFolder& folder, PersonId person) {
    store::Database& database = folder.database();
    for (const KeptMemory& had : TRY(memories(database))) {
        const std::string now = TRY(memory_without(folder, had.segment, person));
        if (now.empty()) continue;
        TRY_VOID(database.write([&]() -> Result<void> {
            auto put = TRY(database.prepare("update cycle_memory set segment = $2 where publish = $1"));
            return put.bind(1, had.publish).bind(2, std::string_view(now)).run();
        }));
        TRY_VOID(folder.remove_blob(store::Shelf::segments, had.segment));
    }
    return {};
}

}  // namespace

Result<void> forget_person(store::DataFolder& folder, PersonId person) {
    store::Database& database = folder.database();
    TRY_VOID(database.write([&]() -> Result<void> {
        TRY_VOID(run(database, "delete from warning_event where member = $1", person.value()));
        TRY_VOID(run(database, "delete from natural_exit_event where member = $1", person.value()));
        return run(database, "delete from doubtful_event where member = $1", person.value());
    }));
    return forget_in_memories(folder, person);
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
