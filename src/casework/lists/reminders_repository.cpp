// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/reminders_repository.h"

#include <fmt/format.h>

#include "casework/case_columns.h"
#include "casework/lists/case_cut.h"
#include "casework/marks.h"

namespace doudi::casework::repository {

namespace {

ToldPlace place_of(const CaseHead& head, std::int64_t id) {
    return {reminder_column, head.id, id, subject_of(head)};
}

}  // namespace

Result<std::int64_t> insert_reminder(Shelf& shelf, const CaseHead& head, const Reminder& reminder) {
    const std::int64_t id = TRY(next_of(shelf, "reminder"));
    const Fields told{{std::string(instruction_field), {reminder.text}}};
    const ToldRow row = TRY(write_told(shelf.seal, place_of(head, id), told));
    auto insert =
        TRY(shelf.database.prepare("insert into casework_reminder (id, case_id, unit, due_on, event, at, "
                                   "made_by, from_unit, body, sealed)"
                                   " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"));
    insert.bind(1, id).bind(2, number_of(head.id)).bind(3, std::int64_t{reminder.unit.value()});
    insert.bind(4, reminder.due_on).bind(5, std::int64_t{reminder.event}).bind(6, micros_of(reminder.at));
    insert.bind(7, std::int64_t{reminder.by.value()}).bind(8, std::int64_t{reminder.from.value()});
    bind_told(insert, 9, 10, row);
    TRY_VOID(insert.run());
    return id;
}

Result<std::vector<Reminder>> select_reminders(Shelf& shelf, std::span<const Readable> readable,
                                               std::optional<CaseId> of, std::optional<std::int64_t> before,
                                               std::size_t limit) {
    const CaseFilter all;
    Cut cut(readable, all);
    std::string where = cut.where();
    if (of) where += " and c.id = " + cut.bound(number_of(*of));
    if (before) where += " and r.id < " + cut.bound(*before);
    const std::string most = cut.bound(static_cast<std::int64_t>(limit));
    auto query = TRY(shelf.database.prepare(
        fmt::format("select r.id, r.case_id, r.unit, r.due_on, r.event, r.at, r.made_by, r.from_unit"
                    " from casework_reminder r join casework_case c on c.id = r.case_id where {}"
                    " order by r.id desc limit {}",
                    where, most)));
    cut.bind(query);
    std::vector<Reminder> reminders;
    while (TRY(query.step())) {
        reminders.push_back({.id = query.integer(0),
                             .of = CaseId(static_cast<std::uint64_t>(query.integer(1))),
                             .unit = UnitId(static_cast<std::uint32_t>(query.integer(2))),
                             .due_on = query.date(3),
                             .event = static_cast<int>(query.integer(4)),
                             .at = instant_of(query.integer(5)),
                             .by = UserId(static_cast<std::uint32_t>(query.integer(6))),
                             .from = UnitId(static_cast<std::uint32_t>(query.integer(7))),
                             .text = {}});
    }
    return reminders;
}

Result<std::string> select_reminder_text(Shelf& shelf, const CaseHead& head, std::int64_t id) {
    auto query = TRY(shelf.database.prepare("select body, sealed from casework_reminder where id = $1"));
    if (!TRY(query.bind(1, id).step())) return std::string();
    const auto told = TRY(read_told(shelf.seal, place_of(head, id), query.text_view(0), query.blob(1)));
    return told ? first_of(*told, instruction_field) : std::string();
}

}  // namespace doudi::casework::repository
