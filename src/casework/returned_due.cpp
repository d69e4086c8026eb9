// SPDX-License-Identifier: Apache-2.0
#include "casework/returned_due.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "casework/returned_due_repository.h"
#include "casework/returned_repository.h"
#include "casework/rhythm_opening.h"
#include "store/sha256.h"

namespace doudi::casework {

namespace {

constexpr std::string_view taken_by_another = "row_settled";

MoveFault moved_on() {
    return {"",
            "workbook_moved_on",
            {"发出之后该户已有变动，或已在办理，请按新的清单重填",
             "the household's line is another by now, or is being done: fill in a new list"}};
}

Result<ReturnedDue> need_row(Desk& desk, WorkbookId id, int number) {
    auto row = TRY(find_due_row(desk, id, number));
    if (row) return std::move(*row);
    return row_unknown(number);
}

TakenDue as_it_stands(const ReturnedDue& row) {
    return {row.outcome, row.opened};
}

bool is_of_now(const ReturnedDue& row, const std::optional<repository::ListedDue>& due) {
    return due && due_version(due->line) == row.seen;
}

// Within write_beside(): settled as that, or nothing of this transaction stands.
Result<TakenDue> settled(Desk& desk, const Actor& actor, WorkbookId id, int number, TakenDue taken) {
    const repository::Settled as{taken.outcome, 0, desk.clock.now(), actor.user};
    if (TRY(repository::settle_due_row(desk.shelf, id, number, as, taken.opened))) return taken;
    return fail(ErrorKind::conflict, std::string(taken_by_another),
                {"该行已由他人处理", "somebody else has settled the row"});
}

Result<TakenDue> open_it(Desk& desk, const Actor& actor, std::string_view pack, WorkbookId id,
                         const ReturnedDue& row, const repository::ListedDue& due) {
    OpenedDue opened = TRY(open_due_within(desk, actor, pack, due, row.until));
    switch (opened.kind) {
        case OpenedDue::Kind::made:
            return settled(desk, actor, id, row.number,
                           {RowOutcome::made, opened.of, {}, std::move(opened.moved)});
        case OpenedDue::Kind::already_there:
            return settled(desk, actor, id, row.number, {RowOutcome::moved_on, opened.of});
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

Result<TakenDue> take_within(Desk& desk, const Actor& actor, const access::Scope& scope,
                             std::string_view pack, WorkbookId id, int number) {
    const ReturnedDue row = TRY(need_row(desk, id, number));
    if (row.outcome != RowOutcome::waiting) return as_it_stands(row);
    ensure(row.of.has_value(), "a row of none of ours is refused");
    const Date today = civil_day(desk.clock.now());
    const auto due = TRY(find_due(desk, scope, *row.of));
    if (!is_of_now(row, due)) return settled(desk, actor, id, number, {RowOutcome::moved_on});
    const auto law = TRY(need_pack(desk, pack, today));
    if (auto faults = against_due(actor, law->law, row, due, today); !faults.empty())
        return TakenDue{RowOutcome::waiting, {}, std::move(faults)};
    if (row.opens) return open_it(desk, actor, pack, id, row, *due);
    return settled(desk, actor, id, number, {RowOutcome::made});
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
    return repository::keep_as_one(desk, actor, file, rows.size(), [&](WorkbookId id) -> Result<void> {
        for (const ReturnedDue& row : rows) TRY_VOID(repository::insert_due_row(desk.shelf, id, row));
        return {};
    });
}

Result<std::vector<ReturnedDue>> read_due_rows(Desk& desk, WorkbookId id, int after, std::size_t most) {
    return repository::select_due_rows(desk.shelf, id, after, most);
}

Result<std::optional<ReturnedDue>> find_due_row(Desk& desk, WorkbookId id, int number) {
    auto rows = TRY(repository::select_due_rows(desk.shelf, id, number - 1, 1));
    if (rows.empty() || rows.front().number != number) return std::optional<ReturnedDue>();
    return std::optional(std::move(rows.front()));
}

Result<std::vector<int>> waiting_due_rows(Desk& desk, WorkbookId id, int after, std::size_t most) {
    return repository::select_waiting_due(desk.shelf, id, after, most);
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
    if (std::ranges::find_first_of(move->by, actor.roles) == move->by.end())
        return {{"",
                 "move_role",
                 {fmt::format("您的岗位不能“{}”", move->title.zh),
                  fmt::format("your role may not '{}'", move->title.en)}}};
    return {};
}

Result<TakenDue> take_due_row(Desk& desk, const Actor& actor, const access::Scope& scope,
                              std::string_view pack, WorkbookId id, int number) {
    TakenDue taken;
    const Result<void> done = desk.shelf.database.write_beside([&]() -> Result<void> {
        taken = TRY(take_within(desk, actor, scope, pack, id, number));
        return {};
    });
    if (done) return taken;
    if (done.error().code != taken_by_another) return std::unexpected(done.error());
    return as_it_stands(TRY(need_row(desk, id, number)));
}

Result<TakenDue> leave_due_row(Desk& desk, const Actor& actor, WorkbookId id, int number) {
    TakenDue taken;
    TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
        const repository::Settled as{RowOutcome::left, 0, desk.clock.now(), actor.user};
        (void)TRY(repository::settle_due_row(desk.shelf, id, number, as, std::nullopt));
        taken = as_it_stands(TRY(need_row(desk, id, number)));
        return {};
    }));
    return taken;
}

Result<std::optional<PutOff>> put_off(Desk& desk, const DueLine& line) {
    return repository::select_put_off(desk.shelf, line);
}

}  // namespace doudi::casework
