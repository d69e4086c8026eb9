// SPDX-License-Identifier: Apache-2.0
#include "casework/clocks/category_terms.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace doudi::casework {

namespace {

bool runs_by_law(const ClockReading& one) {
    using enum ClockState;
    if (one.is_internal || one.rule->only_tells()) return false;
    return one.state == running || one.state == nearly_due || one.state == due || one.state == overdue ||
           one.state == paused || one.state == unset;
}

// While it stands still, the last on which it can be due.
std::optional<Date> day_of(const ClockReading& one) {
    return one.due ? one.due : one.latest;
}

// Its day is not known: 2 nobody has set it, 1 it stands still.
int openness(const ClockReading& one) {
    if (one.due) return 0;
    return one.state == ClockState::paused ? 1 : 2;
}

bool is_longer(const ClockReading& one, const ClockReading& other) {
    if (openness(one) != openness(other)) return openness(one) > openness(other);
    return one.due > other.due;
}

}  // namespace

std::vector<ClockReading> longest_terms(const Desk& desk, const policy::Pack& pack, const CaseHead& head,
                                        const CaseState& state, Date today) {
    const policy::Machine* machine = pack.law.procedures.machine(head.machine);
    const policy::MachineState* at = machine == nullptr ? nullptr : machine->state(state.state);
    if (!state.track.empty() || at == nullptr || at->kind == policy::StateKind::final) return {};
    std::set<std::string> categories;
    for (const policy::ClockRule& rule : pack.law.procedures.clocks)
        categories.insert(rule.of.begin(), rule.of.end());
    std::map<std::pair<std::string, Date>, ClockReading> longest;  // by the mark
    CaseState as = state;
    for (const std::string& category : categories) {
        as.track = category;
        for (ClockReading& one : clocks_of(desk, pack, head, as, today)) {
            if (one.rule->of.empty() || !runs_by_law(one)) continue;
            const auto [place, is_new] = longest.try_emplace({one.rule->from, one.started_on}, one);
            if (!is_new && is_longer(one, place->second)) place->second = std::move(one);
        }
    }
    std::vector<ClockReading> all;
    for (auto& [mark, one] : longest) all.push_back(std::move(one));
    std::ranges::sort(all, is_longer);
    return all;
}

const ClockReading* nearer_term(std::span<const ClockReading> clocks, std::span<const ClockReading> terms) {
    if (terms.empty()) return nullptr;
    const ClockReading* nearer = nullptr;
    std::optional<Date> before = day_of(terms.front());
    for (const ClockReading& one : clocks) {
        const std::optional<Date> day = day_of(one);
        if (!one.rule->of.empty() || !runs_by_law(one) || !day || (before && *day >= *before)) continue;
        nearer = &one;
        before = day;
    }
    return nearer;
}

}  // namespace doudi::casework
