// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/month_repository.h"

#include <fmt/format.h>

#include "casework/lists/case_cut.h"

namespace doudi::casework::repository {

namespace {

// Of the event `e`: somebody of the office or below it made it in that time.
std::string within(Cut& cut, const WorkSpan& span) {
    const std::string day = cut.bound(span.day.iso());
    const std::string office = cut.bound(std::int64_t{span.office.value()});
    const std::string from = cut.bound(span.from.iso());
    const std::string until = cut.bound(span.until.iso());
    return fmt::format(
        "e.made_by <> 0 and e.on_day >= {} and e.on_day <= {} and exists (select 1 from unit_within ew"
        " where ew.unit = e.unit and ew.ancestor = {} and ew.from_on <= {} and ew.until_on > {})",
        from, until, office, day, day);
}

}  // namespace

Result<std::vector<MovesMade>> moves_made(store::Database& database, std::span<const Readable> readable,
                                          const WorkSpan& span) {
    const CaseFilter all;
    Cut cut(readable, all);
    const std::string made = within(cut, span);
    auto query = TRY(database.prepare(fmt::format(
        "select c.machine, e.move, case when e.number = 1 then 1 else 0 end, count(*), count(distinct c.id),"
        " count(distinct nullif(c.household, 0)) from casework_event e join casework_case c"
        " on c.id = e.case_id where {} and {} group by 1, 2, 3 order by 1, 2, 3",
        made, cut.where())));
    cut.bind(query);
    std::vector<MovesMade> rows;
    while (TRY(query.step())) {
        rows.push_back({query.text(0), query.text(1), query.integer(2) != 0,
                        static_cast<std::uint64_t>(query.integer(3)),
                        static_cast<std::uint64_t>(query.integer(4)),
                        static_cast<std::uint64_t>(query.integer(5))});
    }
    return rows;
}

Result<std::vector<EventPlace>> events_made(store::Database& database, std::span<const Readable> readable,
                                            std::span<const MachineMove> moves, const WorkSpan& span) {
    const CaseFilter all;
    Cut cut(readable, all);
    const std::string named = cut.made_by(moves);
    const std::string made = within(cut, span);
    auto query = TRY(database.prepare(fmt::format(
        "select e.case_id, e.number from casework_event e join casework_case c on c.id = e.case_id"
        " where {} and {} and {} order by 1, 2",
        named, made, cut.where())));
    cut.bind(query);
    std::vector<EventPlace> places;
    while (TRY(query.step())) {
        places.push_back(
            {CaseId(static_cast<std::uint64_t>(query.integer(0))), static_cast<int>(query.integer(1))});
    }
    return places;
}

}  // namespace doudi::casework::repository
