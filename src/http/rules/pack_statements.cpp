// SPDX-License-Identifier: Apache-2.0
#include "http/rules/pack_statements.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

namespace doudi::http {
namespace {

using Statements = std::map<std::tuple<std::string, std::string, std::string>, Statement>;

Statements statements_of(const policy::Law& law) {
    Statements all;
    for (const auto& element : law.stated) {
        for (const auto& [key, value] : element.values) {
            if (key == "cite" || key == "inherit") continue;
            all[{element.section, element.id, key}] = {
                value, element.cite.clause.empty() ? "" : element.cite.text()};
        }
    }
    return all;
}

std::optional<Statement> find(const Statements& side, const Statements::key_type& key) {
    const auto found = side.find(key);
    if (found == side.end()) return std::nullopt;
    return found->second;
}

}  // namespace

std::vector<StatementChange> statement_changes(const policy::Law& before, const policy::Law& after) {
    const Statements left = statements_of(before);
    const Statements right = statements_of(after);
    Statements both = right;
    both.insert(left.begin(), left.end());
    std::vector<StatementChange> changes;
    for (const auto& [key, value] : both) {
        auto a = find(left, key);
        auto b = find(right, key);
        if (a && b && a->value == b->value) continue;
        changes.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), std::move(a), std::move(b)});
    }
    return changes;
}

Text StatementChange::say() const {
    const std::string place = fmt::format("{}.{}.{}", section, id, key);
    if (!before)
        return {fmt::format("{}：新增 {}（{}）", place, after->value, after->clause),
                fmt::format("{}: new, {} ({})", place, after->value, after->clause)};
    if (!after)
        return {fmt::format("{}：不再有 {}（{}）", place, before->value, before->clause),
                fmt::format("{}: no more {} ({})", place, before->value, before->clause)};
    return {fmt::format("{}：{} 改为 {}（{}）", place, before->value, after->value, after->clause),
            fmt::format("{}: {} becomes {} ({})", place, before->value, after->value, after->clause)};
}

}  // namespace doudi::http
