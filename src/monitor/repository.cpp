// SPDX-License-Identifier: Apache-2.0
#include "monitor/repository.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/id_number.h"
#include "monitor/read.h"
#include "monitor/succession_repository.h"
#include "registry/number_column.h"

namespace doudi::monitor {

namespace {

constexpr std::size_t rows_in_a_transaction = 5000;

std::int64_t number(PublishId publish) {
    return static_cast<std::int64_t>(publish.value());
}

int level_index(const policy::Pack& pack, std::string_view id) {
    for (std::size_t i = 0; i < pack.levels.size(); ++i) {
        if (pack.levels[i].id == id) return static_cast<int>(i);
    }
    return -1;  // a level that the pack no longer has: the next cycle grades anew
}

std::string_view level_id(const policy::Pack& pack, int level) {
    return level < 0 ? std::string_view() : std::string_view(pack.levels[static_cast<std::size_t>(level)].id);
}

// Runs stage for parts of 0..count, each in a short transaction.
template <class Stage>
Result<void> in_transactions(store::Database& database, std::size_t count, Stage stage) {
    for (std::size_t begin = 0; begin < count; begin += rows_in_a_transaction) {
        const std::size_t end = std::min(count, begin + rows_in_a_transaction);
        TRY_VOID(database.write([&]() -> Result<void> { return stage(begin, end); }));
    }
    return {};
}

constexpr std::string_view warning_columns[] = {"publish",         "id",         "household", "state",
                                                "score",           "level",      "issued_on", "due_on",
                                                "due_provisional", "indicators", "closed_on", "closed_why"};
constexpr std::string_view event_columns[] = {"publish",    "warning", "indicator", "member",
                                              "event_date", "points",  "grade",     "state",
                                              "arrival",    "row",     "clause"};
constexpr std::string_view exit_event_columns[] = {"publish",    "household", "indicator", "member",
                                                   "event_date", "points",    "grade",     "state",
                                                   "arrival",    "row",       "clause"};
constexpr std::string_view exit_columns[] = {"publish", "household", "proposed_on"};
constexpr std::string_view doubt_columns[] = {"publish",   "indicator", "member",  "event_date",
                                              "event_key", "grade",     "outcome", "reason",
                                              "arrival",   "row",       "clause"};

Result<void> stage_warning(store::BulkInsert& insert, PublishId publish, const policy::Pack& pack,
                           const Warning& warning) {
    insert.bind(1, number(publish))
        .bind(2, std::int64_t{warning.id})
        .bind(3, std::int64_t{warning.household});
    insert.bind(4, std::string_view(name_of(warning.state))).bind(5, std::int64_t{warning.score});
    insert.bind(6, level_id(pack, warning.level)).bind(7, warning.issued_on);
    insert.bind(9, std::int64_t{warning.due && warning.due->provisional});
    if (warning.due) insert.bind(8, warning.due->date);
    insert.bind(10, std::string_view(warning.indicators)).bind(11, warning.closed_on);
    if (warning.closed_why != ClosedWhy::none) insert.bind(12, std::string_view(name_of(warning.closed_why)));
    return insert.row();
}

// Of a warning, or of a household that ends.
Result<void> stage_event(store::BulkInsert& insert, PublishId publish, const policy::Pack& pack,
                         std::uint32_t owner, const Event& event, EventState state) {
    const policy::Indicator& indicator = pack.indicators[event.indicator];
    insert.bind(1, number(publish)).bind(2, std::int64_t{owner}).bind(3, std::string_view(indicator.id));
    insert.bind(4, std::int64_t{event.person})
        .bind(5, Date::from_days(event.date))
        .bind(6, std::int64_t{indicator.points});
    insert.bind(7, std::string_view(event.grade == match::Grade::exact ? "exact" : "probable"));
    insert.bind(8, std::string_view(name_of(state))).bind(9, std::int64_t{event.arrival});
    const std::string clause = indicator.clause();
    insert.bind(10, std::int64_t{event.row}).bind(11, std::string_view(clause));
    return insert.row();
}

// A fingerprint that a cycle's manifest names (cycle.cpp writes it): hexadecimal, so that nothing in it is
// escaped. An older manifest may not have it.
std::string fingerprint_in(std::string_view manifest, std::string_view name) {
    const std::string key = "\"" + std::string(name) + "\":\"";
    const std::size_t found = manifest.find(key);
    if (found == std::string_view::npos) return {};
    const std::size_t begin = found + key.size();
    return std::string(manifest.substr(begin, manifest.find('"', begin) - begin));
}

constexpr std::string_view open_warnings_sql =
    "select w.id, w.household, w.score, w.level, w.issued_on, w.due_on, w.due_provisional, w.indicators from "
    "warning w"
    " where w.state = 'open' and w.publish = (select max(v.publish) from warning v where v.id = w.id and "
    "v.publish <= $1)"
    " order by w.household, w.id";

Result<std::vector<Warning>> load_open(store::Database& database, PublishId current,
                                       const policy::Pack& pack) {
    auto select = TRY(database.prepare(open_warnings_sql));
    select.bind(1, number(current));
    std::vector<Warning> open;
    while (TRY(select.step())) {
        Warning& warning = open.emplace_back();
        warning.id = static_cast<std::uint32_t>(select.integer(0));
        warning.household = static_cast<std::uint32_t>(select.integer(1));
        warning.score = static_cast<int>(select.integer(2));
        warning.level = level_index(pack, select.text_view(3));
        warning.issued_on = select.date(4).value_or(Date());
        if (const auto due = select.date(5)) warning.due = DueDate{*due, select.integer(6) != 0};
        warning.indicators = select.text(7);
    }
    return open;
}

Result<std::vector<ClosedWarning>> load_closed(store::Database& database, PublishId current,
                                               const policy::Pack& pack) {
    auto select = TRY(database.prepare(
        "select household, closed_on, level, indicators from warning where state = 'closed' and publish <= $1"
        " order by household, closed_on, id"));
    select.bind(1, number(current));
    std::vector<ClosedWarning> closed;
    while (TRY(select.step())) {
        const auto household = static_cast<std::uint32_t>(select.integer(0));
        if (closed.empty() || closed.back().household != household) closed.emplace_back();
        closed.back() = {household, select.date(1).value_or(Date()), level_index(pack, select.text_view(2)),
                         select.text(3)};
    }
    return closed;
}

}  // namespace

Result<std::optional<StoredCycle>> last_cycle(store::DataFolder& store) {
    auto select =
        TRY(store.database().prepare("select m.publish, m.as_of, m.segment, p.manifest from cycle_memory m "
                                     "join publication p on p.id = m.publish"
                                     " where m.publish <= $1 order by m.publish desc limit 1"));
    select.bind(1, number(store.current()));
    if (!TRY(select.step())) return std::nullopt;
    const std::string manifest = select.text(3);
    return StoredCycle{PublishId(static_cast<std::uint64_t>(select.integer(0))),
                       AsOf{select.date(1).value_or(Date())},
                       select.text(2),
                       manifest,
                       fingerprint_in(manifest, "roster"),
                       fingerprint_in(manifest, "law"),
                       fingerprint_in(manifest, "verdicts")};
}

Result<std::vector<CycleArrival>> all_arrivals(store::DataFolder& store) {
    auto select =
        TRY(store.database().prepare("select publish, id, file_name, dataset, as_of, segment, held,"
                                     " coalesce((select min(n.publish) from arrival n where n.replaces = a.id"
                                     " and n.publish <= $1), 0) from arrival a where publish <= $1 "
                                     "order by id"));
    select.bind(1, number(store.current()));
    std::vector<CycleArrival> arrivals;
    while (TRY(select.step())) {
        CycleArrival& arrival = arrivals.emplace_back();
        arrival.publish = PublishId(static_cast<std::uint64_t>(select.integer(0)));
        arrival.id = static_cast<std::uint32_t>(select.integer(1));
        arrival.file_name = select.text(2);
        arrival.dataset = select.text(3);
        arrival.as_of = AsOf{select.date(4).value_or(Date())};
        arrival.segment = select.text(5);
        arrival.held = static_cast<std::uint64_t>(select.integer(6));
        arrival.replaced = PublishId(static_cast<std::uint64_t>(select.integer(7)));
    }
    return arrivals;
}

Result<Memory> load_warnings(store::DataFolder& store, const policy::Pack& pack, bool with_closed) {
    Memory memory;
    memory.open = TRY(load_open(store.database(), store.current(), pack));
    if (with_closed) memory.closed = TRY(load_closed(store.database(), store.current(), pack));
    memory.carried = TRY(carried_warnings(store.database(), store.current()));
    auto exits = TRY(store.database().prepare(
        "select household from natural_exit where publish <= $1 order by household"));
    exits.bind(1, number(store.current()));
    while (TRY(exits.step())) memory.exits.push_back(static_cast<std::uint32_t>(exits.integer(0)));
    auto last = TRY(store.database().prepare("select coalesce(max(id), 0) from warning where publish <= $1"));
    last.bind(1, number(store.current()));
    if (TRY(last.step())) memory.last_warning = static_cast<std::uint32_t>(last.integer(0));
    return memory;
}

Result<std::optional<Date>> last_closing(store::DataFolder& store) {
    auto select = TRY(store.database().prepare(
        "select max(closed_on) from warning where publish <= $1 and closed_why = 'settled'"));
    select.bind(1, number(store.current()));
    if (!TRY(select.step())) return std::nullopt;
    return select.date(0);
}

Result<void> stage_changes(store::DataFolder& store, PublishId publish, const policy::Pack& pack,
                           const CycleResult& result) {
    store::Database& database = store.database();
    return in_transactions(
        database, result.changes.size(), [&](std::size_t i, std::size_t end) -> Result<void> {
            auto warnings = database.bulk("warning", warning_columns);
            auto events = database.bulk("warning_event", event_columns);
            for (; i < end; ++i) {
                const WarningChange& change = result.changes[i];
                TRY_VOID(stage_warning(warnings, publish, pack, change.warning));
                for (std::uint32_t k = 0; k < change.event_count; ++k) {
                    const WarningEvent& one = result.warning_events[change.first_event + k];
                    TRY_VOID(stage_event(events, publish, pack, change.warning.id, result.events[one.event],
                                         one.state));
                }
            }
            TRY_VOID(warnings.finish());
            return events.finish();
        });
}

Result<void> stage_exits(store::DataFolder& store, PublishId publish, AsOf as_of, const policy::Pack& pack,
                         const match::Roster& roster, const CycleResult& result) {
    store::Database& database = store.database();
    TRY_VOID(in_transactions(
        database, result.new_exits.size(), [&](std::size_t i, std::size_t end) -> Result<void> {
            auto exits = database.bulk("natural_exit", exit_columns);
            for (; i < end; ++i) {
                exits.bind(1, number(publish)).bind(2, std::int64_t{result.new_exits[i]}).bind(3, as_of.date);
                TRY_VOID(exits.row());
            }
            return exits.finish();
        }));
    return in_transactions(
        database, result.exit_events.size(), [&](std::size_t i, std::size_t end) -> Result<void> {
            auto events = database.bulk("natural_exit_event", exit_event_columns);
            for (; i < end; ++i) {
                const Event& event = result.events[result.exit_events[i]];
                TRY_VOID(stage_event(events, publish, pack, roster.household_of(event.person), event,
                                     EventState::counted));
            }
            return events.finish();
        });
}

Result<void> stage_memory(store::DataFolder& store, PublishId publish, AsOf as_of, std::string_view segment) {
    return store.database().write([&]() -> Result<void> {
        auto insert = TRY(store.database().prepare(
            "insert into cycle_memory (publish, as_of, segment) values ($1, $2, $3)"));
        return insert.bind(1, number(publish)).bind(2, as_of.date).bind(3, segment).run();
    });
}

Result<std::vector<DoubtfulEvent>> load_doubts(store::DataFolder& store, const policy::Pack& pack) {
    auto select = TRY(store.database().prepare(
        "select event_key, member, event_date, arrival, row, indicator, grade, outcome, reason from "
        "doubtful_event"
        " where publish = (select max(publish) from cycle_memory where publish <= $1)"));
    select.bind(1, number(store.current()));
    std::vector<DoubtfulEvent> doubts;
    while (TRY(select.step())) {
        const int indicator = pack.indicator_of(select.text(5));
        if (indicator < 0) continue;
        DoubtfulEvent& doubt = doubts.emplace_back();
        doubt.key = static_cast<std::uint64_t>(select.integer(0));
        doubt.person = static_cast<std::uint32_t>(select.integer(1));
        doubt.date = select.date(2).value_or(Date()).days();
        doubt.arrival = static_cast<std::uint32_t>(select.integer(3));
        doubt.row = static_cast<std::uint32_t>(select.integer(4));
        doubt.indicator = static_cast<std::uint16_t>(indicator);
        doubt.grade = select.text_view(6) == "exact" ? match::Grade::exact : match::Grade::probable;
        (select.text_view(7) == "review" ? doubt.fault : doubt.missing) = select.text(8);
    }
    return doubts;
}

namespace {

Result<void> stage_doubt(store::BulkInsert& insert, PublishId publish, const policy::Pack& pack,
                         const DoubtfulEvent& doubt) {
    const policy::Indicator& indicator = pack.indicators[doubt.indicator];
    const bool possible = doubt.fault.empty();
    const std::string clause = indicator.clause();
    insert.bind(1, number(publish))
        .bind(2, std::string_view(indicator.id))
        .bind(3, std::int64_t{doubt.person});
    insert.bind(4, Date::from_days(doubt.date)).bind(5, static_cast<std::int64_t>(doubt.key));
    insert.bind(6, std::string_view(doubt.grade == match::Grade::exact ? "exact" : "probable"));
    insert.bind(7, std::string_view(possible ? "possible" : "review"));
    insert.bind(8, std::string_view(possible ? doubt.missing : doubt.fault));
    insert.bind(9, std::int64_t{doubt.arrival}).bind(10, std::int64_t{doubt.row});
    insert.bind(11, std::string_view(clause));
    return insert.row();
}

}  // namespace

Result<void> stage_doubts(store::DataFolder& store, PublishId publish, const policy::Pack& pack,
                          std::span<const DoubtfulEvent> doubts) {
    store::Database& database = store.database();
    return in_transactions(database, doubts.size(), [&](std::size_t i, std::size_t end) -> Result<void> {
        auto rows = database.bulk("doubtful_event", doubt_columns);
        for (; i < end; ++i) TRY_VOID(stage_doubt(rows, publish, pack, doubts[i]));
        return rows.finish();
    });
}

Result<OpenOfHousehold> find_open(store::DataFolder& store, std::string_view household_code) {
    OpenOfHousehold found;
    auto household =
        TRY(store.database().prepare("select id from household where code = $1 and publish <= $2 limit 1"));
    household.bind(1, household_code).bind(2, number(store.current()));
    if (!TRY(household.step())) return found;
    found.known = true;
    found.id = static_cast<std::uint32_t>(household.integer(0));
    auto open = TRY(store.database().prepare(
        "select w.id, w.issued_on, p.as_of from warning w join publication p on p.id = w.publish"
        " where w.household = $1 and w.state = 'open' and w.publish ="
        " (select max(v.publish) from warning v where v.id = w.id and v.publish <= $2)"));
    open.bind(1, household.integer(0)).bind(2, number(store.current()));
    if (!TRY(open.step())) return found;
    found.warning = static_cast<std::uint32_t>(open.integer(0));
    found.issued_on = open.date(1);
    found.changed_on = open.date(2);
    return found;
}

Result<void> stage_closed(store::DataFolder& store, PublishId publish, AsOf as_of,
                          std::span<const std::uint32_t> warnings) {
    store::Database& database = store.database();
    return in_transactions(database, warnings.size(), [&](std::size_t i, std::size_t end) -> Result<void> {
        auto insert = TRY(database.prepare(
            "insert into warning (publish, id, household, state, score, level, issued_on, due_on, "
            "due_provisional, indicators, closed_on, closed_why) select $1, id, household, 'closed', score, "
            "level, issued_on, due_on, due_provisional, indicators, $2, 'settled' from warning where id = $3 "
            "and "
            "publish < $1 order by publish desc limit 1"));
        for (; i < end; ++i) {
            insert.bind(1, number(publish)).bind(2, as_of.date).bind(3, std::int64_t{warnings[i]});
            TRY_VOID(insert.run());
        }
        return {};
    });
}

Result<std::vector<WarningVersion>> warning_versions(store::DataFolder& store,
                                                     std::string_view household_code) {
    auto select = TRY(store.database().prepare(
        "select w.id, w.state, w.score, w.level, w.issued_on, w.due_on, "
        "w.due_provisional, w.indicators, w.closed_on,"
        " coalesce(w.closed_why, ''), w.publish, p.as_of, w.household from warning w join "
        "publication p on p.id = w.publish"
        " where w.id in (select v.id from warning v where v.publish <= $2 and v.household ="
        " (select id from household where code = $1 limit 1)) and w.publish <= $2"
        " order by w.id, w.publish"));
    select.bind(1, household_code).bind(2, number(store.current()));
    std::vector<WarningVersion> versions;
    while (TRY(select.step())) {
        WarningVersion& version = versions.emplace_back();
        Warning& warning = version.warning;
        warning.id = static_cast<std::uint32_t>(select.integer(0));
        warning.state =
            select.text_view(1) == name_of(WarningState::open) ? WarningState::open : WarningState::closed;
        warning.score = static_cast<int>(select.integer(2));
        version.level = select.text(3);
        warning.issued_on = select.date(4).value_or(Date());
        if (const auto due = select.date(5)) warning.due = DueDate{*due, select.integer(6) != 0};
        warning.indicators = select.text(7);
        warning.closed_on = select.date(8);
        for (const ClosedWhy why : {ClosedWhy::settled, ClosedWhy::taken_back, ClosedWhy::natural_exit,
                                    ClosedWhy::merged, ClosedWhy::carried, ClosedWhy::forgotten}) {
            if (select.text_view(9) == name_of(why)) warning.closed_why = why;
        }
        version.publish = PublishId(static_cast<std::uint64_t>(select.integer(10)));
        version.as_of = select.date(11).value_or(Date());
        warning.household = static_cast<std::uint32_t>(select.integer(12));
    }
    return versions;
}

namespace {

// Of one owner, as the newest published rows of its table have them.
Result<std::vector<ExplainedEvent>> events_of(store::DataFolder& store, std::string_view table,
                                              std::string_view owner, std::uint32_t id) {
    auto select = TRY(store.database().prepare(fmt::format(
        "select e.indicator, e.event_date, e.points, e.grade, e.state, a.file_name, e.row, e.clause, "
        "coalesce(m.relation, ''), m.id_number, e.member, coalesce(a.dataset, ''), "
        "coalesce(a.original_removal, 0), coalesce(a.segment_removal, 0), e.arrival, "
        "coalesce(a.segment, '') from {0} e"
        " left join arrival a on a.id = e.arrival left join member m on m.id = e.member"
        " and m.publish = (select max(n.publish) from member n where n.id = e.member and n.publish <= $2)"
        " where e.{1} = $1 and e.publish = (select max(f.publish) from {0} f where f.{1} = $1 and"
        " f.publish <= $2) order by e.event_date, e.member, e.indicator, e.arrival, e.row",
        table, owner)));
    select.bind(1, std::int64_t{id}).bind(2, number(store.current()));
    auto numbers = registry::NumberColumn(store);
    std::vector<ExplainedEvent> events;
    while (TRY(select.step())) {
        ExplainedEvent& event = events.emplace_back();
        event.indicator = select.text(0);
        event.date = select.date(1).value_or(Date());
        event.points = static_cast<int>(select.integer(2));
        event.grade = select.text(3);
        event.state = select.text(4);
        event.file_name = select.text(5);
        event.row = static_cast<std::uint32_t>(select.integer(6));
        event.clause = select.text(7);
        event.relation = select.text(8);
        event.person = PersonId(static_cast<std::uint32_t>(select.integer(10)));
        event.dataset = select.text(11);
        event.original_removal = select.integer(12);
        event.rows_removal = select.integer(13);
        event.arrival = static_cast<std::uint32_t>(select.integer(14));
        event.segment = select.text(15);
        if (select.is_null(9)) continue;
        event.number_masked = numbers.number_of(select.integer(9)).masked();
    }
    return events;
}

}  // namespace

Result<std::vector<ExplainedEvent>> warning_events(store::DataFolder& store, std::uint32_t warning) {
    return events_of(store, "warning_event", "warning", warning);
}

Result<std::vector<ExplainedEvent>> exit_events(store::DataFolder& store, HouseholdId household) {
    return events_of(store, "natural_exit_event", "household", household.value());
}

Result<bool> is_exit_proposed(store::DataFolder& store, std::string_view household_code) {
    auto select =
        TRY(store.database().prepare("select 1 from natural_exit where household = (select id from household "
                                     "where code = $1 limit 1) and publish <= $2"));
    return select.bind(1, household_code).bind(2, number(store.current())).step();
}

Result<std::vector<WarningRow>> list_warnings(store::DataFolder& store) {
    auto select =
        TRY(store.database().prepare("select (select code from household h where h.id = w.household and "
                                     "h.publish <= $1 order by h.publish desc limit 1) as code,"
                                     " w.score, w.level, w.issued_on, w.due_on, w.due_provisional, "
                                     "w.indicators from warning w where w.state = 'open' and"
                                     " w.publish = (select max(v.publish) from warning v where v.id = w.id "
                                     "and v.publish <= $1) order by code, w.id"));
    select.bind(1, number(store.current()));
    std::vector<WarningRow> rows;
    while (TRY(select.step())) {
        rows.push_back({select.text(0), static_cast<int>(select.integer(1)), select.text(2),
                        select.date(3).value_or(Date()), select.date(4), select.integer(5) != 0,
                        select.text(6)});
    }
    return rows;
}

Result<std::vector<DoubtRow>> list_doubts(store::DataFolder& store, std::string_view household) {
    auto select = TRY(store.database().prepare(
        "select code, indicator, event_date, outcome, reason, grade, dataset, file_name, row, clause, "
        "relation, "
        "id_number, member from (select (select code from household h where h.id = m.household and h.publish "
        "<= $1 "
        "order by "
        "h.publish desc limit 1) as code, d.indicator, d.event_date, d.outcome, d.reason, d.grade, "
        "a.dataset, "
        "a.file_name, d.row, d.clause, coalesce(m.relation, '') as relation, m.id_number, d.member, "
        "d.event_key "
        "from doubtful_event d join arrival a on a.id = d.arrival join member m on m.id = d.member and "
        "m.publish = "
        "(select max(n.publish) from member n where n.id = d.member and n.publish <= $1) where d.publish = "
        "(select max(publish) from cycle_memory where publish <= $1)) as doubt where $2 = '' or code = $2 "
        "order by code, event_date, member, indicator, event_key"));
    select.bind(1, number(store.current())).bind(2, household);
    auto numbers = registry::NumberColumn(store);
    std::vector<DoubtRow> rows;
    while (TRY(select.step())) {
        DoubtRow& row = rows.emplace_back();
        row.household = select.text(0);
        row.indicator = select.text(1);
        row.date = select.date(2).value_or(Date());
        row.outcome = select.text(3);
        row.reason = select.text(4);
        row.grade = select.text(5);
        row.dataset = select.text(6);
        row.file_name = select.text(7);
        row.row = static_cast<std::uint32_t>(select.integer(8));
        row.clause = select.text(9);
        row.relation = select.text(10);
        row.person = PersonId(static_cast<std::uint32_t>(select.integer(12)));
        if (!select.is_null(11)) row.number_masked = numbers.number_of(select.integer(11)).masked();
    }
    return rows;
}

Result<std::vector<std::string>> list_exits(store::DataFolder& store) {
    auto select =
        TRY(store.database().prepare("select (select code from household h where h.id = x.household and "
                                     "h.publish <= $1 order by h.publish desc limit 1) as code"
                                     " from natural_exit x where x.publish <= $1 order by code"));
    select.bind(1, number(store.current()));
    std::vector<std::string> codes;
    while (TRY(select.step())) codes.push_back(select.text(0));
    return codes;
}

Result<std::vector<QualityRow>> list_quality(store::DataFolder& store, AsOf as_of) {
    // What came as a register, the first or one laid over it as a proposal, has no buckets.
    auto select = TRY(store.database().prepare(
        "select a.file_name, a.dataset, a.rows, a.exact, a.probable, a.off_roster, a.review, a.held, "
        "a.rejected,"
        " a.duplicate from arrival a join publication p on p.id = a.publish"
        " where a.as_of = $1 and a.publish <= $2 and p.kind = 'feeds' and not exists"
        " (select 1 from arrival n where n.replaces = a.id and n.publish <= $2) order by a.id"));
    select.bind(1, as_of.date).bind(2, number(store.current()));
    constexpr match::Bucket order[] = {
        match::Bucket::exact, match::Bucket::probable, match::Bucket::off_roster, match::Bucket::review,
        match::Bucket::held,  match::Bucket::rejected, match::Bucket::duplicate};
    std::vector<QualityRow> rows;
    while (TRY(select.step())) {
        QualityRow& row = rows.emplace_back();
        row.file_name = select.text(0);
        row.dataset = select.text(1);
        row.buckets.rows = static_cast<std::uint64_t>(select.integer(2));
        int column = 3;
        for (const match::Bucket bucket : order)
            row.buckets[bucket] = static_cast<std::uint64_t>(select.integer(column++));
    }
    return rows;
}

}  // namespace doudi::monitor
