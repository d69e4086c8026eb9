// SPDX-License-Identifier: Apache-2.0
// What a move lets follow is told what the move was told: where it needs a field, so does the move. A move
// that only may tell it would be refused for a field that its own form leaves open.
#include <fmt/format.h>

#include <algorithm>

#include "policy/procedure_sections.h"

namespace doudi::policy {

namespace {

bool names(const std::vector<std::string>& ids, std::string_view id) {
    return std::ranges::find(ids, id) != ids.end();
}

// A case that begins or goes on, whichever key of the move says so.
struct Consequence {
    std::string machine;
    std::vector<std::string> moves;
    std::vector<FieldIs> only_if;
    std::string over;                  // each of a field's values has its own case; empty: it has one
    std::vector<std::string> is_told;  // fields that the rule tells by itself
};

std::vector<Consequence> started_by(const Move& move) {
    std::vector<Consequence> all;
    for (const StartRule& rule : move.starts) {
        Consequence one{rule.machine, rule.moves, rule.only_if, rule.over, {rule.as}};
        for (const auto& [field, value] : rule.with) one.is_told.push_back(field);
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<Consequence> gone_on_by(const Move& move) {
    std::vector<Consequence> all;
    for (const AlsoRule& rule : move.also) {
        Consequence one{rule.machine, {rule.move}, rule.only_if, {}, {}};
        for (const auto& [field, value] : rule.with) one.is_told.push_back(field);
        all.push_back(std::move(one));
    }
    return all;
}

// A rule that says when a move has to tell fields that it otherwise may.
struct NeedRule {
    std::string move;
    std::vector<FieldIs> only_if;
    std::vector<std::string> told;
    std::vector<std::string> needs;
};

class UntoldChecker {
  public:
    UntoldChecker(const LawDraft& draft, const Procedures& all) : draft_(draft), all_(all) {
        for (const ElementDraft& one : drafts("follows")) {
            if (one.record.find("subject") != nullptr) continue;  // of some cases alone
            needs_.push_back({text_at(one.record, "move"), conditions_at(one.record, "only_if"),
                              texts_at(one.record, "told"), texts_at(one.record, "needs")});
        }
    }

    void check() const {
        for (const ElementDraft& one : drafts("moves")) {
            const std::size_t point = one.id.rfind('.');
            const Machine* machine = all_.machine(one.id.substr(0, point));
            const Move* move = machine == nullptr ? nullptr : machine->move(one.id.substr(point + 1));
            if (move == nullptr) continue;
            check_list(one, *move, "starts", started_by(*move));
            check_list(one, *move, "also", gone_on_by(*move));
        }
    }

  private:
    const ElementDrafts& drafts(std::string_view section) const {
        static const ElementDrafts none;
        const auto found = draft_.procedures.find(section);
        return found == draft_.procedures.end() ? none : found->second;
    }

    void check_list(const ElementDraft& one, const Move& move, std::string_view key,
                    const std::vector<Consequence>& rules) const {
        if (rules.empty()) return;
        const std::vector<YamlValue> items = one.record.find(key)->list();
        for (std::size_t at = 0; at < rules.size(); ++at) {
            const Machine& machine = *all_.machine(rules[at].machine);
            for (const std::string& id : rules[at].moves)
                check_step(one.id, move, rules[at], *machine.move(id), items[at]);
        }
    }

    void check_step(const std::string& id, const Move& move, const Consequence& rule, const Move& step,
                    const YamlValue& at) const {
        for (const std::string& need : step.needs) {
            if (is_told(id, move, rule, step, need)) continue;
            const std::string what = rule.machine + "." + step.id;
            at.fault("follows_untold",
                     fmt::format("随之办理的“{}”须有“{}”：应列入“{}”的 needs，或由 follows 写明何时须填",
                                 what, need, id),
                     fmt::format("what follows ('{}') needs '{}': put it under the needs of '{}', or let "
                                 "follows say when it is needed",
                                 what, need, id));
        }
    }

    bool is_told(const std::string& id, const Move& move, const Consequence& rule, const Move& step,
                 const std::string& need) const {
        const FieldRule* field = all_.field(need);
        // The department that a hardship goes to, and its office, are found by the pack's own routes.
        const bool is_routed =
            std::ranges::find(step.hands_to, HandsTo::department) != step.hands_to.end() &&
            (field->type == FieldRule::Type::department || field->type == FieldRule::Type::unit);
        // Papers stay with their case.
        const bool goes_over = field->type != FieldRule::Type::attachments;
        if (is_routed || names(rule.is_told, need) || (goes_over && names(move.needs, need))) return true;
        return goes_over && std::ranges::any_of(needs_, [&](const NeedRule& other) {
                   return other.move == id && names(other.needs, need) && applies(other, rule);
               });
    }

    // Whenever the consequence follows, the rule holds too.
    static bool applies(const NeedRule& other, const Consequence& rule) {
        const auto holds = [&](const FieldIs& is) {
            return std::ranges::any_of(rule.only_if, [&](const FieldIs& own) {
                return own.field == is.field && std::ranges::all_of(own.words, [&](const std::string& word) {
                           return names(is.words, word);
                       });
            });
        };
        return std::ranges::all_of(other.only_if, holds) &&
               std::ranges::all_of(other.told, [&](const std::string& one) { return one == rule.over; });
    }

    const LawDraft& draft_;
    const Procedures& all_;
    std::vector<NeedRule> needs_;
};

}  // namespace

void check_consequences_told(const LawDraft& draft, const Procedures& procedures) {
    const auto moves = draft.procedures.find("moves");
    const bool is_read = moves != draft.procedures.end() && !moves->second.empty() &&
                         moves->second.front().record.self().faults().none();
    if (is_read) UntoldChecker(draft, procedures).check();
}

}  // namespace doudi::policy
