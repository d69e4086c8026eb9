// SPDX-License-Identifier: Apache-2.0
#include "casework/repository.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "casework/case_columns.h"

namespace doudi::casework::repository {

namespace {

std::vector<std::string> split(std::string_view joined) {
    std::vector<std::string> parts;
    while (!joined.empty()) {
        const std::size_t comma = joined.find(',');
        parts.emplace_back(joined.substr(0, comma));
        joined.remove_prefix(comma == std::string_view::npos ? joined.size() : comma + 1);
    }
    return parts;
}

// The papers of an event as they lie there: "decision_letter=样民确〔2025〕3号", or the paper alone.
std::string papers_text(const CaseEvent& event) {
    std::vector<std::string> parts;
    for (const std::string& paper : event.papers) {
        const auto number = event.numbers.find(paper);
        parts.push_back(number == event.numbers.end() ? paper : fmt::format("{}={}", paper, number->second));
    }
    return fmt::format("{}", fmt::join(parts, ","));
}

void read_papers(std::string_view text, CaseEvent& event) {
    for (const std::string& part : split(text)) {
        const std::size_t equals = part.find('=');
        event.papers.push_back(part.substr(0, equals));
        if (equals != std::string::npos) event.numbers.emplace(event.papers.back(), part.substr(equals + 1));
    }
}

template <class Tag>
std::optional<Id<Tag>> id_of(std::int64_t value) {
    if (value == 0) return std::nullopt;
    return Id<Tag>(static_cast<std::uint32_t>(value));
}

// Where what a case was told lies.
struct ToldTable {
    std::string_view name;
    std::string_view number;  // the row's number in the case
    std::string_view column;
};
constexpr std::array<ToldTable, 5> told_tables{{{"casework_event", "number", event_column},
                                                {"casework_late", "id", late_column},
                                                {"casework_reminder", "id", reminder_column},
                                                {"casework_hit_look", "id", hit_look_column},
                                                {"casework_returned_row", "id", returned_column}}};

}  // namespace

std::int64_t number_of(CaseId id) {
    return static_cast<std::int64_t>(id.value());
}

void bind_told(store::Statement& statement, int text, int sealed, const ToldRow& told) {
    statement.bind(text, std::string_view(told.text));
    if (told.sealed.empty()) {
        statement.bind_null(sealed);
    } else {
        statement.bind(sealed, std::span<const std::byte>(told.sealed));
    }
}

Result<std::int64_t> next_of(Shelf& shelf, std::string_view what) {
    auto take = TRY(
        shelf.database.prepare("update casework_counter set last = last + 1 where what = $1 returning last"));
    ensure(TRY(take.bind(1, what).step()), "the migration made the counter");
    return take.integer(0);
}

Result<std::int64_t> next_number(Shelf& shelf, std::string_view series) {
    auto take = TRY(shelf.database.prepare(
        "insert into casework_counter (what, last) values ($1, 1)"
        " on conflict (what) do update set last = casework_counter.last + 1 returning last"));
    ensure(TRY(take.bind(1, series).step()), "a row that was put in is given back");
    return take.integer(0);
}

CaseRow case_of(const store::Statement& row) {
    CaseRow found;
    found.head.id = CaseId(static_cast<std::uint64_t>(row.integer(0)));
    found.head.machine = row.text(1);
    found.head.household = id_of<HouseholdTag>(row.integer(2));
    found.head.person = id_of<PersonTag>(row.integer(3));
    found.head.unit = UnitId(static_cast<std::uint32_t>(row.integer(4)));
    found.head.origin = UnitId(static_cast<std::uint32_t>(row.integer(5)));
    found.head.department = row.text(6);
    if (row.integer(7) != 0) found.head.parent = CaseId(static_cast<std::uint64_t>(row.integer(7)));
    found.head.source = row.text(8);
    found.head.pack = row.text(9);
    found.head.pack_version = row.text(10);
    found.head.opened_on = row.date(11).value_or(Date());
    found.now.state = row.text(12);
    found.now.track = row.text(13);
    found.now.events = static_cast<int>(row.integer(14));
    found.now.due_on = row.date(15);
    found.now.due_clock = row.text(16);
    found.now.is_closed = row.integer(17) != 0;
    return found;
}

// The row that every opening changes (next_of) is taken by a change that changes nothing.
Result<void> hold_openings(Shelf& shelf) {
    return shelf.database.execute("update casework_counter set last = last where what = 'case'");
}

Result<CaseId> insert_case(Shelf& shelf, const CaseHead& head) {
    const std::int64_t id = TRY(next_of(shelf, "case"));
    auto insert = TRY(
        shelf.database.prepare("insert into casework_case (id, machine, household, person, unit, origin, "
                               "department, parent, source, pack,"
                               " pack_version, opened_on, state, track, events, is_closed)"
                               " values ($11, $1, $2, $3, $4, $12, $5, $6, $7, $8, $9, $10, '', '', 0, 0)"));
    insert.bind(1, std::string_view(head.machine));
    insert.bind(2, std::int64_t{head.household.value_or(HouseholdId()).value()});
    insert.bind(3, std::int64_t{head.person.value_or(PersonId()).value()});
    insert.bind(4, std::int64_t{head.unit.value()}).bind(5, std::string_view(head.department));
    insert.bind(6, number_of(head.parent.value_or(CaseId()))).bind(7, std::string_view(head.source));
    insert.bind(8, std::string_view(head.pack))
        .bind(9, std::string_view(head.pack_version))
        .bind(10, head.opened_on);
    TRY_VOID(insert.bind(11, id).bind(12, std::int64_t{head.origin.value()}).run());
    return CaseId(static_cast<std::uint64_t>(id));
}

Result<void> insert_event(Shelf& shelf, const CaseHead& head, const CaseEvent& event) {
    const ToldRow told =
        TRY(write_told(shelf.seal, {event_column, head.id, event.number, subject_of(head)}, event.fields));
    const std::string marks = fmt::format("{}", fmt::join(event.marks, ","));
    const std::string papers = papers_text(event);
    auto insert = TRY(shelf.database.prepare(
        "insert into casework_event (case_id, number, move, to_state, on_day, at, made_by, unit, marks, "
        "papers, body,"
        " client_key, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"));
    insert.bind(1, number_of(head.id))
        .bind(2, std::int64_t{event.number})
        .bind(3, std::string_view(event.move));
    insert.bind(4, std::string_view(event.to)).bind(5, event.on).bind(6, micros_of(event.at));
    insert.bind(7, std::int64_t{event.by.value()}).bind(8, std::int64_t{event.unit.value()});
    insert.bind(9, std::string_view(marks)).bind(10, std::string_view(papers));
    bind_told(insert, 11, 13, told);
    if (event.client_key.empty()) {
        insert.bind_null(12);
    } else {
        insert.bind(12, std::string_view(event.client_key));
    }
    return insert.run();
}

Result<bool> put_projection(Shelf& shelf, CaseId of, int expected, const Projection& now) {
    auto update = TRY(shelf.database.prepare(
        "update casework_case set state = $1, track = $2, events = $3, due_on = $4, is_closed = $5,"
        " due_clock = $8 where id = $6 and events = $7"));
    update.bind(1, std::string_view(now.state)).bind(2, std::string_view(now.track));
    update.bind(3, std::int64_t{now.events}).bind(4, now.due_on).bind(5, std::int64_t{now.is_closed ? 1 : 0});
    update.bind(6, number_of(of)).bind(7, std::int64_t{expected}).bind(8, std::string_view(now.due_clock));
    TRY_VOID(update.run());
    return shelf.database.changes() == 1;
}

Result<void> put_due(Shelf& shelf, CaseId of, int expected, const Projection& now) {
    auto update = TRY(shelf.database.prepare(
        "update casework_case set due_on = $1, due_clock = $2 where id = $3 and events = $4"));
    update.bind(1, now.due_on).bind(2, std::string_view(now.due_clock));
    return update.bind(3, number_of(of)).bind(4, std::int64_t{expected}).run();
}

Result<void> put_unit(Shelf& shelf, CaseId of, UnitId unit) {
    auto update = TRY(shelf.database.prepare("update casework_case set unit = $1 where id = $2"));
    return update.bind(1, std::int64_t{unit.value()}).bind(2, number_of(of)).run();
}

Result<void> put_household(Shelf& shelf, CaseId of, std::optional<HouseholdId> household) {
    auto update = TRY(shelf.database.prepare("update casework_case set household = $1 where id = $2"));
    const std::int64_t number = household.value_or(HouseholdId()).value();  // 0: of none (case_of)
    return update.bind(1, number).bind(2, number_of(of)).run();
}

Result<void> put_department(Shelf& shelf, CaseId of, std::string_view department) {
    auto update = TRY(shelf.database.prepare("update casework_case set department = $1 where id = $2"));
    return update.bind(1, department).bind(2, number_of(of)).run();
}

Result<void> insert_late(Shelf& shelf, const CaseHead& head, const LateForm& form) {
    const std::int64_t id = TRY(next_of(shelf, "late_form"));
    const ToldRow told =
        TRY(write_told(shelf.seal, {late_column, head.id, id, subject_of(head)}, form.fields));
    auto insert =
        TRY(shelf.database.prepare("insert into casework_late (id, case_id, move, on_day, at, made_by, unit, "
                                   "body, client_key, reason, sealed)"
                                   " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict "
                                   "(case_id, client_key) do nothing"));
    insert.bind(1, id).bind(2, number_of(head.id)).bind(3, std::string_view(form.move)).bind(4, form.on);
    insert.bind(5, micros_of(form.at)).bind(6, std::int64_t{form.by.value()});
    insert.bind(7, std::int64_t{form.unit.value()});
    bind_told(insert, 8, 11, told);
    return insert.bind(9, std::string_view(form.client_key)).bind(10, std::string_view(form.reason)).run();
}

Result<bool> settle_late(Shelf& shelf, CaseId of, std::int64_t form, Instant at) {
    auto update = TRY(shelf.database.prepare(
        "update casework_late set settled_at = $1 where id = $2 and case_id = $3 and settled_at is null"));
    TRY_VOID(update.bind(1, micros_of(at)).bind(2, form).bind(3, number_of(of)).run());
    return shelf.database.changes() == 1;
}

Result<std::optional<CaseRow>> select_case(Shelf& shelf, CaseId of) {
    auto query = TRY(
        shelf.database.prepare(fmt::format("select {} from casework_case c where c.id = $1", case_columns)));
    if (!TRY(query.bind(1, number_of(of)).step())) return std::optional<CaseRow>();
    return std::optional(case_of(query));
}

namespace {

Result<std::vector<CaseRow>> cases_where(Shelf& shelf, std::string_view column, std::int64_t is) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select {} from casework_case c where c.{} = $1 order by c.id", case_columns, column)));
    query.bind(1, is);
    std::vector<CaseRow> rows;
    while (TRY(query.step())) rows.push_back(case_of(query));
    return rows;
}

}  // namespace

