// SPDX-License-Identifier: Apache-2.0
#include "monitor/merge.h"

#include <algorithm>
#include <utility>

namespace doudi::monitor {

namespace {

auto order(const Occurrence& one) {
    return std::tuple(one.person, one.indicator, one.date, one.key);
}

class Merger {
  public:
    Merger(const policy::Policy& policy, const CycleInput& input)
        : policy_(policy), input_(input), first_day_(window_start(policy.pack.monitoring, input).days()) {}

    std::vector<Event> run(std::vector<Event> before, std::span<const Occurrence> occurrences) {
        if (occurrences.empty()) return before;
        std::vector<Event> after;
        after.reserve(before.size() + occurrences.size() / 4);
        std::size_t old = 0;
        for (std::size_t at = 0; at < occurrences.size();) {
            std::size_t next = at;
            while (next < occurrences.size() && order(occurrences[next]) == order(occurrences[at])) ++next;
            while (old < before.size() && before[old].order() < order(occurrences[at]))
                after.push_back(before[old++]);
            const std::span<const Occurrence> told = occurrences.subspan(at, next - at);
            if (old < before.size() && before[old].order() == order(occurrences[at])) {
                after.push_back(before[old++]);
                tell(after.back(), told);
            } else if (matters(told.front())) {
                after.push_back(new_event(told.front()));
                tell(after.back(), told);
            }
            at = next;
        }
        after.insert(after.end(), before.begin() + static_cast<std::ptrdiff_t>(old), before.end());
        return after;
    }

  private:
    [[nodiscard]] bool matters(const Occurrence& one) const {
        if (one.date >= first_day_) return true;
        const policy::Indicator& indicator = policy_.pack.indicators[one.indicator];
        return indicator.ends_household || !indicator.cancels.empty();
    }

    static Event new_event(const Occurrence& one) {
        Event event;
        event.key = one.key;
        event.person = one.person;
        event.date = one.date;
        event.indicator = one.indicator;
        return event;
    }

    void tell(Event& event, std::span<const Occurrence> told) const {
        for (const Occurrence& one : told) {
            const ImportRank rank = input_.rank_of(one.arrival);
            if (one.effect == Effect::takes_back) {
                event.taken = std::max(event.taken, rank);
                continue;
            }
            if (event.told == 0) {
                event.arrival = one.arrival;
                event.row = one.row;
            }
            event.told_again = event.told_again || (event.scored && rank > event.told);
            event.told = std::max(event.told, rank);
            event.sources = static_cast<std::uint16_t>(event.sources | 1U << one.source);
            event.grade = std::min(event.grade, one.grade);
        }
    }

    const policy::Policy& policy_;
    const CycleInput& input_;
    std::int32_t first_day_;
};

}  // namespace

Date window_start(const policy::MonitoringRules& rules, const CycleInput& input) {
    using Window = policy::MonitoringRules::Window;
    return rules.window == Window::since_baseline ? input.baseline + 1
                                                  : input.as_of.date.plus_months(-rules.window_months) + 1;
}

void sort_occurrences(std::vector<Occurrence>& occurrences, const CycleInput& input) {
    if (occurrences.empty()) return;
    const auto within = [&](const Occurrence& left, const Occurrence& right) {
        if (order(left) != order(right)) return order(left) < order(right);
        return std::tuple(input.rank_of(left.arrival), left.arrival, left.row, left.source) <
               std::tuple(input.rank_of(right.arrival), right.arrival, right.row, right.source);
    };
    const std::uint32_t last_person = std::ranges::max(occurrences, {}, &Occurrence::person).person;
    if (last_person / 16 > occurrences.size()) {
        std::ranges::sort(occurrences, within);
        return;
    }
    // PersonIds are dense: one counting pass puts each person's few rows together.
    std::vector<std::uint32_t> begin(last_person + std::size_t{2});
    for (const Occurrence& one : occurrences) ++begin[one.person + 1];
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
    std::vector<Occurrence> sorted(occurrences.size());
    std::vector<std::uint32_t> next = begin;
    for (const Occurrence& one : occurrences) sorted[next[one.person]++] = one;
    for (std::size_t person = 0; person <= last_person; ++person) {
        if (begin[person + 1] - begin[person] < 2) continue;
        std::sort(sorted.begin() + begin[person], sorted.begin() + begin[person + 1], within);
    }
    occurrences = std::move(sorted);
}

std::vector<Event> merge_events(const policy::Policy& policy, std::vector<Event> before,
                                std::span<const Occurrence> occurrences, const CycleInput& input) {
    return Merger(policy, input).run(std::move(before), occurrences);
}

}  // namespace doudi::monitor
