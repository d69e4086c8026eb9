// SPDX-License-Identifier: Apache-2.0
#include "monitor/merge.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "monitor/in_two.h"

namespace doudi::monitor {

namespace {

constexpr int group_bits = 10;

auto order(const Occurrence& one) {
    return std::tuple(one.person, one.indicator, one.date, one.key);
}

class Merger {
  public:
    Merger(const policy::Policy& policy, const CycleInput& input)
        : policy_(policy), input_(input), first_day_(window_start(policy.pack.monitoring, input).days()) {}

    // What is known is told in place; what is new is then moved in from behind. Memory: what is known, and
    // what is new. Persons know nothing of each other: two halves of them.
    std::vector<Event> run(std::vector<Event> events, std::span<const Occurrence> occurrences) {
        if (occurrences.empty()) return events;
        const std::uint32_t middle = occurrences[occurrences.size() / 2].person;
        const std::size_t half = start_of_person(occurrences, middle);
        const std::size_t known_half = start_of_person(events, middle);
        const std::span<Event> known(events);
        Fresh fresh;
        Fresh more;
        in_two(
            occurrences.size(), [&] { fresh = tell_all(known.first(known_half), occurrences, 0, half); },
            [&] { more = tell_all(known.subspan(known_half), occurrences, half, occurrences.size()); });
        fresh.insert(fresh.end(), more.begin(), more.end());
        return join(std::move(events), occurrences, fresh);
    }

  private:
    using Told = std::span<const Occurrence>;  // the rows that tell of one event
    using Fresh = std::vector<std::uint32_t>;  // where the rows of each new event begin

    static std::size_t end_of_event(Told occurrences, std::size_t begin) {
        std::size_t end = begin + 1;
        while (end < occurrences.size() && order(occurrences[end]) == order(occurrences[begin])) ++end;
        return end;
    }

    // What begin..end tell of events; returns those that are new.
    Fresh tell_all(std::span<Event> events, Told occurrences, std::size_t begin, std::size_t end) const {
        Fresh fresh;
        std::size_t known = 0;
        for (std::size_t at = begin; at < end;) {
            const auto key = order(occurrences[at]);
            const std::size_t next = end_of_event(occurrences, at);
            const Told told = occurrences.subspan(at, next - at);
            while (known < events.size() && events[known].order() < key) ++known;
            if (known < events.size() && events[known].order() == key) {
                tell(events[known], told);
            } else if (matters(told.front())) {
                fresh.push_back(static_cast<std::uint32_t>(at));
            }
            at = next;
        }
        return fresh;
    }

    // Both sorted, none in both.
    std::vector<Event> join(std::vector<Event> events, Told occurrences, const Fresh& fresh) const {
        std::size_t old = events.size();
        events.resize(events.size() + fresh.size());
        for (std::size_t end = events.size(), left = fresh.size(); left > 0; --end) {
            const std::size_t at = fresh[left - 1];
            if (old > 0 && order(occurrences[at]) < events[old - 1].order()) {
                events[end - 1] = events[--old];
                continue;
            }
            events[end - 1] = new_event(occurrences.subspan(at, end_of_event(occurrences, at) - at));
            --left;
        }
        return events;
    }

    [[nodiscard]] bool matters(const Occurrence& one) const {
        if (one.date >= first_day_) return true;
        const policy::Indicator& indicator = policy_.pack.indicators[one.indicator];
        return indicator.once_in_life || indicator.ends_household || !indicator.cancels.empty();
    }

    Event new_event(Told told) const {
        const Occurrence& one = told.front();
        Event event;
        event.key = one.key;
        event.person = one.person;
        event.date = one.date;
        event.indicator = one.indicator;
        tell(event, told);
        return event;
    }

    void tell(Event& event, Told told) const {
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

namespace {

// Where each group of neighbouring persons ends, once they stand together.
struct Groups {
    explicit Groups(std::span<const Occurrence> occurrences) : end(std::size_t{1} << group_bits) {
        const std::uint32_t last_person = std::ranges::max(occurrences, {}, &Occurrence::person).person;
        shift =
            static_cast<unsigned>(std::max(0, static_cast<int>(std::bit_width(last_person)) - group_bits));
        for (const Occurrence& one : occurrences) ++end[of(one)];
        std::partial_sum(end.begin(), end.end(), end.begin());
    }
    [[nodiscard]] std::size_t of(const Occurrence& one) const { return one.person >> shift; }
    [[nodiscard]] std::size_t begin_of(std::size_t group) const { return group == 0 ? 0 : end[group - 1]; }

    std::vector<std::size_t> end;
    unsigned shift = 0;
};

// In place.
void bring_together(std::span<Occurrence> occurrences, const Groups& groups) {
    std::vector<std::size_t> next(groups.end.size());
    std::copy(groups.end.begin(), groups.end.end() - 1, next.begin() + 1);
    for (std::size_t group = 0; group < groups.end.size(); ++group) {
        while (next[group] < groups.end[group]) {
            Occurrence& here = occurrences[next[group]];
            const std::size_t home = groups.of(here);
            if (home == group) {
                ++next[group];
            } else {
                std::swap(here, occurrences[next[home]++]);
            }
        }
    }
}

}  // namespace

void sort_occurrences(std::vector<Occurrence>& occurrences, const CycleInput& input) {
    if (occurrences.empty()) return;
    const auto within = [&](const Occurrence& left, const Occurrence& right) {
        if (order(left) != order(right)) return order(left) < order(right);
        return std::tuple(input.rank_of(left.arrival), left.arrival, left.row, left.source) <
               std::tuple(input.rank_of(right.arrival), right.arrival, right.row, right.source);
    };
    // First into groups of neighbouring persons; each group then fits the cache while it is sorted.
    const Groups groups(occurrences);
    bring_together(occurrences, groups);
    const auto sort_groups = [&](std::size_t first, std::size_t last) {
        for (std::size_t group = first; group < last; ++group) {
            const auto all = std::span(occurrences);
            const std::size_t begin = groups.begin_of(group);
            std::ranges::sort(all.subspan(begin, groups.end[group] - begin), within);
        }
    };
    // Two halves, which know nothing of each other.
    const auto half = static_cast<std::size_t>(std::ranges::lower_bound(groups.end, occurrences.size() / 2) -
                                               groups.end.begin());
    in_two(occurrences.size(), [&] { sort_groups(0, half); }, [&] { sort_groups(half, groups.end.size()); });
}

std::vector<Event> merge_events(const policy::Policy& policy, std::vector<Event> before,
                                std::span<const Occurrence> occurrences, const CycleInput& input) {
    return Merger(policy, input).run(std::move(before), occurrences);
}

}  // namespace doudi::monitor
