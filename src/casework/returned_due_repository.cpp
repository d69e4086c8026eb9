// SPDX-License-Identifier: Apache-2.0
#include "casework/returned_due_repository.h"

#include <fmt/format.h>

#include "casework/case_columns.h"
#include "casework/returned_rows_repository.h"

namespace doudi::casework {

namespace {

using repository::Shelf;

constexpr std::string_view due_column = "casework_returned_due.sealed";
constexpr std::string_view table = "casework_returned_due";
constexpr std::string_view more = "household, category, machine, seen, opens, until, case_id";
constexpr std::string_view reason_field = "reason";

// It is about the household as a whole: it goes with that one's key.
ToldPlace place_of(std::int64_t id, HouseholdId household) {
    return {due_column, CaseId(), id, store::SealedSubject{store::SubjectKind::household, household.value()}};
}

Result<ToldRow> written(Shelf& shelf, std::int64_t id, HouseholdId household, const std::string& reason) {
    if (reason.empty()) return ToldRow();
    return write_told(shelf.seal, place_of(id, household), Fields{{std::string(reason_field), {reason}}});
}

struct Told {
    std::string reason;
    bool forgotten = false;
};
Result<Told> told_of(Shelf& shelf, std::int64_t id, HouseholdId household, const std::string& body,
                     std::span<const std::byte> sealed) {
    const auto fields = TRY(read_told(shelf.seal, place_of(id, household), body, sealed));
    if (!fields) return Told{{}, true};
    return Told{first_of(*fields, reason_field), false};
}

struct KeptDue {
    ReturnedDue row;
    repository::KeptTold told;
};

Result<KeptDue> kept_of(const store::Statement& query) {
    KeptDue kept;
    ReturnedDue& row = kept.row;
    kept.told = TRY(repository::read_returned(query, row));
    constexpr int at = repository::columns_of_returned;
    if (query.integer(at) != 0)
        row.of = DueKey{HouseholdId(static_cast<std::uint32_t>(query.integer(at))), query.text(at + 1),
                        query.text(at + 2)};
    row.seen = static_cast<std::uint64_t>(query.integer(at + 3));
    row.opens = query.integer(at + 4) != 0;
    row.until = query.date(at + 5);
    if (query.integer(at + 6) != 0) row.opened = CaseId(static_cast<std::uint64_t>(query.integer(at + 6)));
    return kept;
}

Result<void> rewrite(Shelf& shelf, std::int64_t id, const ToldRow& told) {
    auto update =
        TRY(shelf.database.prepare("update casework_returned_due set body = $1, sealed = $2 where id = $3"));
    repository::bind_told(update, 1, 2, told);
    return update.bind(3, id).run();
}

}  // namespace

Result<void> seal_due_rows(Shelf& shelf) {
    struct Plain {
        std::int64_t id;
        HouseholdId household;
        std::string body;
    };
    std::vector<Plain> all;
    auto query = TRY(shelf.database.prepare(
        "select id, household, body from casework_returned_due where body <> '' and sealed is null"
        " order by id"));
    while (TRY(query.step()))
        all.push_back(
            {query.integer(0), HouseholdId(static_cast<std::uint32_t>(query.integer(1))), query.text(2)});
    for (const Plain& one : all) {
        const Told told = TRY(told_of(shelf, one.id, one.household, one.body, {}));
        TRY_VOID(rewrite(shelf, one.id, TRY(written(shelf, one.id, one.household, told.reason))));
    }
    return {};
}

Result<void> clear_due_rows(Shelf& shelf, HouseholdId household) {
    auto update = TRY(shelf.database.prepare(
        "update casework_returned_due set body = '', sealed = null where household = $1"));
    return update.bind(1, std::int64_t{household.value()}).run();
}

namespace repository {

Result<void> insert_due_row(Shelf& shelf, WorkbookId id, const ReturnedDue& row) {
    const std::int64_t number = TRY(next_of(shelf, "returned_due"));
    const DueKey of = row.of.value_or(DueKey{});
    ToldRow told;
    if (row.of) told = TRY(written(shelf, number, of.household, row.reason));
    return insert_in(shelf, table, more, number, id, row, told, [&](store::Statement& insert, int at) {
        insert.bind(at, std::int64_t{of.household.value()}).bind(at + 1, std::string_view(of.category));
        insert.bind(at + 2, std::string_view(of.machine)).bind(at + 3, static_cast<std::int64_t>(row.seen));
        insert.bind(at + 4, std::int64_t{row.opens ? 1 : 0}).bind(at + 5, row.until);
        insert.bind(at + 6, std::int64_t{0});
    });
}

Result<bool> settle_due_row(Shelf& shelf, WorkbookId id, int number, const Settled& settled,
                            std::optional<CaseId> opened) {
    return settle_in(shelf, table, "case_id", id, number, settled, number_of(opened.value_or(CaseId())));
}

Result<std::vector<ReturnedDue>> select_due_rows(Shelf& shelf, WorkbookId id, int after, std::size_t most) {
    auto query = TRY(rows_in(shelf, table, more, id, after, most));
    std::vector<KeptDue> kept;
    while (TRY(query.step())) kept.push_back(TRY(kept_of(query)));
    std::vector<ReturnedDue> rows;
    for (KeptDue& one : kept) {
        if (one.row.of && !one.row.opens) {
            Told told =
                TRY(told_of(shelf, one.told.id, one.row.of->household, one.told.body, one.told.sealed));
            one.row.reason = std::move(told.reason);
            one.row.forgotten = told.forgotten && one.row.outcome != RowOutcome::refused;
        }
        rows.push_back(std::move(one.row));
    }
    return rows;
}

Result<std::vector<int>> select_waiting_due(Shelf& shelf, WorkbookId id, int after, std::size_t most) {
    return waiting_in(shelf, table, id, after, most);
}

Result<std::optional<PutOff>> select_put_off(Shelf& shelf, const DueLine& line) {
    auto query = TRY(shelf.database.prepare(
        "select id, body, sealed, settled_at, settled_by from casework_returned_due"
        " where household = $1 and category = $2 and machine = $3 and seen = $4 and opens = 0"
        " and outcome = 'made' order by settled_at desc, id desc limit 1"));
    query.bind(1, std::int64_t{line.household.value()}).bind(2, std::string_view(line.category));
    query.bind(3, std::string_view(line.machine)).bind(4, static_cast<std::int64_t>(due_version(line)));
    if (!TRY(query.step())) return std::optional<PutOff>();
    PutOff found;
    found.at = instant_of(query.integer(3));
    found.by = UserId(static_cast<std::uint32_t>(query.integer(4)));
    const std::int64_t id = query.integer(0);
    const std::string body = query.text(1);
    const auto blob = query.blob(2);
    const std::vector<std::byte> sealed(blob.begin(), blob.end());
    found.reason = TRY(told_of(shelf, id, line.household, body, sealed)).reason;
    return std::optional(std::move(found));
}

}  // namespace repository

}  // namespace doudi::casework
