// SPDX-License-Identifier: Apache-2.0
#include "casework/returned/returned.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "casework/returned/returned_repository.h"
#include "casework/verbs.h"

namespace doudi::casework {

namespace {

using repository::Settled;

Result<ReturnedRow> need_row(Desk& desk, WorkbookId id, int number) {
    auto row = TRY(find_row(desk, id, number));
    if (row) return std::move(*row);
    return row_unknown(number);
}

TakenRow as_it_stands(const ReturnedRow& row) {
    return {row.outcome, row.event, {}};
}

// Within write_beside(): the move and that the row is settled, or neither.
Result<TakenRow> make_move(Desk& desk, const Actor& actor, WorkbookId id, const ReturnedRow& row) {
    if (row.forgotten) return TakenRow{RowOutcome::waiting, 0, {row_forgotten()}};
    Moved moved = TRY(move_within(desk, actor, *row.of, row.request, row.seen));
    if (moved.kind == Moved::Kind::refused) return TakenRow{RowOutcome::waiting, 0, moved.faults};
    const Settled settled{RowOutcome::made, moved.event, desk.clock.now(), actor.user};
    if (!TRY(repository::settle_row(desk.shelf, id, row.number, settled)))
        return fail(ErrorKind::conflict, "case_changed",
                    {"该行已由他人处理", "somebody else has settled the row"});
    const int event = moved.event;
    return TakenRow{RowOutcome::made, event, {}, std::move(moved)};
}

// Settles what is not made of a row, unless somebody was first.
Result<TakenRow> settle_as(Desk& desk, const Actor& actor, WorkbookId id, int number, RowOutcome outcome) {
    TakenRow taken;
    TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
        (void)TRY(repository::settle_row(desk.shelf, id, number, {outcome, 0, desk.clock.now(), actor.user}));
        taken = as_it_stands(TRY(need_row(desk, id, number)));
        return {};
    }));
    return taken;
}

}  // namespace

std::string_view name_of(RowOutcome outcome) {
    static constexpr std::array<std::string_view, 5> names{"waiting", "refused", "made", "moved_on", "left"};
    return names[static_cast<std::size_t>(outcome)];
}

std::unexpected<Error> row_unknown(int number) {
    return fail(ErrorKind::not_found, "row_unknown",
                {fmt::format("这份工作簿没有第 {} 行差异", number),
                 fmt::format("the workbook has no row {} of its difference", number)});
}

MoveFault row_forgotten() {
    return {"",
            "row_forgotten",
            {"当事人信息已删除，该行内容不再存在",
             "the data of whom it is about were deleted, and what the row told with them"}};
}

Result<WorkbookId> keep_workbook(Desk& desk, const Actor& actor, const NewWorkbook& file,
                                 const std::vector<ReturnedRow>& rows) {
    return repository::keep_as_one(desk, actor, file, rows.size(), [&](WorkbookId id) -> Result<void> {
        for (const ReturnedRow& row : rows) {
            std::optional<repository::CaseRow> found;
            if (row.of) found = TRY(repository::select_case(desk.shelf, *row.of));
            TRY_VOID(repository::insert_row(desk.shelf, id, row, found ? &found->head : nullptr));
        }
        return {};
    });
}

Result<std::optional<Workbook>> find_workbook(Desk& desk, WorkbookId id) {
    return repository::select_workbook(desk.shelf, id);
}

Result<std::optional<Workbook>> find_workbook_of(Desk& desk, const Actor& actor, const NewWorkbook& file) {
    Workbook workbook;
    workbook.file = file;
    workbook.by = actor.user;
    const auto id = TRY(repository::select_workbook_of(desk.shelf, workbook));
    if (!id) return std::optional<Workbook>();
    return repository::select_workbook(desk.shelf, *id);
}

bool is_in_reach(const Workbook& workbook, UserId asker, std::span<const repository::Readable> readable) {
    if (workbook.by == asker) return true;
    return std::ranges::any_of(readable, [&](const repository::Readable& one) {
        return std::ranges::find(one.machines, workbook.file.machine) != one.machines.end() &&
               one.scope.covers({.unit = workbook.unit});
    });
}

std::vector<MoveFault> against(const Actor& actor, const ReturnedRow& row, const CaseView& view, Date today) {
    if (view.state.events != row.seen) {
        return {{"",
                 "workbook_moved_on",
                 {"发出之后该办件已有变动，请按新的情况重填",
                  "the case has gone on since the list left: fill it in anew"}}};
    }
    return check_move(view.question(today), actor, row.request);
}

Result<std::vector<Workbook>> list_workbooks(Desk& desk, std::size_t most) {
    std::vector<Workbook> all;
    const auto ids = TRY(repository::select_workbooks(desk.shelf, most));
    for (const WorkbookId id : ids) {
        auto one = TRY(repository::select_workbook(desk.shelf, id));
        if (one) all.push_back(std::move(*one));
    }
    return all;
}

Result<std::vector<ReturnedRow>> read_rows(Desk& desk, WorkbookId id, int after, std::size_t most) {
    return repository::select_rows(desk.shelf, id, after, most);
}

Result<std::optional<ReturnedRow>> find_row(Desk& desk, WorkbookId id, int number) {
    return repository::select_row(desk.shelf, id, number);
}

Result<std::vector<int>> waiting_rows(Desk& desk, WorkbookId id, int after, std::size_t most) {
    return repository::select_waiting(desk.shelf, id, after, most);
}

Result<TakenRow> take_row(Desk& desk, const Actor& actor, WorkbookId id, int number) {
    TakenRow taken;
    const Result<void> done = desk.shelf.database.write_beside([&]() -> Result<void> {
        const ReturnedRow row = TRY(need_row(desk, id, number));
        taken = as_it_stands(row);
        if (row.outcome == RowOutcome::waiting) taken = TRY(make_move(desk, actor, id, row));
        return {};
    });
    if (done) return taken;
    if (done.error().code != "case_changed") return std::unexpected(done.error());
    return settle_as(desk, actor, id, number, RowOutcome::moved_on);
}

Result<TakenRow> leave_row(Desk& desk, const Actor& actor, WorkbookId id, int number) {
    return settle_as(desk, actor, id, number, RowOutcome::left);
}

Result<std::optional<TakenRow>> settle_reached(Desk& desk, const Actor& actor,
                                               std::span<const repository::Readable> readable, WorkbookId id,
                                               int number, bool takes, std::vector<HouseholdId>& households) {
    const auto row = TRY(find_row(desk, id, number));
    std::optional<repository::ListedCase> one;
    if (row && row->of) one = TRY(repository::find_case(desk.shelf.database, readable, *row->of));
    if (!row || (row->outcome == RowOutcome::waiting && !one)) return std::optional<TakenRow>();
    if (one && one->row.head.household) households.push_back(*one->row.head.household);
    return std::optional(takes ? TRY(take_row(desk, actor, id, number))
                               : TRY(leave_row(desk, actor, id, number)));
}

}  // namespace doudi::casework
