// SPDX-License-Identifier: Apache-2.0
#include "casework/returned_first_repository.h"

#include "casework/case_columns.h"
#include "casework/returned_rows_repository.h"

namespace doudi::casework {

namespace {

using repository::Shelf;

constexpr std::string_view first_column = "casework_returned_first.sealed";
constexpr std::string_view table = "casework_returned_first";
constexpr std::string_view more = "request, opens, move, on_day, case_id";

// As the request itself, it is about nobody whom the office knows: it lies under the folder's own key.
ToldPlace place_of(std::int64_t id) {
    return {first_column, CaseId(), id, std::nullopt};
}

std::int64_t number_of_request(const std::optional<FirstRequestId>& id) {
    return static_cast<std::int64_t>(id.value_or(FirstRequestId()).value());
}

struct KeptFirst {
    ReturnedFirst row;
    repository::KeptTold told;
};

Result<KeptFirst> kept_of(const store::Statement& query) {
    KeptFirst kept;
    ReturnedFirst& row = kept.row;
    kept.told = TRY(repository::read_returned(query, row));
    constexpr int at = repository::columns_of_returned;
    if (query.integer(at) != 0) row.of = FirstRequestId(static_cast<std::uint64_t>(query.integer(at)));
    row.opens = query.integer(at + 1) != 0;
    row.request.move = query.text(at + 2);
    row.request.on = query.date(at + 3).value_or(Date());
    if (query.integer(at + 4) != 0) row.opened = CaseId(static_cast<std::uint64_t>(query.integer(at + 4)));
    return kept;
}

}  // namespace

Result<void> seal_first_rows(Shelf& shelf) {
    struct Plain {
        std::int64_t id;
        std::string body;
    };
    std::vector<Plain> all;
    auto query = TRY(
        shelf.database.prepare("select id, body from casework_returned_first where body <> '' and sealed is"
                               " null order by id"));
    while (TRY(query.step())) all.push_back({query.integer(0), query.text(1)});
    for (const Plain& one : all) {
        const auto fields = TRY(read_told(shelf.seal, place_of(one.id), one.body, {}));
        ensure(fields.has_value(), "it lies in the clear");
        const ToldRow told = TRY(write_told(shelf.seal, place_of(one.id), *fields));
        auto update = TRY(shelf.database.prepare(
            "update casework_returned_first set body = $1, sealed = $2 where id = $3"));
        repository::bind_told(update, 1, 2, told);
        TRY_VOID(update.bind(3, one.id).run());
    }
    return {};
}

Result<void> clear_first_rows(store::Database& database, std::int64_t request) {
    auto update = TRY(
        database.prepare("update casework_returned_first set body = '', sealed = null where request = $1"));
    return update.bind(1, request).run();
}

namespace repository {

Result<void> insert_first_row(Shelf& shelf, WorkbookId id, const ReturnedFirst& row) {
    const std::int64_t number = TRY(next_of(shelf, "returned_first"));
    ToldRow told;
    if (row.of && row.outcome == RowOutcome::waiting)
        told = TRY(write_told(shelf.seal, place_of(number), row.request.fields));
    return insert_in(shelf, table, more, number, id, row, told, [&](store::Statement& insert, int at) {
        insert.bind(at, number_of_request(row.of)).bind(at + 1, std::int64_t{row.opens ? 1 : 0});
        insert.bind(at + 2, std::string_view(row.request.move));
        if (row.request.move.empty()) {
            insert.bind_null(at + 3);
        } else {
            insert.bind(at + 3, row.request.on);
        }
        insert.bind(at + 4, std::int64_t{0});
    });
}

Result<bool> settle_first_row(Shelf& shelf, WorkbookId id, int number, const Settled& settled,
                              std::optional<CaseId> opened) {
    return settle_in(shelf, table, "case_id", id, number, settled, number_of(opened.value_or(CaseId())));
}

Result<std::vector<ReturnedFirst>> select_first_rows(Shelf& shelf, WorkbookId id, int after,
                                                     std::size_t most) {
    auto query = TRY(rows_in(shelf, table, more, id, after, most));
    std::vector<KeptFirst> kept;
    while (TRY(query.step())) kept.push_back(TRY(kept_of(query)));
    std::vector<ReturnedFirst> rows;
    for (KeptFirst& one : kept) {
        if (one.row.of && one.row.outcome != RowOutcome::refused) {
            auto told = TRY(read_told(shelf.seal, place_of(one.told.id), one.told.body, one.told.sealed));
            one.row.forgotten = !told;
            if (told) one.row.request.fields = std::move(*told);
        }
        rows.push_back(std::move(one.row));
    }
    return rows;
}

Result<std::vector<int>> select_waiting_first(Shelf& shelf, WorkbookId id, int after, std::size_t most) {
    return waiting_in(shelf, table, id, after, most);
}

}  // namespace repository

}  // namespace doudi::casework