Result<std::vector<CaseRow>> select_cases_of(Shelf& shelf, HouseholdId household) {
    return cases_where(shelf, "household", household.value());
}

Result<std::vector<CaseRow>> select_open_of_unit(Shelf& shelf, std::string_view machine, UnitId unit) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select {} from casework_case c where c.machine = $1 and c.unit = $2 and c.is_closed = 0"
                    " order by c.id",
                    case_columns)));
    query.bind(1, machine).bind(2, std::int64_t{unit.value()});
    std::vector<CaseRow> rows;
    while (TRY(query.step())) rows.push_back(case_of(query));
    return rows;
}

Result<std::vector<CaseRow>> select_of_person(Shelf& shelf, std::string_view machine, PersonId person) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select {} from casework_case c where c.person = $2 and c.person <> 0 and "
                    "c.machine = $1 order by c.id",
                    case_columns)));
    query.bind(1, machine).bind(2, std::int64_t{person.value()});
    std::vector<CaseRow> rows;
    while (TRY(query.step())) rows.push_back(case_of(query));
    return rows;
}

Result<std::vector<CaseRow>> select_open_after(Shelf& shelf, CaseId after, std::size_t limit,
                                               std::optional<Date> due_before) {
    auto query = TRY(shelf.database.prepare(fmt::format(
        "select {} from casework_case c where c.is_closed = 0 and c.id > $1{} order by c.id limit $2",
        case_columns, due_before ? " and c.due_on < $3" : "")));
    query.bind(1, number_of(after)).bind(2, static_cast<std::int64_t>(limit));
    if (due_before) query.bind(3, *due_before);
    std::vector<CaseRow> rows;
    while (TRY(query.step())) rows.push_back(case_of(query));
    return rows;
}

