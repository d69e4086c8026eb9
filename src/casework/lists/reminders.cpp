// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/reminders.h"

#include <algorithm>

#include "casework/lists/reminders_repository.h"
#include "casework/marks.h"

namespace doudi::casework {

namespace {

bool has(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

// The move by which the case itself tells it, if this person may make one now.
Result<const policy::Move*> reminding_move(Desk& desk, const policy::Pack& pack,
                                           const repository::CaseRow& row, const Actor& actor, Date today) {
    const policy::Machine* machine = TRY(need_machine(pack, row.head.machine));
    const CaseState state = fold(TRY(repository::select_events(desk.shelf, row.head)));
    const auto clocks = clocks_of(desk, pack, row.head, state, today);
    const CaseAbove above = TRY(case_above(desk, pack.law, *machine, row.head));
    const MoveQuestion question{.law = pack.law,
                                .machine = *machine,
                                .state = state,
                                .today = today,
                                .clocks = clocks,
                                .above = &above,
                                .of_nobody = is_of_nobody(row.head)};
    for (const policy::Move* move : open_moves(question, actor))
        if (has(move->marks, reminded_mark)) return move;
    return nullptr;
}

}  // namespace

Result<Reminder> remind_within(Desk& desk, const Actor& actor, CaseId of, const std::string& text) {
    const auto row = TRY(repository::select_case(desk.shelf, of));
    if (!row) return fail(ErrorKind::not_found, "case_unknown", {"没有这件办件", "there is no such case"});
    if (row->now.is_closed)
        return fail(ErrorKind::conflict, "case_closed", {"该办件已办结", "the case is closed"});
    const Date today = civil_day(desk.clock.now());
    const auto pack = TRY(need_pack(desk, row->head.pack, row->head.opened_on));
    Reminder reminder{.of = of,
                      .unit = row->head.unit,
                      .due_on = row->now.due_on,
                      .at = desk.clock.now(),
                      .by = actor.user,
                      .from = actor.unit,
                      .text = text};
    if (const policy::Move* move = TRY(reminding_move(desk, *pack, *row, actor, today))) {
        MoveRequest request{.move = move->id, .on = today, .fields = {}, .client_key = {}};
        if (has(move->may, instruction_field) || has(move->needs, instruction_field))
            request.fields[std::string(instruction_field)] = {text};
        const Moved moved = TRY(move_within(desk, actor, of, request));
        if (moved.kind == Moved::Kind::made) reminder.event = moved.event;
    }
    reminder.id = TRY(repository::insert_reminder(desk.shelf, row->head, reminder));
    return reminder;
}

Result<std::vector<SentReminder>> list_reminders(Desk& desk, std::span<const repository::Readable> readable,
                                                 std::optional<CaseId> of, std::optional<std::int64_t> before,
                                                 std::size_t limit) {
    std::vector<SentReminder> sent;
    for (auto& reminder : TRY(repository::select_reminders(desk.shelf, readable, of, before, limit))) {
        auto about = TRY(repository::find_case(desk.shelf.database, readable, reminder.of));
        if (!about) continue;
        reminder.text = TRY(repository::select_reminder_text(desk.shelf, about->row.head, reminder.id));
        sent.push_back({std::move(reminder), std::move(*about)});
    }
    return sent;
}

}  // namespace doudi::casework
