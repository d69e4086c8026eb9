// SPDX-License-Identifier: Apache-2.0
#include "access/roles.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "access/right_names.h"

namespace doudi::access {

namespace {

constexpr std::array<std::string_view, verb_count> verbs = {
    "read",    "query",  "create", "change", "decide",     "assign",   "propose",
    "approve", "reveal", "export", "issue",  "administer", "determine"};
constexpr std::array<std::string_view, thing_count> things = {
    "household",   "person",       "category",      "fact",      "warning",    "task",       "visit",
    "application", "verification", "authorisation", "objection", "referral",   "conference", "award",
    "payment",     "order",        "feed",          "list",      "statistics", "rule_hit",   "pack",
    "parameter",   "unit",         "account",       "audit",     "job",        "retention",  "session"};
constexpr std::array<std::string_view, field_class_count> fields = {
    "plain",   "name",  "address",  "identity_number", "phone", "account",
    "illness", "means", "marriage", "shelter",         "score", "lead"};

constexpr std::array<std::string_view, 5> reaches = {"self", "household", "assigned", "department", "units"};

template <class Enum>
bool has(std::uint32_t bits, Enum one) {
    return (bits >> static_cast<unsigned>(one) & 1U) != 0;
}

std::string joined(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

std::span<const std::string_view> verb_names() {
    return verbs;
}
std::span<const std::string_view> thing_names() {
    return things;
}
std::span<const std::string_view> field_names() {
    return fields;
}
std::span<const std::string_view> reach_names() {
    return reaches;
}

std::string_view name_of(Verb verb) {
    return verbs[static_cast<std::size_t>(verb)];
}
std::string_view name_of(Thing thing) {
    return things[static_cast<std::size_t>(thing)];
}
std::string_view name_of(FieldClass field) {
    return fields[static_cast<std::size_t>(field)];
}

const Role* Roles::find(std::string_view id) const {
    const auto at = std::ranges::find(roles_, id, &Role::id);
    return at == roles_.end() ? nullptr : &*at;
}

const PurposeWord* Roles::purpose(std::string_view id) const {
    const auto at = std::ranges::find(purposes_, id, &PurposeWord::id);
    return at == purposes_.end() ? nullptr : &*at;
}

Text Roles::word(std::string_view id) const {
    const auto at = std::ranges::find(words_, id, &PurposeWord::id);
    return at == words_.end() ? Text{std::string(id), std::string(id)} : at->title;
}

std::vector<const Right*> Roles::rights(const Session& session, Verb verb, Thing thing) const {
    std::vector<const Right*> found;
    if (session.stage != SessionStage::full) return found;
    for (const std::string& id : session.roles) {
        const Role* role = find(id);
        // A role of another kind of holder gives nothing, whatever an account's row says.
        if (role == nullptr || role->kind != session.kind) continue;
        for (const Right& right : role->rights) {
            if (has(right.verbs, verb) && has(right.things, thing)) found.push_back(&right);
        }
    }
    return found;
}

std::string_view Roles::purpose_of(std::string_view thing) const {
    const auto at = purpose_of_.find(thing);
    return at == purpose_of_.end() ? std::string_view() : at->second;
}

std::string_view Roles::purpose_of(const Session& session, Thing thing) const {
    for (const std::string& id : session.roles) {
        const Role* role = find(id);
        if (role != nullptr && !role->purpose.empty()) return role->purpose;
    }
    return purpose_of(name_of(thing));
}

bool Roles::may(const Session& session, Verb verb, Thing thing) const {
    return !rights(session, verb, thing).empty();
}

Result<void> Roles::require(const Session& session, Verb verb, Thing thing) const {
    if (may(session, verb, thing)) return {};
    std::vector<std::string> titles;
    for (const std::string& id : session.roles) {
        const Role* role = find(id);
        titles.push_back(role == nullptr ? id : role->title.zh);
    }
    return fail(ErrorKind::usage, "not_allowed",
                {fmt::format("您的角色（{}）不能{}{}", fmt::join(titles, "、"), word(name_of(verb)).zh,
                             word(name_of(thing)).zh),
                 fmt::format("the roles ({}) lack the right: {} {}", joined(session.roles), name_of(verb),
                             name_of(thing))});
}

bool Roles::may_grant(const Session& session, std::string_view role) const {
    if (session.stage != SessionStage::full) return false;
    return std::ranges::any_of(session.roles, [&](const std::string& id) {
        const Role* held = find(id);
        return held != nullptr && held->kind == session.kind &&
               std::ranges::find(held->grants, role) != held->grants.end();
    });
}

bool Roles::needs_second_factor(const std::vector<std::string>& roles) const {
    return std::ranges::any_of(roles, [this](const std::string& id) {
        const Role* role = find(id);
        return role != nullptr && role->second_factor;
    });
}

}  // namespace doudi::access
