// SPDX-License-Identifier: Apache-2.0
#include "casework/rhythms/rhythm_rules.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace doudi::casework {

namespace {

std::string field_of(const policy::RouteElement& element, std::string_view key) {
    const std::string* text = element.field(key);
    return text == nullptr ? std::string() : *text;
}

std::vector<std::string> list_of(const policy::RouteElement& element, std::string_view key) {
    const auto* list = element.list(key);
    return list == nullptr ? std::vector<std::string>() : *list;
}

// "review.keep"
MachineMove move_named(const std::string& text) {
    const std::size_t point = text.find('.');
    return {text.substr(0, point), point == std::string::npos ? "" : text.substr(point + 1)};
}

std::vector<MachineMove> moves_of(const policy::RouteElement& element, std::string_view key) {
    std::vector<MachineMove> moves;
    for (const std::string& text : list_of(element, key)) moves.push_back(move_named(text));
    return moves;
}

RhythmTerm term_of(const std::string& text) {
    constexpr std::string_view prefix = "param.";
    RhythmTerm term;
    if (text.starts_with(prefix)) {
        term.parameter = text.substr(prefix.size());
        return term;
    }
    int months = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), months);
    if (!text.empty() && error == std::errc()) term.months = months;
    return term;
}

// What stands under `only_if` or `with`: each field with its words.
std::vector<policy::FieldIs> told_of(const policy::RouteElement& element, std::string_view key) {
    const std::string prefix = std::string(key) + ".";
    std::vector<policy::FieldIs> told;
    for (const auto& [path, text] : element.fields) {
        if (!path.starts_with(prefix)) continue;
        policy::FieldIs is{path.substr(prefix.size()), {}};
        std::string_view rest = text;
        while (!rest.empty()) {
            const std::size_t comma = rest.find(", ");
            is.words.emplace_back(rest.substr(0, comma));
            rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 2);
        }
        told.push_back(std::move(is));
    }
    return told;
}

RhythmRule rule_of(const policy::RouteElement& element) {
    RhythmRule rule;
    rule.id = element.id;
    rule.title = element.title.zh.empty() ? Text{element.id, element.id} : element.title;
    rule.every = term_of(field_of(element, "every_months"));
    rule.set_by = {field_of(element, "unset.set_by.zh"), field_of(element, "unset.set_by.en")};
    rule.by_validity = field_of(element, "by_validity") == "true";
    rule.of = list_of(element, "of");
    rule.every_household = field_of(element, "every_household") == "true";
    rule.only_if = told_of(element, "only_if");
    rule.since = moves_of(element, "since");
    rule.ends = moves_of(element, "ends");
    rule.by_cycle = field_of(element, "by_cycle") == "true";
    rule.opens = move_named(field_of(element, "opens"));
    for (policy::FieldIs& told : told_of(element, "with"))
        if (!told.words.empty()) rule.with.emplace_back(told.field, told.words.front());
    rule.element = &element;
    return rule;
}

}  // namespace

std::vector<RhythmRule> rhythms_of(const policy::Law& law) {
    std::vector<RhythmRule> rules;
    for (const policy::RouteElement& element : law.routes)
        if (element.section == "rhythms") rules.push_back(rule_of(element));
    return rules;
}

const RhythmRule* rhythm_named(const std::vector<RhythmRule>& rules, std::string_view id) {
    const auto found = std::ranges::find(rules, id, &RhythmRule::id);
    return found == rules.end() ? nullptr : &*found;
}

}  // namespace doudi::casework
