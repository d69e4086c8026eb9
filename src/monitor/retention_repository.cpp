// SPDX-License-Identifier: Apache-2.0
#include "monitor/retention_repository.h"

namespace doudi::monitor {
namespace {

Result<std::vector<store::Ended>> keys_of(store::DataFolder& folder, const char* sql, Date before,
                                          bool of_many) {
    auto query = TRY(folder.database().prepare(sql));
    query.bind(1, static_cast<std::int64_t>(folder.current().value())).bind(2, before);
    std::vector<store::Ended> ended;
    while (TRY(query.step())) {
        ended.push_back({.key = std::to_string(query.integer(0)),
                         .household = static_cast<std::uint32_t>(query.integer(1)),
                         .of_many = of_many});
    }
    return ended;
}

Result<void> delete_by(store::Database& database, const char* sql, std::int64_t key) {
    auto remove = TRY(database.prepare(sql));
    return remove.bind(1, key).run();
}

}  // namespace

Result<std::vector<store::Ended>> warnings_closed_before(store::DataFolder& folder, Date before) {
    return keys_of(
        folder,
        "select w.id, w.household from warning w where w.state = 'closed' and w.closed_on < $2 and "
        "w.publish = (select max(v.publish) from warning v where v.id = w.id and v.publish <= $1) "
        "and w.id < (select max(id) from warning) order by w.id",
        before, false);
}

Result<void> delete_warning(store::Database& database, std::int64_t id) {
    TRY_VOID(delete_by(database, "delete from warning_event where warning = $1", id));
    return delete_by(database, "delete from warning where id = $1", id);
}

Result<std::vector<store::Ended>> doubts_of_cycles_before(store::DataFolder& folder, Date before) {
    return keys_of(
        folder,
        "select p.id, 0 from publication p where p.as_of < $2 and p.id < (select max(publish) from "
        "cycle_memory where publish <= $1) and exists (select 1 from doubtful_event d where "
        "d.publish = p.id) order by p.id",
        before, true);
}

Result<void> delete_doubts(store::Database& database, std::int64_t publish) {
    return delete_by(database, "delete from doubtful_event where publish = $1", publish);
}

Result<std::vector<store::Ended>> memories_before(store::DataFolder& folder, Date before) {
    return keys_of(folder,
                   "select c.publish, 0 from cycle_memory c where c.as_of < $2 and c.publish < (select "
                   "max(publish) from cycle_memory where publish <= $1) order by c.publish",
                   before, true);
}

Result<std::optional<std::string>> delete_memory(store::Database& database, std::int64_t publish) {
    std::optional<std::string> segment;
    {
        auto query = TRY(database.prepare("select segment from cycle_memory where publish = $1"));
        if (TRY(query.bind(1, publish).step())) segment = query.text(0);
    }
    TRY_VOID(delete_by(database, "delete from cycle_memory where publish = $1", publish));
    return segment;
}

}  // namespace doudi::monitor
