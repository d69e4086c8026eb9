// SPDX-License-Identifier: Apache-2.0
#include "casework/returned/returned_repository.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "casework/case_columns.h"
#include "casework/returned/returned_rows_repository.h"

namespace doudi::casework::repository {

namespace {

namespace json = boost::json;

constexpr std::string_view row_columns = "case_id, seen, move, on_day, event";
constexpr std::string_view row_table = "casework_returned_row";

constexpr std::array outcomes{RowOutcome::waiting, RowOutcome::refused, RowOutcome::made,
                              RowOutcome::moved_on, RowOutcome::left};

}  // namespace

// A refusal repeats nothing of what a cell holds, so it lies in the clear.
std::string refusals_text(const std::vector<Error>& refusals) {
    if (refusals.empty()) return {};
    json::array all;
    for (const Error& one : refusals) {
        all.push_back(
            json::object{{"code", one.code}, {"zh", one.text.zh}, {"en", one.text.en}, {"place", one.where}});
    }
    return json::serialize(all);
}

Result<std::vector<Error>> refusals_of(std::string_view text) {
    std::vector<Error> refusals;
    if (text.empty()) return refusals;
    boost::system::error_code failure;
    const json::value value = json::parse({text.data(), text.size()}, failure);
    if (failure || !value.is_array())
        return fail(ErrorKind::invalid, "workbook_damaged", {"工作簿记录已损坏", "the workbook is damaged"});
    for (const json::value& one : value.get_array()) {
        const auto word = [&](std::string_view key) { return std::string(one.at(key).as_string()); };
        refusals.push_back({ErrorKind::invalid, word("code"), {word("zh"), word("en")}, word("place")});
    }
    return refusals;
}

RowOutcome outcome_named(std::string_view name) {
    const auto found = std::ranges::find(outcomes, name, [](RowOutcome one) { return name_of(one); });
    ensure(found != outcomes.end(), "an outcome that this room wrote");
    return *found;
}

namespace {

constexpr std::string_view workbook_columns = "id, machine, file_name, hash, unchanged, at, made_by, unit";

Workbook workbook_of(const store::Statement& row) {
    Workbook found;
    found.id = WorkbookId(static_cast<std::uint64_t>(row.integer(0)));
    found.file = {row.text(1), row.text(2), row.text(3), static_cast<std::size_t>(row.integer(4))};
    found.at = instant_of(row.integer(5));
    found.by = UserId(static_cast<std::uint32_t>(row.integer(6)));
    found.unit = UnitId(static_cast<std::uint32_t>(row.integer(7)));
    return found;
}

Result<RowCounts> counts_of(Shelf& shelf, WorkbookId id) {
    auto query = TRY(shelf.database.prepare(
        "select outcome, count(*) from (select outcome from casework_returned_row where workbook = $1"
        " union all select outcome from casework_returned_due where workbook = $1"
        " union all select outcome from casework_returned_first where workbook = $1) one group by outcome"));
    query.bind(1, number_of_workbook(id));
    RowCounts counts;
    std::array<std::uint64_t*, outcomes.size()> kept{&counts.waiting, &counts.refused, &counts.made,
                                                     &counts.moved_on, &counts.left};
    while (TRY(query.step())) {
        const RowOutcome outcome = outcome_named(query.text_view(0));
        *kept[static_cast<std::size_t>(outcome)] = static_cast<std::uint64_t>(query.integer(1));
    }
    return counts;
}

struct CaseRows {
    using Row = ReturnedRow;
    static constexpr std::string_view table = row_table;
    static constexpr std::string_view more = row_columns;

    static void read(const store::Statement& query, int at, ReturnedRow& row) {
        if (query.integer(at) != 0) row.of = CaseId(static_cast<std::uint64_t>(query.integer(at)));
        row.seen = static_cast<int>(query.integer(at + 1));
        read_asked(query, at + 2, row.request);
        row.event = static_cast<int>(query.integer(at + 4));
    }

    static Result<void> open(Shelf& shelf, const KeptTold& kept, ReturnedRow& row) {
        if (!row.of || row.outcome == RowOutcome::refused) return {};
        const auto found = TRY(select_case(shelf, *row.of));
        ensure(found.has_value(), "a case is never taken away");
        auto told = TRY(read_told(shelf.seal, {returned_column, *row.of, kept.id, subject_of(found->head)},
                                  kept.body, kept.sealed));
        row.forgotten = !told;
        if (told) row.request.fields = std::move(*told);
        return {};
    }
};

}  // namespace

Result<WorkbookId> keep_as_one(Desk& desk, const Actor& actor, const NewWorkbook& file, std::size_t rows,
                               const std::function<Result<void>(WorkbookId)>& insert_rows) {
    if (rows > most_returned_rows)
        return fail(
            ErrorKind::limit, "workbook_rows",
            {fmt::format("一份工作簿至多 {} 行改动，请分开上传", most_returned_rows),
             fmt::format("a workbook brings {} changed rows at most: send it in parts", most_returned_rows)});
    Workbook workbook;
    workbook.file = file;
    workbook.at = desk.clock.now();
    workbook.by = actor.user;
    workbook.unit = actor.unit;
    TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
        const auto id = TRY(insert_workbook(desk.shelf, workbook));
        if (!id) {
            const auto there = TRY(select_workbook_of(desk.shelf, workbook));
            ensure(there.has_value(), "what keeps a row from being inserted is there");
            workbook.id = *there;
            return {};
        }
        workbook.id = *id;
        return insert_rows(*id);
    }));
    return workbook.id;
}

