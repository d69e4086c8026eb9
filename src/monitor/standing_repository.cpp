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

Result<std::vector<ToldDeath>> list_deaths(store::DataFolder& store,
                                           const std::vector<std::string>& indicators) {
    // Whoever has left the register since is in household 0.
    auto select = TRY(store.database().prepare(
        "select t.member, m.household, min(t.event_date), a.dataset from ("
        "select e.member, e.event_date, e.arrival from warning_event e where e.indicator = $1"
        " and e.grade = 'exact' and e.state in ('counted', 'beyond_count') and e.publish ="
        " (select max(f.publish) from warning_event f where f.warning = e.warning and f.publish <= $2)"
        " union all select x.member, x.event_date, x.arrival from natural_exit_event x"
        " where x.indicator = $1 and x.grade = 'exact' and x.publish <= $2) t"
        " join arrival a on a.id = t.arrival join member m on m.id = t.member and m.publish ="
        " (select max(n.publish) from member n where n.id = t.member and n.publish <= $2)"
        " where m.household <> 0 group by t.member, m.household, a.dataset order by 1, 4"));
    std::vector<ToldDeath> deaths;
    for (const std::string& indicator : indicators) {
        select.reset();
        select.bind(1, std::string_view(indicator)).bind(2, number(store.current()));
        while (TRY(select.step())) {
            deaths.push_back({PersonId(static_cast<std::uint32_t>(select.integer(0))),
                              HouseholdId(static_cast<std::uint32_t>(select.integer(1))),
                              select.date(2).value_or(Date()), select.text(3)});
        }
    }
    return deaths;
}

}  // namespace doudi::monitor