Result<std::vector<MadeMove>> select_made(Shelf& shelf, std::string_view machine, std::string_view move,
                                          Date from, Date until) {
    auto query = TRY(shelf.database.prepare(
        "select e.case_id, e.unit, e.on_day from casework_event e join casework_case c on c.id = e.case_id"
        " where c.machine = $1 and e.move = $2 and e.on_day >= $3 and e.on_day <= $4"
        " order by e.case_id, e.number"));
    query.bind(1, machine).bind(2, move).bind(3, from).bind(4, until);
    std::vector<MadeMove> made;
    while (TRY(query.step())) {
        made.push_back({CaseId(static_cast<std::uint64_t>(query.integer(0))),
                        UnitId(static_cast<std::uint32_t>(query.integer(1))),
                        query.date(2).value_or(Date())});
    }
    return made;
}

Result<std::string> select_code(Shelf& shelf, HouseholdId household) {
    auto query = TRY(shelf.database.prepare("select max(code) from household where id = $1"));
    query.bind(1, std::int64_t{household.value()});
    ensure(TRY(query.step()), "an aggregate has a row");
    return query.is_null(0) ? std::string() : query.text(0);
}

Result<std::string> select_region(Shelf& shelf, HouseholdId household) {
    auto query = TRY(shelf.database.prepare(
        "select region from household where id = $1 and publish <= (select id from current_publication)"
        " order by publish desc limit 1"));
    query.bind(1, std::int64_t{household.value()});
    return TRY(query.step()) ? query.text(0) : std::string();
}

