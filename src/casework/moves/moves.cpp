// SPDX-License-Identifier: Apache-2.0
#include "casework/moves/moves.h"

#include <fmt/format.h>

#include <utility>

#include "casework/found.h"
#include "casework/moves/move_check.h"

namespace doudi::casework {

namespace {

using policy::Move;

// Against making it at all, whatever else it is told than its category.
void check_open(MoveCheck& check, const Fields& told) {
    check_steps(check);
    if (!check.question.by_law) check_person(check, told);
    check_others(check);
}

void fault_not_found(MoveCheck& check) {
    check.add("", determined_only,
              {fmt::format("“{}”由核算得出，不能直接填报", check.move.title.zh),
               fmt::format("'{}' is what a determination finds: nobody tells it", check.move.title.en)});
}

void check_told(MoveCheck& check, const MoveRequest& request) {
    const Fields& told = request.fields;
    check_day(check, request.on);
    check_fields(check, request);
    check_maker(check, told);
    check_conditions(check, told);
    check_clocks(check, request.on);  // what is not open at all waits for no day
    check_after(check);
    check_among(check, told);
    if (is_determined(check.move)) fault_not_found(check);
    for (MoveFault& fault : check_follows(check.question, check.move, told))
        check.faults.push_back(std::move(fault));
    check_money(check, told);
    check_route(check, told);
}

}  // namespace

const policy::Move* move_as_open(const policy::Machine& machine, std::string_view state,
                                 std::string_view id) {
    const policy::Move* asked = machine.move(id);
    std::vector<std::string> tried;
    for (const policy::Move* move = asked; move != nullptr && !names(tried, move->id);
         move = machine.move(move->otherwise)) {
        if (names(move->from, state)) return move;
        tried.push_back(move->id);
    }
    return asked;
}

bool may_become(const policy::Machine& machine, std::string_view id, std::string_view made) {
    std::vector<std::string> tried;
    for (const policy::Move* move = machine.move(id); move != nullptr && !names(tried, move->id);
         move = machine.move(move->otherwise)) {
        if (move->id == made) return true;
        tried.push_back(move->id);
    }
    return id == made;
}

std::vector<MoveFault> check_move(const MoveQuestion& question, const Actor& actor, const MoveRequest& told) {
    const MoveRequest request = as_written(question.law, told);
    const Move* move = question.machine.move(request.move);
    if (move == nullptr) {
        return {{"",
                 "move_unknown",
                 {fmt::format("“{}”没有动作“{}”", question.machine.title.zh, request.move),
                  fmt::format("'{}' has no move '{}'", question.machine.title.en, request.move)}}};
    }
    MoveCheck check{question, actor, *move};
    check_open(check, request.fields);
    check_told(check, request);
    return std::move(check.faults);
}

CaseEvent event_of(const MoveQuestion& question, const Actor& actor, const MoveRequest& request) {
    const Move* move = question.machine.move(request.move);
    ensure(move != nullptr, "the move was checked");
    CaseEvent event;
    event.number = question.state.events + 1;
    event.move = move->id;
    event.to = move->to.empty() ? question.state.state : move->to;
    event.on = request.on;
    event.by = actor.user;
    event.unit = actor.unit;
    event.fields = request.fields;
    event.marks = move->marks;
    event.papers = move->papers;
    event.client_key = request.client_key;
    if (!move->adds.empty() || !move->takes.empty()) {
        const std::int64_t there = whole_number(first_value(question.state.fields, balance_field)) +
                                   whole_number(first_value(request.fields, move->adds)) -
                                   whole_number(first_value(request.fields, move->takes));
        event.fields[std::string(balance_field)] = {std::to_string(there)};
    }
    for (auto& [field, values] : counted(question, *move, request.fields))
        event.fields[field] = std::move(values);
    return event;
}

std::vector<const Move*> open_moves(const MoveQuestion& question, const Actor& actor) {
    std::vector<const Move*> open;
    for (const Move& move : question.machine.moves) {
        MoveCheck check{question, actor, move};
        check_open(check, {});
        check_standing(check);
        if (check.faults.empty()) open.push_back(&move);
    }
    return open;
}

}  // namespace doudi::casework
