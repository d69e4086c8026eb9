// SPDX-License-Identifier: Apache-2.0
#include "casework/returned/returned_due.h"

#include <fmt/format.h>

#include <charconv>

#include "casework/authority.h"
#include "casework/returned/opening_rows.h"
#include "casework/returned/returned_due_repository.h"
#include "casework/rhythms/rhythm_opening.h"
#include "store/sha256.h"

namespace doudi::casework {

namespace {

using Rows = OpeningRows<repository::DueRows>;

MoveFault moved_on() {
    return {"",
            "workbook_moved_on",
            {"发出之后该户已有变动，或已在办理，请按新的清单重填",
             "the household's line is another by now, or is being done: fill in a new list"}};
}

bool is_of_now(const ReturnedDue& row, const std::optional<repository::ListedDue>& due) {
    return due && due_version(due->line) == row.seen;
}

Result<TakenDue> open_it(Desk& desk, const Actor& actor, std::string_view pack, const Rows& rows,
                         const ReturnedDue& row, const repository::ListedDue& due) {
    OpenedDue opened = TRY(open_due_within(desk, actor, pack, due, row.until));
    switch (opened.kind) {
        case OpenedDue::Kind::made:
            return rows.settle(actor, row.number, {RowOutcome::made, opened.of, {}, std::move(opened.moved)});
        case OpenedDue::Kind::already_there:
            return rows.settle(actor, row.number, {RowOutcome::moved_on, opened.of});
        case OpenedDue::Kind::not_due:
            return TakenDue{RowOutcome::waiting,
                            {},
                            {{"",
                              "not_due",
                              {"未到期月份，不发起", "it is not due before its month: nothing is opened"}}}};
        case OpenedDue::Kind::refused:
            break;
    }
    return TakenDue{RowOutcome::waiting, {}, std::move(opened.moved.faults)};
}

}  // namespace

std::uint64_t due_version(const DueLine& line) {
    constexpr std::size_t digits = 15;
    constexpr int hex = 16;
    const auto day = [](const std::optional<Date>& on) { return on ? on->iso() : std::string("-"); };
    const std::string text = fmt::format("{}|{}|{}|{}|{}", line.rhythm, line.sure_rhythm, day(line.last_on),
                                         day(line.due_on), day(line.sure_on));
    store::Sha256 digest;
    digest.add(std::as_bytes(std::span(text.data(), text.size())));
    const std::string told = digest.hex().substr(0, digits);
    std::uint64_t version = 0;
    std::from_chars(told.data(), told.data() + told.size(), version, hex);
    return version;
}

Result<WorkbookId> keep_due_workbook(Desk& desk, const Actor& actor, const NewWorkbook& file,
                                     const std::vector<ReturnedDue>& rows) {
    return Rows::keep(desk, actor, file, rows);
}

Result<std::vector<ReturnedDue>> read_due_rows(Desk& desk, WorkbookId id, int after, std::size_t most) {
    return Rows(desk, id).read(after, most);
}

Result<std::optional<ReturnedDue>> find_due_row(Desk& desk, WorkbookId id, int number) {
    return Rows(desk, id).find(number);
}

Result<std::vector<int>> waiting_due_rows(Desk& desk, WorkbookId id, int after, std::size_t most) {
    return Rows(desk, id).waiting(after, most);
}

Result<std::optional<repository::ListedDue>> find_due(Desk& desk, const access::Scope& scope,
                                                      const DueKey& key) {
    constexpr std::size_t most_categories = 64;
    repository::DueFilter filter;
    filter.day = civil_day(desk.clock.now());
    filter.code = TRY(repository::select_code(desk.shelf, key.household));
    filter.machine = key.machine;
    if (filter.code.empty()) return std::optional<repository::ListedDue>();
    for (repository::ListedDue& one :
         TRY(repository::list_due(desk.shelf.database, scope, filter, {}, most_categories))) {
        if (one.line.household == key.household && one.line.category == key.category)
            return std::optional(std::move(one));
    }
    return std::optional<repository::ListedDue>();
}

std::vector<MoveFault> against_due(const Actor& actor, const policy::Law& law, const ReturnedDue& row,
                                   const std::optional<repository::ListedDue>& due, Date today) {
    if (!is_of_now(row, due)) return {moved_on()};
    if (row.forgotten) return {row_forgotten()};
    const auto rules = rhythms_of(law);
    const RhythmRule* rule = rule_on(rules, due->line, today);
    const policy::Machine* machine = rule == nullptr ? nullptr : law.procedures.machine(rule->opens.machine);
    const policy::Move* move = machine == nullptr ? nullptr : machine->move(rule->opens.move);
    if (move == nullptr)
        return {{"",
                 "rhythm_unknown",
                 {"现行政策包没有这一周期，待办清单今晚更新",
                  "the law in force has no such rhythm: the list is made anew tonight"}}};
    // Who may open it says also why not yet.
    if (auto fault = check_role(actor, *move)) return {*std::move(fault)};
    return {};
}

Result<TakenDue> take_due_row(Desk& desk, const Actor& actor, const access::Scope& scope,
                              std::string_view pack, WorkbookId id, int number) {
    const Rows rows(desk, id);
    return rows.take(number, [&](const ReturnedDue& row) -> Result<TakenDue> {
        const Date today = civil_day(desk.clock.now());
        const auto due = TRY(find_due(desk, scope, *row.of));
        if (!is_of_now(row, due)) return rows.settle(actor, number, {RowOutcome::moved_on});
        const auto law = TRY(need_pack(desk, pack, today));
        if (auto faults = against_due(actor, law->law, row, due, today); !faults.empty())
            return TakenDue{RowOutcome::waiting, {}, std::move(faults)};
        if (row.opens) return open_it(desk, actor, pack, rows, row, *due);
        return rows.settle(actor, number, {RowOutcome::made});
    });
}

Result<TakenDue> leave_due_row(Desk& desk, const Actor& actor, WorkbookId id, int number) {
    return Rows(desk, id).leave(actor, number);
}

Result<std::optional<PutOff>> put_off(Desk& desk, const DueLine& line) {
    return repository::select_put_off(desk.shelf, line);
}

}  // namespace doudi::casework
