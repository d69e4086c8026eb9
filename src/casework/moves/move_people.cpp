// SPDX-License-Identifier: Apache-2.0
// Whether a move is this person's to make.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "casework/authority.h"
#include "casework/moves/move_check.h"

namespace doudi::casework {

namespace {

using policy::FieldRule;
using policy::Move;

bool is_level(const MoveCheck& check, std::string_view level) {
    return level.empty() || level == check.actor.level;
}

// At which the pack has such a conference convened; empty: at any.
std::string_view conference_level(const MoveCheck& check, std::string_view kind) {
    const policy::RouteElement* conference = check.question.law.route_of("conference", kind);
    const std::string* level = conference == nullptr ? nullptr : conference->field("level");
    return level == nullptr ? std::string_view() : std::string_view(*level);
}

// Of a conference the level hangs on its kind; while that is not told, some kind must be this level's.
bool is_at_level(const MoveCheck& check, const Fields& told) {
    if (check.move.level_of != Move::LevelOf::conference) return is_level(check, check.move.level);
    std::string_view kind = first_value(told, conference_field);
    if (kind.empty()) kind = first_value(check.question.state.fields, conference_field);
    if (!kind.empty()) return is_level(check, conference_level(check, kind));
    const FieldRule* kinds = check.question.law.procedures.field(conference_field);
    return kinds == nullptr || std::ranges::any_of(kinds->words, [&](const auto& word) {
               return is_level(check, conference_level(check, word.first));
           });
}

void check_authority_of(MoveCheck& check, const std::string& track) {
    if (auto fault = check_authority(check.question, check.actor, check.move, track))
        check.faults.push_back(*std::move(fault));
}

// Of the category that the case is handled as, and of the one that the move gives.
void check_authorities(MoveCheck& check, const Fields& told) {
    const std::string& track = check.question.state.track;
    const std::string now(first_value(told, track_field));
    check_authority_of(check, track);
    if (!now.empty() && now != track) check_authority_of(check, now);
}

bool names_user(const MoveCheck& check, const Fields& told) {
    const std::string own = std::to_string(check.actor.user.value());
    return std::ranges::any_of(told, [&](const auto& field) {
        const FieldRule* rule = check.question.law.procedures.field(field.first);
        const bool is_of_users =
            rule != nullptr && (rule->type == FieldRule::Type::users || rule->type == FieldRule::Type::user);
        return is_of_users && names(field.second, own);
    });
}

// Whoever made the other move, and whom it names as having gone along.
void check_other_person(MoveCheck& check, const policy::Machine& machine, const CaseState& state,
                        const std::string& other) {
    const auto made = state.made_by.find(other);
    if (made == state.made_by.end()) return;
    const auto told = state.told.find(other);
    const bool is_named = told != state.told.end() && names_user(check, told->second);
    if (made->second != check.actor.user && !is_named) return;
    const Move* earlier = machine.move(other);
    const Text shown = earlier == nullptr ? Text{other, other} : earlier->title;
    check.add("", "move_same_person",
              {fmt::format("“{}”和“{}”须由不同的人办理", shown.zh, check.move.title.zh),
               fmt::format("whoever made '{}' may not '{}'", shown.en, check.move.title.en)});
}

// "review.decide" is a move of the case above.
void check_not_by(MoveCheck& check, const std::string& other) {
    const std::size_t point = other.find('.');
    if (point == std::string::npos) {
        check_other_person(check, check.question.machine, check.question.state, other);
        return;
    }
    const CaseAbove* above = check.question.above;
    if (above != nullptr && above->machine != nullptr && above->machine->id == other.substr(0, point))
        check_other_person(check, *above->machine, above->state, other.substr(point + 1));
}

// Whoever made all that the move answers and that waits takes back what is theirs, while they may propose it
// still.
bool is_taken_back(const MoveCheck& check) {
    const MoveQuestion& question = check.question;
    if (!check.move.by_proposer || check.actor.user == UserId()) return false;
    const auto waits = [&](const std::string& id) { return waits_for_answer(question, id); };
    const auto is_own = [&](const std::string& id) {
        const Move* proposal = question.machine.move(id);
        return !waits(id) || (proposal != nullptr && !check_role(check.actor, *proposal) &&
                              question.state.made_by.at(id) == check.actor.user);
    };
    return std::ranges::any_of(check.move.answers, waits) && std::ranges::all_of(check.move.answers, is_own);
}

}  // namespace

void check_person(MoveCheck& check, const Fields& told) {
    const Move& move = check.move;
    if (is_taken_back(check)) return;
    if (auto fault = check_role(check.actor, move)) check.faults.push_back(*std::move(fault));
    if (check.actor.user == UserId()) return;  // the program sits in no office
    if (!is_at_level(check, told)) {
        check.add("", "move_level",
                  {fmt::format("“{}”不由本级办理", move.title.zh),
                   fmt::format("'{}' is not made at this level", move.title.en)});
    }
    if (move.level_of == Move::LevelOf::authority) check_authorities(check, told);
}

// Of a step that follows of another one too: whoever made that one is bound by what they did in this case.
void check_others(MoveCheck& check) {
    if (check.actor.user == UserId()) return;
    const bool is_own = is_taken_back(check);
    for (const std::string& other : check.move.not_by)
        if (!is_own || !names(check.move.answers, other)) check_not_by(check, other);
}

void check_maker(MoveCheck& check, const Fields& told) {
    if (check.question.by_law || check.actor.user == UserId()) return;
    for (const auto& [id, values] : told) {
        const FieldRule* rule = check.question.law.procedures.field(id);
        if (rule == nullptr || rule->without_maker.empty() || values.empty()) continue;
        if (names(values, std::to_string(check.actor.user.value()))) continue;
        if (!is_empty(told, rule->without_maker)) continue;
        const Text why = check.title_of(rule->without_maker);
        check.add(id, "maker_missing",
                  {fmt::format("“{}”中没有填报人本人；由他人代填的，请填写“{}”", rule->title.zh, why.zh),
                   fmt::format("whoever tells this is none of '{}': tell '{}' if it is told for others",
                               rule->title.en, why.en)});
    }
}

}  // namespace doudi::casework
