// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "monitor/read.h"

namespace doudi::monitor {

namespace {

std::int64_t number(PublishId publish) {
    return static_cast<std::int64_t>(publish.value());
}

Result<std::vector<std::string>> events_of(store::Statement& select, std::uint32_t warning) {
    select.reset();
    select.bind(1, std::int64_t{warning});
    std::vector<std::string> events;
    while (TRY(select.step()))
        events.push_back(fmt::format("{}/{}/{}", select.text(0), select.integer(1), select.text(2)));
    return events;
}

}  // namespace

Result<std::vector<WarningStanding>> list_standing(store::DataFolder& store, std::uint32_t after,
                                                   std::size_t limit) {
    auto select = TRY(store.database().prepare(
        "select w.id, w.household, w.state, coalesce(w.closed_why, ''), w.level, w.issued_on, p.as_of"
        " from warning w join publication p on p.id = w.publish where w.id > $2 and w.publish = (select "
        "max(v.publish) from warning v where v.id = w.id"
        " and v.publish <= $1) order by w.id limit $3"));
    select.bind(1, number(store.current())).bind(2, std::int64_t{after});
    select.bind(3, static_cast<std::int64_t>(limit));
    std::vector<WarningStanding> found;
    while (TRY(select.step())) {
        WarningStanding& one = found.emplace_back();
        one.id = static_cast<std::uint32_t>(select.integer(0));
        one.household = HouseholdId(static_cast<std::uint32_t>(select.integer(1)));
        one.is_open = select.text_view(2) == name_of(WarningState::open);
        one.closed_why = select.text(3);
        one.level = select.text(4);
        one.issued_on = select.date(5).value_or(Date());
        one.changed_on = select.date(6).value_or(one.issued_on);
    }
    auto events = TRY(store.database().prepare(
        "select distinct e.indicator, e.member, e.event_date from warning_event e where e.warning = $1"
        " and e.state in ('counted', 'beyond_count') and e.publish = (select max(f.publish) from "
        "warning_event f"
        " where f.warning = $1 and f.publish <= $2) order by e.event_date, e.member, e.indicator"));
    events.bind(2, number(store.current()));
    for (WarningStanding& one : found) one.events = TRY(events_of(events, one.id));
    return found;
}

}  // namespace doudi::monitor
