// SPDX-License-Identifier: Apache-2.0
#include "casework/returned/returned_first.h"

#include "casework/authority.h"
#include "casework/returned/opening_rows.h"
#include "casework/returned/returned_first_repository.h"

namespace doudi::casework {

namespace {

using Rows = OpeningRows<repository::FirstRows>;

bool is_waiting(const std::optional<FirstRequest>& request) {
    return request && request->state == "waiting";
}

Result<TakenFirst> open_it(Desk& desk, const Actor& actor, std::string_view pack, const Rows& rows,
                           const ReturnedFirst& row, const FirstRequest& asked) {
    OpenRequest request;
    request.machine = asked.machine;
    request.pack = std::string(pack);
    request.unit = actor.unit;
    request.first = row.request;
    OpenedFirst opened = TRY(open_first_within(desk, actor, std::move(request), asked.id));
    if (opened.was_settled) return rows.settle(actor, row.number, {RowOutcome::moved_on});
    if (opened.moved.kind == Moved::Kind::refused)
        return TakenFirst{RowOutcome::waiting, {}, std::move(opened.moved.faults)};
    const CaseId of = opened.moved.of;
    return rows.settle(actor, row.number, {RowOutcome::made, of, {}, std::move(opened.moved)});
}

}  // namespace

Result<WorkbookId> keep_first_workbook(Desk& desk, const Actor& actor, const NewWorkbook& file,
                                       const std::vector<ReturnedFirst>& rows) {
    return Rows::keep(desk, actor, file, rows);
}

Result<std::vector<ReturnedFirst>> read_first_rows(Desk& desk, WorkbookId id, int after, std::size_t most) {
    return Rows(desk, id).read(after, most);
}

Result<std::optional<ReturnedFirst>> find_first_row(Desk& desk, WorkbookId id, int number) {
    return Rows(desk, id).find(number);
}

Result<std::vector<int>> waiting_first_rows(Desk& desk, WorkbookId id, int after, std::size_t most) {
    return Rows(desk, id).waiting(after, most);
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
    if (auto fault = check_role(actor, *move)) return {*std::move(fault)};
    return {};
}

Result<TakenFirst> take_first_row(Desk& desk, const Actor& actor, std::string_view pack, WorkbookId id,
                                  int number) {
    const Rows rows(desk, id);
    return rows.take(number, [&](const ReturnedFirst& row) -> Result<TakenFirst> {
        const auto asked = TRY(find_first_request(desk, *row.of));
        if (!is_waiting(asked)) return rows.settle(actor, number, {RowOutcome::moved_on});
        const auto law = TRY(need_pack(desk, pack, civil_day(desk.clock.now())));
        if (auto faults = against_first(actor, law->law, row, asked); !faults.empty())
            return TakenFirst{RowOutcome::waiting, {}, std::move(faults)};
        if (row.opens) return open_it(desk, actor, pack, rows, row, *asked);
        const std::string reason = first_of(row.request.fields, declined_field);
        const bool is_declined = TRY(decline_first_within(desk, asked->id, reason, actor.user));
        return rows.settle(actor, number, {is_declined ? RowOutcome::made : RowOutcome::moved_on});
    });
}

Result<TakenFirst> leave_first_row(Desk& desk, const Actor& actor, WorkbookId id, int number) {
    return Rows(desk, id).leave(actor, number);
}

}  // namespace doudi::casework
