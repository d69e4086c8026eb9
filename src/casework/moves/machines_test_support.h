// SPDX-License-Identifier: Apache-2.0
// For the walk of the machines: what of a law's machines there is to reach, and the packs as they ship, with
// figures.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "casework/office_test_support.h"
#include "casework/ties/tying.h"

namespace doudi::casework {

using Type = policy::FieldRule::Type;
using Names = std::set<std::string>;
using Texts = std::vector<std::string>;

inline bool names(const Texts& all, std::string_view one) {
    return std::ranges::find(all, one) != all.end();
}

// --- what there is to reach ---

// Every condition on which a move of the machine is open, or on which something follows of it.
inline std::vector<policy::FieldIs> conditions_of(const policy::Machine& machine) {
    std::vector<policy::FieldIs> all;
    const auto add = [&](const std::vector<policy::FieldIs>& some) {
        all.insert(all.end(), some.begin(), some.end());
    };
    for (const policy::Move& move : machine.moves) {
        add(move.only_if);
        for (const policy::StartRule& rule : move.starts) add(rule.only_if);
        for (const policy::AlsoRule& rule : move.also) add(rule.only_if);
    }
    return all;
}

// Of the words that the move itself is told.
inline bool refuses(const policy::Move& move, std::string_view field, std::string_view word) {
    return std::ranges::any_of(
        move.not_if, [&](const policy::FieldIs& is) { return is.field == field && names(is.words, word); });
}

// What a field may be told where the law has a choice: its words, the pack's branches, else what conditions
// of the machine name. Empty: it is no choice.
inline Texts choices_of(const policy::Law& law, const policy::Machine& machine,
                        const policy::FieldRule& field) {
    Texts words;
    for (const auto& word : field.words) words.push_back(word.first);
    if (field.type == Type::branch)
        for (const policy::RouteElement& route : law.routes)
            if (route.section == "branches") words.push_back(route.id);
    if (!words.empty()) return words;
    for (const policy::FieldIs& is : conditions_of(machine))
        for (const std::string& word : is.words)
            if (is.field == field.id && !names(words, word)) words.push_back(word);
    return words;
}

inline std::string step_of(const policy::Machine& machine, const std::string& move, const std::string& from) {
    return fmt::format("{}.{} from {}", machine.id, move, from);
}
inline std::string state_of(const policy::Machine& machine, const std::string& state) {
    return fmt::format("{}: {}", machine.id, state);
}
inline std::string word_of(const policy::Machine& machine, const std::string& field,
                           const std::string& word) {
    return fmt::format("{}, {}: {}", machine.id, field, word);
}

inline Names to_reach(const policy::Law& law) {
    Names all;
    for (const policy::Machine& machine : law.procedures.machines) {
        for (const policy::MachineState& state : machine.states) all.insert(state_of(machine, state.id));
        for (const policy::Move& move : machine.moves) {
            if (is_tying(move)) continue;  // changes no state and comes by another door: tying_test.cpp
            if (move.from.empty()) all.insert(step_of(machine, move.id, ""));
            for (const std::string& from : move.from) all.insert(step_of(machine, move.id, from));
            for (const policy::FieldRule& field : law.procedures.fields)
                if (move.tells(field.id))
                    for (const std::string& word : choices_of(law, machine, field))
                        if (!refuses(move, field.id, word)) all.insert(word_of(machine, field.id, word));
        }
    }
    return all;
}

// By what lies in the store of a case.
inline void take_reached(Names& left, const CaseView& view) {
    std::string state;
    for (const CaseEvent& event : view.events) {
        left.erase(step_of(*view.machine, event.move, state));
        left.erase(state_of(*view.machine, event.to));
        for (const auto& [field, values] : event.fields)
            for (const std::string& word : values) left.erase(word_of(*view.machine, field, word));
        state = event.to;
    }
}

inline std::optional<expr::Value> figure_of(policy::FactType type) {
    switch (type) {
        case policy::FactType::boolean:
            return expr::Value::boolean(true);
        case policy::FactType::integer:
            return expr::Value::integer(1);
        case policy::FactType::money:
            return expr::Value::money(Money::fen(1'000'000));
        case policy::FactType::ratio:
            return expr::Value::ratio({1, 1});
        default:
            return std::nullopt;
    }
}

// As it ships, with an invented figure wherever it leaves one to the place.
inline const policy::Policy& with_figures(const std::string& id) {
    static std::map<std::string, policy::Policy> loaded;
    if (const auto found = loaded.find(id); found != loaded.end()) return found->second;
    policy::Policy own = policy::load_policy(DOUDI_SOURCE_DIR, id).value();
    for (policy::Parameter& parameter : own.pack.law.parameters) {
        const auto invented = figure_of(parameter.type);
        const bool is_set = policy::value_of(parameter, "441699101", "", day("2026-01-01")) != nullptr;
        if (is_set || !parameter.slice_of.empty() || !invented) continue;
        policy::ParameterValue figure;
        figure.from = day("2020-01-01");
        figure.value = *invented;
        parameter.values.push_back(std::move(figure));
    }
    return loaded.emplace(id, std::move(own)).first->second;
}

}  // namespace doudi::casework
