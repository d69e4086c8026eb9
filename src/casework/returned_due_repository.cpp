// SPDX-License-Identifier: Apache-2.0
#include "casework/returned_due_repository.h"

#include <fmt/format.h>

#include "casework/case_columns.h"

namespace doudi::casework {

namespace {

using repository::Shelf;

constexpr std::string_view due_column = "casework_returned_due.sealed";
constexpr std::string_view reason_field = "reason";

std::int64_t number_of_workbook(WorkbookId id) {
    return static_cast<std::int64_t>(id.value());
}

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

// As it lies: what it told is opened behind the query.
struct KeptDue {
    std::int64_t id = 0;
    ReturnedDue row;
    std::string body;
    std::vector<std::byte> sealed;
};

Result<KeptDue> kept_of(const store::Statement& query) {
    KeptDue kept;
    kept.id = query.integer(0);
    ReturnedDue& row = kept.row;
    row.number = static_cast<int>(query.integer(1));
    row.sheet = query.text(2);
    row.row = static_cast<std::uint32_t>(query.integer(3));
    if (query.integer(4) != 0)
        row.of =
            DueKey{HouseholdId(static_cast<std::uint32_t>(query.integer(4))), query.text(5), query.text(6)};
    row.seen = static_cast<std::uint64_t>(query.integer(7));
    row.opens = query.integer(8) != 0;
    row.until = query.date(9);
    row.refusals = TRY(repository::refusals_of(query.text_view(10)));
    row.outcome = repository::outcome_named(query.text_view(11));
    if (query.integer(12) != 0) row.opened = CaseId(static_cast<std::uint64_t>(query.integer(12)));
    kept.body = query.text(13);
    const auto sealed = query.blob(14);
    kept.sealed.assign(sealed.begin(), sealed.end());
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
    auto insert = TRY(shelf.database.prepare(
        "insert into casework_returned_due (id, workbook, number, sheet, row, household, category, machine,"
        " seen, opens, until, body, sealed, refusals, outcome, case_id, settled_by)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, 0)"));
    insert.bind(1, number).bind(2, number_of_workbook(id)).bind(3, std::int64_t{row.number});
    insert.bind(4, std::string_view(row.sheet)).bind(5, std::int64_t{row.row});
    insert.bind(6, std::int64_t{of.household.value()}).bind(7, std::string_view(of.category));
    insert.bind(8, std::string_view(of.machine)).bind(9, static_cast<std::int64_t>(row.seen));
    insert.bind(10, std::int64_t{row.opens ? 1 : 0}).bind(11, row.until);
    bind_told(insert, 12, 13, told);
    const std::string refusals = refusals_text(row.refusals);
    return insert.bind(14, std::string_view(refusals)).bind(15, name_of(row.outcome)).run();
}

Result<bool> settle_due_row(Shelf& shelf, WorkbookId id, int number, const Settled& settled,
                            std::optional<CaseId> opened) {
    auto update = TRY(shelf.database.prepare(
        "update casework_returned_due set outcome = $1, case_id = $2, settled_at = $3, settled_by = $4"
        " where workbook = $5 and number = $6 and outcome = 'waiting'"));
    update.bind(1, name_of(settled.outcome)).bind(2, number_of(opened.value_or(CaseId())));
    update.bind(3, micros_of(settled.at)).bind(4, std::int64_t{settled.by.value()});
    TRY_VOID(update.bind(5, number_of_workbook(id)).bind(6, std::int64_t{number}).run());
    return shelf.database.changes() == 1;
}

Result<std::vector<ReturnedDue>> select_due_rows(Shelf& shelf, WorkbookId id, int after, std::size_t most) {
    auto query = TRY(shelf.database.prepare(
        "select id, number, sheet, row, household, category, machine, seen, opens, until, refusals, outcome,"
        " case_id, body, sealed from casework_returned_due where workbook = $1 and number > $2"
        " order by number limit $3"));
    query.bind(1, number_of_workbook(id)).bind(2, std::int64_t{after});
    query.bind(3, static_cast<std::int64_t>(most));
    std::vector<KeptDue> kept;
    while (TRY(query.step())) kept.push_back(TRY(kept_of(query)));
    std::vector<ReturnedDue> rows;
    for (KeptDue& one : kept) {
        if (one.row.of && !one.row.opens) {
            Told told = TRY(told_of(shelf, one.id, one.row.of->household, one.body, one.sealed));
            one.row.reason = std::move(told.reason);
            one.row.forgotten = told.forgotten && one.row.outcome != RowOutcome::refused;
        }
        rows.push_back(std::move(one.row));
    }
    return rows;
}

Result<std::vector<int>> select_waiting_due(Shelf& shelf, WorkbookId id, int after, std::size_t most) {
    auto query = TRY(shelf.database.prepare(
        "select number from casework_returned_due where workbook = $1 and outcome = 'waiting'"
        " and number > $2 order by number limit $3"));
    query.bind(1, number_of_workbook(id)).bind(2, std::int64_t{after});
    query.bind(3, static_cast<std::int64_t>(most));
    std::vector<int> numbers;
    while (TRY(query.step())) numbers.push_back(static_cast<int>(query.integer(0)));
    return numbers;
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
