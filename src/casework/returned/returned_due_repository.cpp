// SPDX-License-Identifier: Apache-2.0
#include "casework/returned/returned_due_repository.h"

#include "casework/case_columns.h"

namespace doudi::casework {

namespace {

constexpr std::string_view due_column = "casework_returned_due.sealed";
constexpr std::string_view reason_field = "reason";

// It is about the household as a whole: it goes with that one's key.
ToldPlace place_of(std::int64_t id, HouseholdId household) {
    return {due_column, CaseId(), id, store::SealedSubject{store::SubjectKind::household, household.value()}};
}

// None: it was forgotten.
Result<std::optional<std::string>> reason_of(repository::Shelf& shelf, HouseholdId household,
                                             const repository::KeptTold& kept) {
    const auto fields = TRY(read_told(shelf.seal, place_of(kept.id, household), kept.body, kept.sealed));
    if (!fields) return std::optional<std::string>();
    return std::optional(first_of(*fields, reason_field));
}

HouseholdId household_of(std::int64_t number) {
    return HouseholdId(static_cast<std::uint32_t>(number));
}

}  // namespace

Result<void> seal_due_rows(repository::Shelf& shelf) {
    return repository::seal_plain(
        shelf, repository::DueRows::table, "household",
        [](std::int64_t id, std::int64_t household) { return place_of(id, household_of(household)); });
}

Result<void> clear_due_rows(repository::Shelf& shelf, HouseholdId household) {
    return repository::clear_in(shelf.database, repository::DueRows::table, "household",
                                std::int64_t{household.value()});
}

namespace repository {

void DueRows::read(const store::Statement& query, int at, ReturnedDue& row) {
    if (query.integer(at) != 0)
        row.of = DueKey{household_of(query.integer(at)), query.text(at + 1), query.text(at + 2)};
    row.seen = static_cast<std::uint64_t>(query.integer(at + 3));
    row.opens = query.integer(at + 4) != 0;
    row.until = query.date(at + 5);
    if (query.integer(at + 6) != 0) row.opened = CaseId(static_cast<std::uint64_t>(query.integer(at + 6)));
}

void DueRows::bind(store::Statement& insert, int at, const ReturnedDue& row) {
    const DueKey of = row.of.value_or(DueKey{});
    insert.bind(at, std::int64_t{of.household.value()}).bind(at + 1, std::string_view(of.category));
    insert.bind(at + 2, std::string_view(of.machine)).bind(at + 3, static_cast<std::int64_t>(row.seen));
    insert.bind(at + 4, std::int64_t{row.opens ? 1 : 0}).bind(at + 5, row.until);
    insert.bind(at + 6, std::int64_t{0});
}

Result<ToldRow> DueRows::written(Shelf& shelf, std::int64_t number, const ReturnedDue& row) {
    if (!row.of || row.reason.empty()) return ToldRow();
    return write_told(shelf.seal, place_of(number, row.of->household),
                      Fields{{std::string(reason_field), {row.reason}}});
}

Result<void> DueRows::open(Shelf& shelf, const KeptTold& kept, ReturnedDue& row) {
    if (!row.of || row.opens) return {};
    auto reason = TRY(reason_of(shelf, row.of->household, kept));
    row.forgotten = !reason && row.outcome != RowOutcome::refused;
    row.reason = std::move(reason).value_or("");
    return {};
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
    const auto sealed = query.blob(2);
    const KeptTold kept{query.integer(0), query.text(1), {sealed.begin(), sealed.end()}};
    found.reason = TRY(reason_of(shelf, line.household, kept)).value_or("");
    return std::optional(std::move(found));
}

}  // namespace repository

}  // namespace doudi::casework