Result<std::vector<CaseRow>> select_children(Shelf& shelf, CaseId parent) {
    return cases_where(shelf, "parent", number_of(parent));
}

Result<std::optional<OpenedBy>> select_opened(Shelf& shelf, std::string_view client_key, UserId by,
                                              std::optional<HouseholdId> household) {
    auto query = TRY(shelf.database.prepare(fmt::format(
        "select {}, e.move from casework_case c join casework_event e on e.case_id = c.id and e.number = 1"
        " where c.household = $1 and e.client_key = $2 and e.made_by = $3 order by c.id limit 1",
        case_columns)));
    query.bind(1, household ? std::int64_t{household->value()} : std::int64_t{0});
    query.bind(2, client_key).bind(3, std::int64_t{by.value()});
    if (!TRY(query.step())) return std::optional<OpenedBy>();
    return std::optional(OpenedBy{case_of(query), query.text(columns_of_case)});
}

Result<std::optional<std::string>> select_late_move(Shelf& shelf, CaseId of, std::string_view client_key) {
    auto query =
        TRY(shelf.database.prepare("select move from casework_late where case_id = $1 and client_key = $2"));
    if (!TRY(query.bind(1, number_of(of)).bind(2, client_key).step())) return std::optional<std::string>();
    return std::optional(query.text(0));
}

Result<std::optional<CaseRow>> select_by_source(Shelf& shelf, std::string_view source) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select {} from casework_case c where c.source = $1 and c.source <> ''", case_columns)));
    if (!TRY(query.bind(1, source).step())) return std::optional<CaseRow>();
    return std::optional(case_of(query));
}

Result<std::vector<CaseEvent>> select_events(Shelf& shelf, const CaseHead& head) {
    auto query = TRY(shelf.database.prepare(
        "select number, move, to_state, on_day, at, made_by, unit, marks, papers, body, client_key, sealed"
        " from casework_event where case_id = $1 order by number"));
    query.bind(1, number_of(head.id));
    std::vector<CaseEvent> events;
    while (TRY(query.step())) {
        CaseEvent event;
        event.number = static_cast<int>(query.integer(0));
        event.move = query.text(1);
        event.to = query.text(2);
        event.on = query.date(3).value_or(Date());
        event.at = instant_of(query.integer(4));
        event.by = UserId(static_cast<std::uint32_t>(query.integer(5)));
        event.unit = UnitId(static_cast<std::uint32_t>(query.integer(6)));
        event.marks = split(query.text_view(7));
        read_papers(query.text_view(8), event);
        event.client_key = query.is_null(10) ? std::string() : query.text(10);
        const auto told = TRY(read_told(shelf.seal, {event_column, head.id, event.number, subject_of(head)},
                                        query.text_view(9), query.blob(11)));
        event.forgotten = !told;
        event.fields = told.value_or(Fields());
        events.push_back(std::move(event));
    }
    return events;
}

Result<std::vector<LateForm>> select_late(Shelf& shelf, const CaseHead& head) {
    auto query = TRY(shelf.database.prepare(
        "select id, move, on_day, at, made_by, unit, body, client_key, reason, sealed from casework_late"
        " where case_id = $1 and settled_at is null order by id"));
    query.bind(1, number_of(head.id));
    std::vector<LateForm> forms;
    while (TRY(query.step())) {
        LateForm form;
        form.id = query.integer(0);
        form.of = head.id;
        form.move = query.text(1);
        form.on = query.date(2).value_or(Date());
        form.at = instant_of(query.integer(3));
        form.by = UserId(static_cast<std::uint32_t>(query.integer(4)));
        form.unit = UnitId(static_cast<std::uint32_t>(query.integer(5)));
        form.client_key = query.text(7);
        form.reason = query.text(8);
        const auto told = TRY(read_told(shelf.seal, {late_column, head.id, form.id, subject_of(head)},
                                        query.text_view(6), query.blob(9)));
        form.fields = told.value_or(Fields());
        forms.push_back(std::move(form));
    }
    return forms;
}

