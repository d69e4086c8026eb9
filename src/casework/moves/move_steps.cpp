// SPDX-License-Identifier: Apache-2.0
// Whether the steps that the case has made leave a move open.
#include <fmt/format.h>

#include <algorithm>

#include "casework/moves/move_check.h"

namespace doudi::casework {

namespace {

using policy::Move;

void check_state(MoveCheck& check) {
    const std::string& state = check.question.state.state;
    const Move& move = check.move;
    if (move.from.empty() ? state.empty() : names(move.from, state)) return;
    const policy::MachineState* now = check.question.machine.state(state);
    const Text shown = now == nullptr ? Text{"尚未发起", "not opened yet"} : now->title;
    check.add("", "move_not_open",
              {fmt::format("当前状态为“{}”，不能“{}”", shown.zh, move.title.zh),
               fmt::format("the case is '{}': '{}' is not open", shown.en, move.title.en)});
}

void check_once(MoveCheck& check) {
    const Move& move = check.move;
    if (!move.once || !check.question.state.made_by.contains(move.id)) return;
    check.add("", "move_once",
              {fmt::format("“{}”只能办理一次", move.title.zh),
               fmt::format("'{}' is made once in a case", move.title.en)});
}

void check_proposed(MoveCheck& check) {
    const Move& move = check.move;
    if (move.answers.empty() || std::ranges::any_of(move.answers, [&](const std::string& id) {
            return waits_for_answer(check.question, id);
        }))
        return;
    const Move* first = check.question.machine.move(move.answers.front());
    const Text title = first == nullptr ? move.title : first->title;
    check.add("", "move_after",
              {fmt::format("没有待答复的“{}”，不能“{}”", title.zh, move.title.zh),
               fmt::format("no '{}' waits for an answer: '{}' is not open", title.en, move.title.en)});
}

// What another step has made somebody else's matter.
void check_shut(MoveCheck& check) {
    for (const std::string& id : check.move.shut_by) {
        const Move* made = check.question.machine.move(id);
        if (made == nullptr || !check.question.state.made_by.contains(id)) continue;
        check.add("", "move_shut",
                  {fmt::format("本件已“{}”，不能“{}”", made->title.zh, check.move.title.zh),
                   fmt::format("'{}' was made in this case: '{}' is not open", made->title.en,
                               check.move.title.en)});
    }
}

void check_answered(MoveCheck& check, const Move& answer) {
    if (!names(answer.from, check.question.state.state)) return;
    for (const std::string& id : answer.answers) {
        const Move* proposal = check.question.machine.move(id);
        if (proposal == nullptr || !waits_for_answer(check.question, id)) continue;
        check.add("", "move_after",
                  {fmt::format("“{}”尚未答复（核准或“{}”），不能“{}”", proposal->title.zh, answer.title.zh,
                               check.move.title.zh),
                   fmt::format("'{}' waits for an answer (admit it, or '{}'): '{}' is not open",
                               proposal->title.en, answer.title.en, check.move.title.en)});
    }
}

// As the case stands, whoever makes it.
bool is_open(const CaseState& state, const Move& move) {
    const auto is = [&](const policy::FieldIs& one) { return holds(one, {}, state.fields); };
    return names(move.from, state.state) && std::ranges::all_of(move.only_if, is) &&
           std::ranges::none_of(move.not_if, is);
}

}  // namespace

bool waits_for_answer(const MoveQuestion& question, const std::string& proposal) {
    const auto& made_at = question.state.made_at;
    const auto proposed = made_at.find(proposal);
    if (proposed == made_at.end()) return false;
    return std::ranges::none_of(question.machine.moves, [&](const Move& other) {
        const auto answered = made_at.find(other.id);
        return names(other.answers, proposal) && answered != made_at.end() &&
               answered->second > proposed->second;
    });
}

void check_steps(MoveCheck& check) {
    check_state(check);
    check_once(check);
    check_proposed(check);
    check_shut(check);
}

// One that is not open is not waited for.
void check_after(MoveCheck& check) {
    const CaseState& state = check.question.state;
    for (const std::string& id : check.move.after) {
        const Move* first = check.question.machine.move(id);
        if (first == nullptr) continue;
        if (!first->answers.empty()) {  // each proposal wants an answer of its own
            check_answered(check, *first);
            continue;
        }
        if (state.made_by.contains(id) || !is_open(state, *first)) continue;
        check.add("", "move_after",
                  {fmt::format("须先“{}”，才能“{}”", first->title.zh, check.move.title.zh),
                   fmt::format("'{}' comes first: '{}' is not open", first->title.en, check.move.title.en)});
    }
}

}  // namespace doudi::casework
