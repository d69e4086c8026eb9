// SPDX-License-Identifier: Apache-2.0
#include "determine/fact_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace doudi::determine {

namespace {

// The places of the marked members as runs.
People runs_of(const std::vector<char>& members) {
    People runs;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (members[i] == 0) continue;
        const int place = static_cast<int>(i);
        if (!runs.empty() && runs.back().second + 1 == place) {
            runs.back().second = place;
        } else {
            runs.emplace_back(place, place);
        }
    }
    return runs;
}

void mark(std::vector<char>& members, int member) {
    if (member < 0) return;
    const auto place = static_cast<std::size_t>(member);
    if (members.size() <= place) members.resize(place + 1, 0);
    members[place] = 1;
}

// All that two used facts must have in common to be said in one row.
std::string told_of(const UsedFact& fact) {
    return fmt::format("{}\n{}\n{}\n{}\n{}", fact.value.text(), fact.source,
                       fact.as_of ? fact.as_of->iso() : "", static_cast<int>(fact.silence), fact.sample);
}

}  // namespace

People FactTable::Row::people() const {
    return runs_of(members);
}

int FactTable::make_row(const FactKey& key, const UsedFact* used) {
    const Name name(key.kind, key.of, key.id);
    const auto [at, is_new] = row_of_value_.emplace(std::tuple(name, used == nullptr ? "" : told_of(*used)),
                                                    static_cast<int>(rows_.size()));
    if (is_new) rows_.push_back({.key = {key.kind, key.of, -1, key.id}, .used = used, .members = {}});
    return at->second;
}

int FactTable::row_of(const FactKey& key, const UsedFact* used) {
    auto named = row_of_member_.find(NameView(key.kind, key.of, key.id));
    if (named == row_of_member_.end())
        named = row_of_member_.emplace(Name(key.kind, key.of, key.id), std::vector<int>()).first;
    std::vector<int>& by_member = named->second;
    const auto place = static_cast<std::size_t>(key.member + 1);
    if (by_member.size() <= place) by_member.resize(place + 1, -1);
    if (by_member[place] < 0) by_member[place] = make_row(key, used);
    return by_member[place];
}

template <class List, class KeyOf>
std::vector<FactTable::Reference> FactTable::refer_to(const List& list, KeyOf key_of) {
    struct Named {
        int row;
        std::vector<char> members;
    };
    std::vector<Named> named;
    std::size_t last = 0;  // most lists have the same fact of one member after the other
    for (const auto& one : list) {
        const auto& [key, used] = key_of(one);
        const int row = row_of(key, used);
        if (last >= named.size() || named[last].row != row) {
            const auto found = std::ranges::find(named, row, &Named::row);
            last = static_cast<std::size_t>(found - named.begin());
            if (found == named.end()) named.push_back({row, {}});
        }
        mark(named[last].members, key.member);
        mark(rows_[static_cast<std::size_t>(row)].members, key.member);
    }
    std::vector<Reference> references;
    for (const Named& one : named) references.push_back({one.row, runs_of(one.members)});
    return references;
}

std::vector<FactTable::Reference> FactTable::refer(const std::vector<FactKey>& keys) {
    return refer_to(
        keys, [](const FactKey& key) { return std::pair<const FactKey&, const UsedFact*>(key, nullptr); });
}

std::vector<FactTable::Reference> FactTable::refer(const std::vector<UsedFact>& facts) {
    return refer_to(facts, [](const UsedFact& fact) {
        return std::pair<const FactKey&, const UsedFact*>(fact.key, &fact);
    });
}

}  // namespace doudi::determine