namespace {

Result<std::vector<CaseId>> ids_of(store::Statement query) {
    std::vector<CaseId> ids;
    while (TRY(query.step())) ids.emplace_back(static_cast<std::uint64_t>(query.integer(0)));
    return ids;
}

// Without what is forgotten.
Result<std::vector<std::pair<std::int64_t, Fields>>> read_all_told(Shelf& shelf, const CaseHead& head,
                                                                   const ToldTable& table) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select {}, body, sealed from {} where case_id = $1", table.number, table.name)));
    query.bind(1, number_of(head.id));
    std::vector<std::pair<std::int64_t, Fields>> all;
    while (TRY(query.step())) {
        const std::int64_t number = query.integer(0);
        auto told = TRY(read_told(shelf.seal, {table.column, head.id, number, subject_of(head)},
                                  query.text_view(1), query.blob(2)));
        if (told) all.emplace_back(number, std::move(*told));
    }
    return all;
}

}  // namespace

Result<std::vector<CaseId>> select_told_in_the_clear(Shelf& shelf) {
    std::string told;
    for (const ToldTable& one : told_tables)
        told += fmt::format("select case_id from {} where body <> '' union ", one.name);
    return ids_of(
        TRY(shelf.database.prepare(fmt::format("select id from casework_case where id in ({}select case_id "
                                               "from casework_attachment union select case_id"
                                               " from casework_determination union select case_id"
                                               " from casework_account) order by id",
                                               told))));
}

Result<void> seal_told(Shelf& shelf, const CaseHead& head) {
    return reseal_told(shelf, head, head);
}

Result<void> reseal_told(Shelf& shelf, const CaseHead& from, const CaseHead& to) {
    for (const ToldTable& table : told_tables) {
        for (const auto& [number, fields] : TRY(read_all_told(shelf, from, table))) {
            const auto told =
                TRY(write_told(shelf.seal, {table.column, to.id, number, subject_of(to)}, fields));
            auto update = TRY(shelf.database.prepare(
                fmt::format("update {} set body = $1, sealed = $2 where case_id = $3 and {} = $4", table.name,
                            table.number)));
            bind_told(update, 1, 2, told);
            TRY_VOID(update.bind(3, number_of(to.id)).bind(4, number).run());
        }
    }
    return {};
}

Result<std::vector<CaseId>> select_cases_about(Shelf& shelf, std::optional<PersonId> person,
                                               std::optional<HouseholdId> household) {
    auto query = TRY(shelf.database.prepare(
        person ? "select id from casework_case where person = $1 order by id"
               : "select id from casework_case where household = $1 and person = 0 order by id"));
    query.bind(1, std::int64_t{person ? person->value() : household.value_or(HouseholdId()).value()});
    return ids_of(std::move(query));
}

Result<void> clear_told(Shelf& shelf, CaseId of) {
    for (const ToldTable& one : told_tables) {
        auto update = TRY(shelf.database.prepare(
            fmt::format("update {} set body = '', sealed = null where case_id = $1", one.name)));
        TRY_VOID(update.bind(1, number_of(of)).run());
    }
    return {};
}

Result<void> seal_plain(Shelf& shelf, std::string_view table, std::string_view whose,
                        const std::function<ToldPlace(std::int64_t, std::int64_t)>& place) {
    struct Plain {
        std::int64_t id, whose;
        std::string body;
    };
    std::vector<Plain> all;
    auto query = TRY(shelf.database.prepare(fmt::format(
        "select id, {}, body from {} where body <> '' and sealed is null order by id", whose, table)));
    while (TRY(query.step())) all.push_back({query.integer(0), query.integer(1), query.text(2)});
    for (const Plain& one : all) {
        const ToldPlace at = place(one.id, one.whose);
        const auto fields = TRY(read_told(shelf.seal, at, one.body, {}));
        ensure(fields.has_value(), "it lies in the clear");
        const ToldRow told = TRY(write_told(shelf.seal, at, *fields));
        auto update = TRY(
            shelf.database.prepare(fmt::format("update {} set body = $1, sealed = $2 where id = $3", table)));
        bind_told(update, 1, 2, told);
        TRY_VOID(update.bind(3, one.id).run());
    }
    return {};
}

}  // namespace doudi::casework::repository