Result<std::optional<WorkbookId>> insert_workbook(Shelf& shelf, const Workbook& workbook) {
    const std::int64_t id = TRY(next_of(shelf, "workbook"));
    auto insert = TRY(shelf.database.prepare(
        "insert into casework_returned (id, machine, file_name, hash, unchanged, at, made_by, unit)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (made_by, machine, hash) do nothing"));
    insert.bind(1, id).bind(2, std::string_view(workbook.file.machine));
    insert.bind(3, std::string_view(workbook.file.file_name)).bind(4, std::string_view(workbook.file.hash));
    insert.bind(5, static_cast<std::int64_t>(workbook.file.unchanged)).bind(6, micros_of(workbook.at));
    TRY_VOID(
        insert.bind(7, std::int64_t{workbook.by.value()}).bind(8, std::int64_t{workbook.unit.value()}).run());
    if (shelf.database.changes() == 0) return std::optional<WorkbookId>();
    return std::optional(WorkbookId(static_cast<std::uint64_t>(id)));
}

Result<void> insert_row(Shelf& shelf, WorkbookId id, const ReturnedRow& row, const CaseHead* head) {
    const std::int64_t number = TRY(next_of(shelf, "returned_row"));
    ToldRow told;
    if (head != nullptr && row.outcome == RowOutcome::waiting)
        told = TRY(write_told(shelf.seal, {returned_column, head->id, number, subject_of(*head)},
                              row.request.fields));
    return insert_in(
        shelf, row_table, row_columns, number, id, row, told, [&](store::Statement& insert, int at) {
            insert.bind(at, row.of ? number_of(*row.of) : 0).bind(at + 1, std::int64_t{row.seen});
            bind_asked(insert, at + 2, row.request);
            insert.bind(at + 4, std::int64_t{0});
        });
}

Result<bool> settle_row(Shelf& shelf, WorkbookId id, int number, const Settled& settled) {
    return settle_in(shelf, row_table, "event", id, number, settled, settled.event);
}

Result<std::optional<WorkbookId>> select_workbook_of(Shelf& shelf, const Workbook& workbook) {
    auto query = TRY(shelf.database.prepare(
        "select id from casework_returned where made_by = $1 and machine = $2 and hash = $3"));
    query.bind(1, std::int64_t{workbook.by.value()}).bind(2, std::string_view(workbook.file.machine));
    if (!TRY(query.bind(3, std::string_view(workbook.file.hash)).step())) return std::optional<WorkbookId>();
    return std::optional(WorkbookId(static_cast<std::uint64_t>(query.integer(0))));
}

Result<std::optional<Workbook>> select_workbook(Shelf& shelf, WorkbookId id) {
    auto query = TRY(shelf.database.prepare("select " + std::string(workbook_columns) +
                                            " from casework_returned where id = $1"));
    if (!TRY(query.bind(1, number_of_workbook(id)).step())) return std::optional<Workbook>();
    Workbook found = workbook_of(query);
    found.rows = TRY(counts_of(shelf, id));
    return std::optional(std::move(found));
}

Result<std::vector<WorkbookId>> select_workbooks(Shelf& shelf, std::size_t most) {
    auto query = TRY(shelf.database.prepare("select id from casework_returned order by id desc limit $1"));
    query.bind(1, static_cast<std::int64_t>(most));
    std::vector<WorkbookId> ids;
    while (TRY(query.step())) ids.emplace_back(static_cast<std::uint64_t>(query.integer(0)));
    return ids;
}

Result<std::vector<ReturnedRow>> select_rows(Shelf& shelf, WorkbookId id, int after, std::size_t most) {
    return select_of<CaseRows>(shelf, id, after, most);
}

Result<std::optional<ReturnedRow>> select_row(Shelf& shelf, WorkbookId id, int number) {
    return find_of<CaseRows>(shelf, id, number);
}

Result<std::vector<int>> select_waiting(Shelf& shelf, WorkbookId id, int after, std::size_t most) {
    return waiting_in(shelf, row_table, id, after, most);
}

}  // namespace doudi::casework::repository
