// SPDX-License-Identifier: Apache-2.0
#include "casework/returned/returned_first_repository.h"

#include "casework/case_columns.h"

namespace doudi::casework {

namespace {

constexpr std::string_view first_column = "casework_returned_first.sealed";

// As the request itself, it is about nobody whom the office knows: it lies under the folder's own key.
ToldPlace place_of(std::int64_t id) {
    return {first_column, CaseId(), id, std::nullopt};
}

}  // namespace

Result<void> seal_first_rows(repository::Shelf& shelf) {
    return repository::seal_plain(shelf, repository::FirstRows::table, "request",
                                  [](std::int64_t id, std::int64_t) { return place_of(id); });
}

Result<void> clear_first_rows(store::Database& database, std::int64_t request) {
    return repository::clear_in(database, repository::FirstRows::table, "request", request);
}

namespace repository {

void FirstRows::read(const store::Statement& query, int at, ReturnedFirst& row) {
    if (query.integer(at) != 0) row.of = FirstRequestId(static_cast<std::uint64_t>(query.integer(at)));
    row.opens = query.integer(at + 1) != 0;
    read_asked(query, at + 2, row.request);
    if (query.integer(at + 4) != 0) row.opened = CaseId(static_cast<std::uint64_t>(query.integer(at + 4)));
}

void FirstRows::bind(store::Statement& insert, int at, const ReturnedFirst& row) {
    insert.bind(at, static_cast<std::int64_t>(row.of.value_or(FirstRequestId()).value()));
    insert.bind(at + 1, std::int64_t{row.opens ? 1 : 0});
    bind_asked(insert, at + 2, row.request);
    insert.bind(at + 4, std::int64_t{0});
}

Result<ToldRow> FirstRows::written(Shelf& shelf, std::int64_t number, const ReturnedFirst& row) {
    if (!row.of || row.outcome != RowOutcome::waiting) return ToldRow();
    return write_told(shelf.seal, place_of(number), row.request.fields);
}

Result<void> FirstRows::open(Shelf& shelf, const KeptTold& kept, ReturnedFirst& row) {
    if (!row.of || row.outcome == RowOutcome::refused) return {};
    auto told = TRY(read_told(shelf.seal, place_of(kept.id), kept.body, kept.sealed));
    row.forgotten = !told;
    if (told) row.request.fields = std::move(*told);
    return {};
}

}  // namespace repository

}  // namespace doudi::casework
