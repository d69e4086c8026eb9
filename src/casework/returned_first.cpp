// SPDX-License-Identifier: Apache-2.0
#include "casework/returned_first.h"

#include <fmt/format.h>

#include <algorithm>

#include "casework/returned_first_repository.h"

namespace doudi::casework {

namespace {

constexpr std::string_view taken_by_another = "row_settled";

Result<ReturnedFirst> need_row(Desk& desk, WorkbookId id, int number) {
    auto row = TRY(find_first_row(desk, id, number));
    if (row) return std::move(*row);
    return row_unknown(number);
}

TakenFirst as_it_stands(const ReturnedFirst& row) {
    return {row.outcome, row.opened};
}

bool is_waiting(const std::optional<FirstRequest>& request) {
    return request && request->state == "waiting";
}

// Within write_beside(): settled as that, or nothing of this transaction stands.
Result<TakenFirst> settled(Desk& desk, const Actor& actor, WorkbookId id, int number, TakenFirst taken) {
    const repository::Settled as{taken.outcome, 0, desk.clock.now(), actor.user};
    if (TRY(repository::settle_first_row(desk.shelf, id, number, as, taken.opened))) return taken;
    return fail(ErrorKind::conflict, std::string(taken_by_another),
                {"该行已由他人处理", "somebody else has settled the row"});
}

Result<TakenFirst> open_it(Desk& desk, const Actor& actor, std::string_view pack, WorkbookId id,
                           const ReturnedFirst& row, const FirstRequest& asked) {
    OpenRequest request;
    request.machine = asked.machine;
    request.pack = std::string(pack);
    request.unit = actor.unit;
    request.first = row.request;
    OpenedFirst opened = TRY(open_first_within(desk, actor, std::move(request), asked.id));
    if (opened.was_settled) return settled(desk, actor, id, row.number, {RowOutcome::moved_on});
    if (opened.moved.kind == Moved::Kind::refused)
        return TakenFirst{RowOutcome::waiting, {}, std::move(opened.moved.faults)};
    const CaseId of = opened.moved.of;
    return settled(desk, actor, id, row.number, {RowOutcome::made, of, {}, std::move(opened.moved)});
}

Result<TakenFirst> take_within(Desk& desk, const Actor& actor, std::string_view pack, WorkbookId id,
                               int number) {
    const ReturnedFirst row = TRY(need_row(desk, id, number));
    if (row.outcome != RowOutcome::waiting) return as_it_stands(row);
    ensure(row.of.has_value(), "a row of none of ours is refused");
    const auto asked = TRY(find_first_request(desk, *row.of));
    if (!is_waiting(asked)) return settled(desk, actor, id, number, {RowOutcome::moved_on});
    const auto law = TRY(need_pack(desk, pack, civil_day(desk.clock.now())));
    if (auto faults = against_first(actor, law->law, row, asked); !faults.empty())
        return TakenFirst{RowOutcome::waiting, {}, std::move(faults)};
    if (row.opens) return open_it(desk, actor, pack, id, row, *asked);
    const std::string reason = first_of(row.request.fields, declined_field);
    const bool is_declined = TRY(decline_first_within(desk, asked->id, reason, actor.user));
    return settled(desk, actor, id, number, {is_declined ? RowOutcome::made : RowOutcome::moved_on});
}

}  // namespace

Result<WorkbookId> keep_first_workbook(Desk& desk, const Actor& actor, const NewWorkbook& file,
                                       const std::vector<ReturnedFirst>& rows) {
    return repository::keep_as_one(desk, actor, file, rows.size(), [&](WorkbookId id) -> Result<void> {
        for (const ReturnedFirst& row : rows) TRY_VOID(repository::insert_first_row(desk.shelf, id, row));
        return {};
    });
}

Result<std::vector<ReturnedFirst>> read_first_rows(Desk& desk, WorkbookId id, int after, std::size_t most) {
    return repository::select_first_rows(desk.shelf, id, after, most);
}

Result<std::optional<ReturnedFirst>> find_first_row(Desk& desk, WorkbookId id, int number) {
    auto rows = TRY(repository::select_first_rows(desk.shelf, id, number - 1, 1));
    if (rows.empty() || rows.front().number != number) return std::optional<ReturnedFirst>();
    return std::optional(std::move(rows.front()));
}

Result<std::vector<int>> waiting_first_rows(Desk& desk, WorkbookId id, int after, std::size_t most) {
    return repository::select_waiting_first(desk.shelf, id, after, most);
}

std::vector<MoveFault> against_first(const Actor& actor, const policy::Law& law, const ReturnedFirst& row,
                                     const std::optional<FirstRequest>& request) {
    if (!is_waiting(request))
        return {
            {"", "workbook_moved_on", {"这件登记已由他人办理", "somebody else has settled this request"}}};
    if (row.forgotten) return {row_forgotten()};
    if (!row.opens) return {};
    const policy::Machine* machine = law.procedures.machine(request->machine);
    const policy::Move* move = machine == nullptr ? nullptr : machine->move(row.request.move);
    if (move == nullptr)
        return {{"",
                 "move_unknown",
                 {"现行政策包没有这一步，请按新的清单重填",
                  "the law in force has no such step: fill in a new list"}}};
    if (std::ranges::find_first_of(move->by, actor.roles) == move->by.end())
        return {{"",
                 "move_role",
                 {fmt::format("您的岗位不能“{}”", move->title.zh),
                  fmt::format("your role may not '{}'", move->title.en)}}};
    return {};
}

Result<TakenFirst> take_first_row(Desk& desk, const Actor& actor, std::string_view pack, WorkbookId id,
                                  int number) {
    TakenFirst taken;
    const Result<void> done = desk.shelf.database.write_beside([&]() -> Result<void> {
        taken = TRY(take_within(desk, actor, pack, id, number));
        return {};
    });
    if (done) return taken;
    if (done.error().code != taken_by_another) return std::unexpected(done.error());
    return as_it_stands(TRY(need_row(desk, id, number)));
}

Result<TakenFirst> leave_first_row(Desk& desk, const Actor& actor, WorkbookId id, int number) {
    TakenFirst taken;
    TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
        const repository::Settled as{RowOutcome::left, 0, desk.clock.now(), actor.user};
        (void)TRY(repository::settle_first_row(desk.shelf, id, number, as, std::nullopt));
        taken = as_it_stands(TRY(need_row(desk, id, number)));
        return {};
    }));
    return taken;
}

}  // namespace doudi::casework
