// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "determine/case_reader.h"

namespace doudi::determine {

using policy::Subject;
using policy::YamlEntry;
using policy::YamlValue;

namespace {

constexpr std::array<std::string_view, 3> top_names{"case", "region", "as_of"};
constexpr std::array<std::string_view, 6> built_in_names{
    "leaving", "left_on", "refused", "refused_on", "authorised_on", "consents_to_transfer"};

bool holds(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

bool CaseDraft::is_known_fact(const YamlValue& at, const std::string& name, Subject of) const {
    if (of == Subject::person && name == "name") return true;
    if (of == Subject::application && holds(built_in_names, name)) return true;
    const int index = law_->fact_of(of, name);
    if (index >= 0 && !law_->facts[static_cast<std::size_t>(index)].is) return true;
    if (index >= 0) {
        at.fault("case_derived_fact", fmt::format("“{}”由其他事实计算得出，不能直接填写", name),
                 fmt::format("'{}' is computed from other facts and cannot be told", name));
        return false;
    }
    if (is_of_another(at, name)) return false;
    std::vector<std::string_view> known;
    for (const policy::FactDefinition& fact : law_->facts)
        if (fact.of == of && !fact.is) known.push_back(fact.id);
    if (of == Subject::person) known.push_back("name");
    if (of == Subject::application) known.insert(known.end(), built_in_names.begin(), built_in_names.end());
    at.unknown_name("case_unknown_fact", "事实", "fact", name, known);
    return false;
}

// A fact that stands in the wrong part of the case.
bool CaseDraft::is_of_another(const YamlValue& at, const std::string& name) const {
    const auto found = std::ranges::find_if(
        law_->facts, [&](const policy::FactDefinition& fact) { return fact.id == name && !fact.is; });
    if (found == law_->facts.end()) return false;
    const char* part = found->of == Subject::person      ? "members"
                       : found->of == Subject::household ? "household"
                                                         : "application";
    at.fault("case_fact_elsewhere", fmt::format("“{}”应写在 {} 里", name, part),
             fmt::format("'{}' belongs into {}", name, part));
    return true;
}

bool CaseDraft::is_known_parameter(const YamlValue& at, const std::string& name) const {
    if (law_->parameter_of(name) >= 0) return true;
    std::vector<std::string_view> known;
    for (const policy::Parameter& one : law_->parameters) known.push_back(one.id);
    at.unknown_name("case_unknown_parameter", "参数", "parameter", name, known);
    return false;
}

void CaseDraft::take_facts(const YamlValue& value, Values& values, Subject of) {
    for (const YamlEntry& entry : value.entries()) {
        if (is_known_fact(entry.key_value, entry.key, of))
            values[entry.key] = std::make_shared<const YamlValue>(entry.value);
    }
}

void CaseDraft::take_parameters(const YamlValue& value) {
    for (const YamlEntry& entry : value.entries()) {
        if (is_known_parameter(entry.key_value, entry.key))
            parameters_[entry.key] = std::make_shared<const YamlValue>(entry.value);
    }
}

void CaseDraft::take_members(const YamlValue& value) {
    members_.clear();
    members_at_ = std::make_shared<const YamlValue>(value);
    const std::vector<YamlValue> list = value.list();
    are_members_refused_ = !value.is_list() || list.size() > most_case_members;
    if (list.size() > most_case_members) {
        value.fault("case_too_many_members", fmt::format("家庭成员超过 {} 人", most_case_members),
                    fmt::format("more than {} members", most_case_members));
        return;
    }
    for (const YamlValue& item : list) {
        Values& facts = members_.emplace_back().emplace();
        take_facts(item, facts, Subject::person);
        if (item.is_mapping() && !facts.contains("name"))
            item.fault("case_no_name", "成员缺少“name”", "the member has no 'name'");
    }
}

void CaseDraft::take(const YamlValue& value) {
    const auto record =
        value.record({"case", "region", "as_of", "parameters", "household", "members", "application"});
    if (!record) return;
    for (const std::string_view name : top_names) {
        if (const YamlValue* one = record->find(name))
            top_[std::string(name)] = std::make_shared<const YamlValue>(*one);
    }
    if (const YamlValue* one = record->find("parameters")) take_parameters(*one);
    if (const YamlValue* one = record->find("household")) take_facts(*one, household_, Subject::household);
    if (const YamlValue* one = record->find("members")) take_members(*one);
    if (const YamlValue* one = record->find("application"))
        take_facts(*one, application_, Subject::application);
}

void CaseDraft::set_member(const YamlEntry& entry, std::string_view path) {
    std::size_t which = 0;
    const auto read = std::from_chars(path.data(), path.data() + path.size(), which);
    const std::string_view rest(read.ptr, static_cast<std::size_t>(path.data() + path.size() - read.ptr));
    const bool whole = rest.empty();
    const bool is_there = which < members_.size() && members_[which];
    const bool is_new = whole && which == members_.size() && !entry.value.is_null();
    if (read.ec != std::errc{} || (!is_there && !is_new) || (!whole && !rest.starts_with('.'))) {
        entry.key_value.fault("case_no_member", fmt::format("没有成员“{}”", entry.key),
                              fmt::format("there is no member '{}'", entry.key));
        return;
    }
    if (whole) {
        if (is_new) members_.emplace_back();
        members_[which].reset();
        if (!entry.value.is_null()) take_facts(entry.value, members_[which].emplace(), Subject::person);
        return;
    }
    const std::string name(rest.substr(1));
    if (!is_known_fact(entry.key_value, name, Subject::person)) return;
    Values& facts = *members_[which];
    facts.erase(name);
    if (!entry.value.is_null()) facts[name] = std::make_shared<const YamlValue>(entry.value);
}

void CaseDraft::set(const YamlEntry& entry) {
    const std::string_view path = entry.key;
    const std::size_t point = path.find('.');
    const std::string_view head = path.substr(0, point);
    const std::string rest(point == std::string_view::npos ? "" : path.substr(point + 1));
    if (head == "members" && !rest.empty()) return set_member(entry, rest);
    if (head == "members") return take_members(entry.value);
    Values* values = nullptr;
    bool known = false;
    if (holds(top_names, path)) {
        values = &top_;
        known = true;
    } else if (head == "parameters") {
        values = &parameters_;
        known = is_known_parameter(entry.key_value, rest);
    } else if (head == "household" || head == "application") {
        const bool of_household = head == "household";
        values = of_household ? &household_ : &application_;
        known =
            is_known_fact(entry.key_value, rest, of_household ? Subject::household : Subject::application);
    } else {
        entry.key_value.unknown_name(
            "case_unknown_path", "位置", "place", std::string(head),
            {"region", "as_of", "parameters", "household", "members", "application"});
    }
    if (!known) return;
    const std::string name = values == &top_ ? std::string(path) : rest;
    values->erase(name);
    if (!entry.value.is_null()) (*values)[name] = std::make_shared<const YamlValue>(entry.value);
}

}  // namespace doudi::determine
