// SPDX-License-Identifier: Apache-2.0
#include "casework/returned/returned_rows_repository.h"

#include <fmt/format.h>

#include <algorithm>

namespace doudi::casework::repository {

std::int64_t number_of_workbook(WorkbookId id) {
    return static_cast<std::int64_t>(id.value());
}

Result<store::Statement> rows_in(Shelf& shelf, std::string_view table, std::string_view more, WorkbookId id,
                                 int after, std::size_t most) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select id, number, sheet, row, refusals, outcome, body, sealed, {} from {}"
                    " where workbook = $1 and number > $2 order by number limit $3",
                    more, table)));
    query.bind(1, number_of_workbook(id)).bind(2, std::int64_t{after});
    query.bind(3, static_cast<std::int64_t>(most));
    return query;
}

Result<KeptTold> read_returned(const store::Statement& query, ReturnedAt& row) {
    KeptTold kept;
    kept.id = query.integer(0);
    row.number = static_cast<int>(query.integer(1));
    row.sheet = query.text(2);
    row.row = static_cast<std::uint32_t>(query.integer(3));
    row.refusals = TRY(refusals_of(query.text_view(4)));
    row.outcome = outcome_named(query.text_view(5));
    kept.body = query.text(6);
    const auto sealed = query.blob(7);
    kept.sealed.assign(sealed.begin(), sealed.end());
    return kept;
}

Result<std::vector<int>> waiting_in(Shelf& shelf, std::string_view table, WorkbookId id, int after,
                                    std::size_t most) {
    auto query = TRY(
        shelf.database.prepare(fmt::format("select number from {} where workbook = $1 and outcome = 'waiting'"
                                           " and number > $2 order by number limit $3",
                                           table)));
    query.bind(1, number_of_workbook(id)).bind(2, std::int64_t{after});
    query.bind(3, static_cast<std::int64_t>(most));
    std::vector<int> numbers;
    while (TRY(query.step())) numbers.push_back(static_cast<int>(query.integer(0)));
    return numbers;
}

Result<void> insert_in(Shelf& shelf, std::string_view table, std::string_view more, std::int64_t number,
                       WorkbookId id, const ReturnedAt& row, const ToldRow& told,
                       const std::function<void(store::Statement&, int)>& bind_more) {
    constexpr int first_of_more = 10;
    const auto last = first_of_more + std::ranges::count(more, ',');
    std::string places;
    for (int at = 1; at <= last; ++at) places += fmt::format("${}, ", at);
    auto insert = TRY(shelf.database.prepare(
        fmt::format("insert into {} (id, workbook, number, sheet, row, refusals, outcome, body, sealed, {},"
                    " settled_by) values ({}0)",
                    table, more, places)));
    const std::string refusals = refusals_text(row.refusals);
    insert.bind(1, number).bind(2, number_of_workbook(id)).bind(3, std::int64_t{row.number});
    insert.bind(4, std::string_view(row.sheet)).bind(5, std::int64_t{row.row});
    insert.bind(6, std::string_view(refusals)).bind(7, name_of(row.outcome));
    bind_told(insert, 8, 9, told);
    bind_more(insert, first_of_more);
    return insert.run();
}

Result<bool> settle_in(Shelf& shelf, std::string_view table, std::string_view came_of, WorkbookId id,
                       int number, const Settled& settled, std::int64_t of) {
    auto update = TRY(shelf.database.prepare(
        fmt::format("update {} set outcome = $1, {} = $2, settled_at = $3, settled_by = $4"
                    " where workbook = $5 and number = $6 and outcome = 'waiting'",
                    table, came_of)));
    update.bind(1, name_of(settled.outcome)).bind(2, of);
    update.bind(3, micros_of(settled.at)).bind(4, std::int64_t{settled.by.value()});
    TRY_VOID(update.bind(5, number_of_workbook(id)).bind(6, std::int64_t{number}).run());
    return shelf.database.changes() == 1;
}

void bind_asked(store::Statement& insert, int at, const MoveRequest& asked) {
    insert.bind(at, std::string_view(asked.move));
    if (asked.move.empty()) {
        insert.bind_null(at + 1);
    } else {
        insert.bind(at + 1, asked.on);
    }
}

void read_asked(const store::Statement& query, int at, MoveRequest& asked) {
    asked.move = query.text(at);
    asked.on = query.date(at + 1).value_or(Date());
}

Result<void> clear_in(store::Database& database, std::string_view table, std::string_view whose,
                      std::int64_t about) {
    auto update = TRY(
        database.prepare(fmt::format("update {} set body = '', sealed = null where {} = $1", table, whose)));
    return update.bind(1, about).run();
}

}  // namespace doudi::casework::repository
