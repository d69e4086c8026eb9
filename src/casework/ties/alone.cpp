// SPDX-License-Identifier: Apache-2.0
// Whether a case may be opened beside those that are open: two ledgers of one office, two payments of one
// kind, two deaths of one person, two objections to one decision would each make one thing happen twice. So
// would a step that is made once, in each of two cases that are open at once. What a household asks for twice
// goes into one case, or it is said why it does not.
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "casework/marks.h"
#include "casework/moves/mover.h"
#include "casework/offices.h"
#include "casework/payments/beside.h"

namespace doudi::casework {

namespace {

using policy::Alone;
using repository::CaseRow;

bool asks(const policy::Move& move, Alone what) {
    return std::ranges::find(move.alone, what) != move.alone.end();
}

// What has ended and waits to be settled stands in nobody's way, unless its end was undone. A month that it
// is paid yet, as its end lies ahead, is paid by nothing else (payments/beside.h).
bool is_paid_no_more(const CaseState& state) {
    return last_of(state, ended_mark, resumed_mark) == ended_mark;
}

bool has_left(const CaseState& state, const std::vector<std::string>& marks) {
    return std::ranges::all_of(marks, [&](const std::string& mark) {
        return std::ranges::find(state.marks, mark, &Mark::id) != state.marks.end();
    });
}

// Whether a move that gives the category finds the other one pending as the same.
bool is_pending_as(const policy::Move& move, const std::string& category, const CaseState& other) {
    const policy::PendingRule& rule = *move.pending;
    if (has_left(other, {rule.until})) return false;
    const bool is_known = !category.empty() && !other.track.empty();
    return is_known ? category == other.track : rule.asks_unknown && has_left(other, move.marks);
}

// Whether one of two said why both go on. It was said of what was beside it then: what came since, or came to
// the same since, is asked about.
bool is_said_of(const policy::Machine& machine, std::span<const CaseEvent> by,
                std::span<const CaseEvent> other) {
    CaseState said;
    for (const CaseEvent& event : by) {
        fold(said, event);
        const policy::Move* move = machine.move(event.move);
        if (move == nullptr || !move->pending) continue;
        if (first_of(event.fields, move->pending->unless).empty()) continue;
        CaseState then;
        for (const CaseEvent& one : other)
            if (one.at <= event.at) fold(then, one);
        if (then.events > 0 && is_pending_as(*move, said.track, then)) return true;
    }
    return false;
}

// Which one is pending, as which category where both tell it, and what to do: it goes into that one, or it is
// said why both go on.
MoveFault pending_beside(const StandingCase& standing, const policy::Move& move, CaseId pending,
                         const std::string& category) {
    const policy::Law& law = standing.pack->law;
    const policy::PendingRule& rule = *move.pending;
    const int at = law.category_of(category);
    const Text as = at < 0 ? Text{"类别未定", "the category is not told of both"}
                           : law.categories[static_cast<std::size_t>(at)].title;
    const Text& title = standing.machine->title;
    Text text{
        fmt::format("该户已有在办的“{}”（第 {} 号，{}）", title.zh, pending.value(), as.zh),
        fmt::format("'{}' of this household is under way (case {}: {})", title.en, pending.value(), as.en)};
    if (const policy::Move* joins = standing.machine->move(rule.joins)) {
        text.zh += fmt::format("；是同一事项的，请“{}”", joins->title.zh);
        text.en += fmt::format(": if it is the same matter, make '{}'", joins->title.en);
    }
    const policy::FieldRule* why = law.procedures.field(rule.unless);
    if (why != nullptr) {
        text.zh += fmt::format("；须与之并行办理的，请填写“{}”", why->title.zh);
        text.en += fmt::format("; if both have to go on, tell '{}'", why->title.en);
    }
    return {why == nullptr ? std::string(track_field) : rule.unless, "pending_beside", std::move(text)};
}

}  // namespace

Result<void> Mover::check_alone(const StandingCase& standing, const MoveRequest& request, Moved& moved) {
    const policy::Move* move = standing.machine->move(request.move);
    if (move == nullptr || move->alone.empty()) return {};
    return check_alone_as(standing, *move, {move->title, request.fields}, moved);
}

Result<void> Mover::check_alone_again(const StandingCase& standing, const policy::Move& move, Moved& moved) {
    const bool begins = std::ranges::find(move.marks, resumed_mark) != move.marks.end();
    if (!begins || !is_paid_no_more(standing.state)) return {};
    const auto& moves = standing.machine->moves;
    const auto opens = std::ranges::find_if(
        moves, [](const policy::Move& one) { return one.from.empty() && !one.alone.empty(); });
    if (opens == moves.end()) return {};
    TRY_VOID(repository::hold_openings(shelf_));
    return check_alone_as(standing, *opens, {move.title, standing.state.fields}, moved);
}

Result<Mover::Rows> Mover::open_alike(const StandingCase& standing, const policy::Move& opens,
                                      const Fields& asked) {
    const CaseHead& head = standing.head;
    Rows rows;
    if (asks(opens, Alone::parent)) {
        if (head.parent) rows = TRY(repository::select_children(shelf_, *head.parent));
    } else if (asks(opens, Alone::unit)) {
        const UnitId unit = unit_told(asked).value_or(head.unit);
        rows = TRY(repository::select_open_of_unit(shelf_, head.machine, unit));
    } else if (asks(opens, Alone::person) && head.person) {
        rows = TRY(repository::select_of_person(shelf_, head.machine, *head.person));
    } else if (head.household) {
        rows = TRY(repository::select_cases_of(shelf_, *head.household));
    }
    const std::string category = first_of(asked, track_field);
    std::erase_if(rows, [&](const CaseRow& row) {
        if (row.head.machine != head.machine || row.now.is_closed || row.head.id == head.id) return true;
        if (!asks(opens, Alone::category)) return false;
        return !is_one_or_other(standing.pack->law, category, row.now.track) ||
               !may_be_one(head.person, row.head.person);
    });
    return rows;
}

Result<void> Mover::check_once_alone(const StandingCase& standing, const policy::Move& move, Moved& moved) {
    if (move.from.empty() || move.alone.empty()) return {};
    TRY_VOID(repository::hold_openings(shelf_));
    for (const CaseRow& row : TRY(open_alike(standing, move, standing.state.fields))) {
        const CaseState other = fold(TRY(repository::select_events(shelf_, row.head)));
        if (!other.made_by.contains(move.id)) continue;
        const auto number = row.head.id.value();
        moved.faults.push_back({"",
                                "move_once",
                                {fmt::format("未结的第 {} 号办件已“{}”，不再重复", number, move.title.zh),
                                 fmt::format("'{}' was made in case {}, which is open still: it is made once",
                                             move.title.en, number)}});
        break;
    }
    return {};
}

Result<void> Mover::check_pending(const StandingCase& standing, const policy::Move& move,
                                  const MoveRequest& request, Moved& moved) {
    if (!move.pending || !standing.head.household) return {};
    std::string category = first_of(request.fields, track_field);
    if (category.empty()) category = standing.state.track;
    if (!first_of(request.fields, move.pending->unless).empty()) return {};
    TRY_VOID(repository::hold_openings(shelf_));  // two that are accepted at once each see the other
    const auto own = TRY(repository::select_events(shelf_, standing.head));
    for (const CaseRow& row : TRY(repository::select_cases_of(shelf_, *standing.head.household))) {
        const bool is_other = row.head.machine == standing.head.machine && row.head.id != standing.head.id;
        if (!is_other || row.now.is_closed || !may_be_one(standing.head.person, row.head.person)) continue;
        const auto events = TRY(repository::select_events(shelf_, row.head));
        const CaseState other = fold(events);
        if (!is_pending_as(move, category, other)) continue;
        const policy::Machine& machine = *standing.machine;
        if (is_said_of(machine, own, events) || is_said_of(machine, events, own)) continue;
        moved.faults.push_back(
            pending_beside(standing, move, row.head.id, other.track == category ? category : ""));
        break;
    }
    return {};
}

Result<void> Mover::check_alone_as(const StandingCase& standing, const policy::Move& opens,
                                   const Alike& asked, Moved& moved) {
    for (const CaseRow& row : TRY(open_alike(standing, opens, asked.fields))) {
        if (is_paid_no_more(fold(TRY(repository::select_events(shelf_, row.head))))) continue;
        const Text& title = standing.machine->title;
        const auto number = row.head.id.value();
        moved.faults.push_back(
            {asks(opens, Alone::category) ? std::string(track_field) : std::string(),
             "case_not_alone",
             {fmt::format("已有未结的“{}”（第 {} 号），不能再“{}”", title.zh, number, asked.title.zh),
              fmt::format("'{}' is open already (case {}): '{}' is not made beside it", title.en, number,
                          asked.title.en)}});
        break;
    }
    return {};
}

}  // namespace doudi::casework
