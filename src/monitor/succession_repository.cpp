// SPDX-License-Identifier: Apache-2.0
#include "monitor/succession_repository.h"

namespace doudi::monitor {

namespace {

std::int64_t number(PublishId publish) {
    return static_cast<std::int64_t>(publish.value());
}
std::uint32_t id_in(const store::Statement& row, int column) {
    return static_cast<std::uint32_t>(row.integer(column));
}

StoredWarning warning_of(const store::Statement& row) {
    StoredWarning warning;
    warning.id = id_in(row, 0);
    warning.household = id_in(row, 1);
    warning.open = row.text_view(2) == "open";
    warning.score = row.integer(3);
    warning.level = row.text(4);
    warning.issued_on = row.date(5).value_or(Date());
    warning.due_on = row.date(6);
    warning.due_provisional = row.integer(7) != 0;
    warning.indicators = row.text(8);
    warning.closed_on = row.date(9);
    if (!row.is_null(10)) warning.closed_why = row.text(10);
    return warning;
}

}  // namespace

Result<std::optional<StoredWarning>> open_of(store::Database& database, PublishId publish,
                                             std::uint32_t household) {
    auto query = TRY(database.prepare(
        "select w.id, w.household, w.state, w.score, w.level, w.issued_on, w.due_on, w.due_provisional,"
        " w.indicators, w.closed_on, w.closed_why from warning w where w.household = $1 and w.state = 'open'"
        " and w.publish = (select max(v.publish) from warning v where v.id = w.id and v.publish <= $2)"
        " order by w.id limit 1"));
    if (!TRY(query.bind(1, std::int64_t{household}).bind(2, number(publish)).step())) return std::nullopt;
    return warning_of(query);
}

Result<StoredWarning> version_of(store::Database& database, PublishId publish, std::uint32_t warning) {
    auto query = TRY(database.prepare(
        "select id, household, state, score, level, issued_on, due_on, due_provisional, indicators, "
        "closed_on,"
        " closed_why from warning where id = $1 and publish <= $2 order by publish desc limit 1"));
    const bool found = TRY(query.bind(1, std::int64_t{warning}).bind(2, number(publish)).step());
    ensure(found, "a warning once given has a version");
    return warning_of(query);
}

Result<void> put_version(store::Database& database, PublishId publish, const StoredWarning& warning) {
    auto put = TRY(database.prepare(
        "insert into warning (publish, id, household, state, score, level, issued_on, due_on, "
        "due_provisional,"
        " indicators, closed_on, closed_why) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        " on conflict (id, publish) do update set household = excluded.household, state = excluded.state,"
        " due_on = excluded.due_on, due_provisional = excluded.due_provisional, closed_on = "
        "excluded.closed_on,"
        " closed_why = excluded.closed_why"));
    put.bind(1, number(publish)).bind(2, std::int64_t{warning.id}).bind(3, std::int64_t{warning.household});
    put.bind(4, std::string_view(warning.open ? "open" : "closed")).bind(5, warning.score);
    put.bind(6, std::string_view(warning.level)).bind(7, warning.issued_on);
    if (warning.due_on) {
        put.bind(8, *warning.due_on);
    } else {
        put.bind_null(8);
    }
    put.bind(9, std::int64_t{warning.due_provisional}).bind(10, std::string_view(warning.indicators));
    if (warning.closed_on) {
        put.bind(11, *warning.closed_on);
    } else {
        put.bind_null(11);
    }
    if (warning.closed_why.empty()) {
        put.bind_null(12);
    } else {
        put.bind(12, std::string_view(warning.closed_why));
    }
    return put.run();
}

Result<void> put_succession(store::Database& database, PublishId publish, const SuccessionRow& row) {
    auto put =
        TRY(database.prepare("insert into warning_succession (publish, warning, change_case, household, "
                             "heir, heir_warning, restored,"
                             " reason) values ($1, $2, $3, $4, $5, $6, $7, $8)"));
    put.bind(1, number(publish)).bind(2, std::int64_t{row.warning});
    put.bind(3, static_cast<std::int64_t>(row.change)).bind(4, std::int64_t{row.household});
    put.bind(5, std::int64_t{row.heir}).bind(6, std::int64_t{row.heir_warning});
    return put.bind(7, std::int64_t{row.restored}).bind(8, std::string_view(row.reason)).run();
}

Result<std::vector<SuccessionRow>> successions_of(store::Database& database, PublishId publish,
                                                  std::uint64_t change) {
    auto query = TRY(database.prepare(
        "select s.warning, s.household, s.heir, s.heir_warning, s.reason from warning_succession s where"
        " s.change_case = $1 and s.restored = 0 and s.publish = (select max(t.publish) from "
        "warning_succession t"
        " where t.warning = s.warning and t.publish <= $2) order by s.warning"));
    query.bind(1, static_cast<std::int64_t>(change)).bind(2, number(publish));
    std::vector<SuccessionRow> rows;
    while (TRY(query.step()))
        rows.push_back({id_in(query, 0), change, id_in(query, 1), id_in(query, 2), id_in(query, 3), false,
                        query.text(4)});
    return rows;
}

Result<std::vector<CarriedWarning>> carried_warnings(store::Database& database, PublishId publish) {
    auto query = TRY(database.prepare(
        "select s.warning, s.heir_warning from warning_succession s where s.heir_warning <> 0 and s.restored "
        "= 0"
        " and s.publish = (select max(t.publish) from warning_succession t where t.warning = s.warning and"
        " t.publish <= $1) order by s.warning"));
    query.bind(1, number(publish));
    std::vector<CarriedWarning> carried;
    while (TRY(query.step())) carried.push_back({id_in(query, 0), id_in(query, 1)});
    return carried;
}

}  // namespace doudi::monitor
