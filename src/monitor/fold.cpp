// SPDX-License-Identifier: Apache-2.0
#include "monitor/fold.h"

#include <algorithm>
#include <bit>
#include <boost/unordered/unordered_flat_map.hpp>
#include <unordered_set>
#include <utility>

#include "monitor/household_fold.h"
#include "monitor/merge.h"

namespace doudi::monitor {

const char* name_of(WarningState state) {
    return state == WarningState::open ? "open" : "closed";
}

const char* name_of(ClosedWhy why) {
    switch (why) {
        case ClosedWhy::none:
            break;
        case ClosedWhy::settled:
            return "settled";
        case ClosedWhy::taken_back:
            return "taken_back";
        case ClosedWhy::natural_exit:
            return "natural_exit";
        case ClosedWhy::merged:
            return "merged";
        case ClosedWhy::forgotten:
            return "forgotten";
        case ClosedWhy::carried:
            return "carried";
    }
    return "";
}

const char* name_of(EventState state) {
    switch (state) {
        case EventState::counted:
            return "counted";
        case EventState::beyond_count:
            return "beyond_count";
        case EventState::taken_back:
            return "taken_back";
        case EventState::cancelled:
            break;
    }
    return "cancelled";
}

namespace {

// The events of one person under one indicator, which stand together.
struct Group {
    std::size_t begin = 0;
    std::size_t end = 0;
};

class Folder {
  public:
    Folder(const policy::Policy& policy, const match::Roster& roster, Memory before, const CycleInput& input)
        : policy_(policy),
          roster_(roster),
          before_(std::move(before)),
          input_(input),
          first_day_(window_start(policy.pack.monitoring, input).days()) {}

    CycleResult run(const std::vector<Occurrence>& occurrences) {
        result_.events = merge_events(policy_, std::move(before_.events), occurrences, input_);
        open_.reserve(before_.open.size());
        for (const Warning& warning : before_.open) open_.emplace(warning.id, warning.household);
        for (const CarriedWarning& one : before_.carried) carry(one);
        dead_.assign(roster_.household_sizes().size(), 0);
        for_each_person([this](std::size_t begin, std::size_t end) { learn(begin, end); });
        note_exits();
        for_each_person([this](std::size_t begin, std::size_t end) { score(begin, end); });
        HouseholdFold households(policy_, before_, input_, result_);
        households.run(std::move(active_), exited_, cancelled_);
        for (Event& event : result_.events) event.told_again = false;
        return std::move(result_);
    }

  private:
    [[nodiscard]] const policy::MonitoringRules& rules() const { return policy_.pack.monitoring; }
    [[nodiscard]] const policy::Indicator& indicator(const Event& event) const {
        return policy_.pack.indicators[event.indicator];
    }

    // What a carried warning was made of counts for the one that it went into, as long as that is open.
    void carry(const CarriedWarning& from) {
        std::uint32_t into = from.into;
        for (std::size_t steps = 0; steps < before_.carried.size() && !open_.contains(into); ++steps) {
            const auto next = std::ranges::find(before_.carried, into, &CarriedWarning::warning);
            if (next == before_.carried.end()) return;
            into = next->into;
        }
        if (const auto found = open_.find(into); found != open_.end())
            open_.emplace(from.warning, found->second);
    }

    template <class Visit>
    void for_each_person(Visit visit) {
        const std::vector<Event>& events = result_.events;
        for (std::size_t begin = 0; begin < events.size();) {
            std::size_t end = begin + 1;
            while (end < events.size() && events[end].person == events[begin].person) ++end;
            visit(begin, end);
            begin = end;
        }
    }

    [[nodiscard]] Group next_group(std::size_t begin, std::size_t end) const {
        Group group{begin, begin + 1};
        while (group.end < end && result_.events[group.end].indicator == result_.events[begin].indicator)
            ++group.end;
        return group;
    }

    // The last word about it was that it is not so. A scored event is taken back only by an import that came
    // after.
    [[nodiscard]] bool is_taken_back(const Event& event) const {
        if (is_denied(event)) return true;
        if (!rules().retraction || event.taken == 0) return false;
        if (!event.scored) return event.taken > event.told;
        return event.taken_back || (event.taken > event.scored_at && event.taken >= event.told);
    }

    // Somebody said that its row was about another person, now or before an earlier cycle: nothing else takes
    // back what no row has taken back.
    [[nodiscard]] bool is_denied(const Event& event) const {
        if (event.taken == 0 && event.taken_back) return true;
        return event.grade == match::Grade::probable &&
               std::ranges::binary_search(input_.denied, DeniedRow{event.arrival, event.row, event.person});
    }

    [[nodiscard]] bool has_sources(unsigned sources, const policy::Indicator& of) const {
        return std::popcount(sources) >= of.sources_needed;
    }

    // Bits of all sources that tell the group's standing events; of one event unless it happens once in a
    // life.
    [[nodiscard]] unsigned sources_of(const Group& group, const Event& event) const {
        if (!indicator(event).once_in_life) return event.sources;
        unsigned sources = 0;
        for (std::size_t i = group.begin; i < group.end; ++i) {
            if (!is_taken_back(result_.events[i])) sources |= result_.events[i].sources;
        }
        return sources;
    }

    // What a person's events say of the person for good: what they cancel, and whether the person is gone.
    void learn(std::size_t begin, std::size_t end) {
        bool gone = false;
        for (std::size_t at = begin; at < end;) {
            const Group group = next_group(at, end);
            at = group.end;
            const policy::Indicator& of = indicator(result_.events[group.begin]);
            if (!of.ends_household && of.cancels.empty()) continue;
            for (std::size_t i = group.begin; i < group.end; ++i) {
                const Event& event = result_.events[i];
                if (event.told == 0 || is_taken_back(event) || !has_sources(sources_of(group, event), of))
                    continue;
                for (const int other : of.cancels) {
                    cancelled_.insert(
                        PersonIndicator{event.person, static_cast<std::uint16_t>(other)}.packed());
                }
                const bool ends = of.ends_household &&
                                  (event.grade == match::Grade::exact || !rules().natural_exit_exact_only);
                if (ends) ends_.push_back(static_cast<std::uint32_t>(i));
                gone = gone || ends;
            }
        }
        if (gone) ++dead_[roster_.household_of(result_.events[begin].person)];
    }

    void note_exits() {
        if (!rules().natural_exit) return;
        exited_.insert(before_.exits.begin(), before_.exits.end());
        const auto sizes = roster_.household_sizes();
        for (std::uint32_t household = 1; household < sizes.size(); ++household) {
            if (sizes[household] == 0 || dead_[household] < sizes[household]) continue;
            if (exited_.insert(household).second) result_.new_exits.push_back(household);
        }
        std::ranges::copy_if(ends_, std::back_inserter(result_.exit_events), [&](std::uint32_t event) {
            return std::ranges::binary_search(result_.new_exits,
                                              roster_.household_of(result_.events[event].person));
        });
    }

    [[nodiscard]] bool is_eligible(const Group& group, const Event& event) const {
        if (event.told == 0 || event.date < first_day_) return false;
        if (!has_sources(sources_of(group, event), indicator(event))) return false;
        if (!event.scored) return !is_taken_back(event);
        // A key that has scored scores again only where the pack lets it and, its warning closed, it is told
        // anew.
        return !rules().scored_once && event.told_again && (event.taken < event.told || !rules().retraction);
    }

    void score(std::size_t begin, std::size_t end) {
        for (std::size_t at = begin; at < end;) {
            const Group group = next_group(at, end);
            at = group.end;
            score_group(group);
        }
    }

    void score_group(const Group& group) {
        // What happens once in a life is used up by having scored, and by having happened before the window:
        // a cremation after the baseline is no second death.
        bool once_scored = false;
        for (std::size_t i = group.begin; i < group.end; ++i) {
            const Event& event = result_.events[i];
            const bool before_window = event.told != 0 && event.date < first_day_ && !is_taken_back(event);
            once_scored = once_scored || event.scored || before_window;
        }
        for (std::size_t i = group.begin; i < group.end; ++i) {
            Event& event = result_.events[i];
            if (const auto warning = open_.find(event.warning); warning != open_.end()) {
                const bool before = std::exchange(event.taken_back, is_taken_back(event));
                result_.events_taken_back += event.taken_back && !before ? 1 : 0;
                active_.push_back({warning->second, event.date, static_cast<std::uint32_t>(i),
                                   event.taken_back && !before});
                continue;
            }
            if (!is_eligible(group, event)) continue;
            if (indicator(event).once_in_life && std::exchange(once_scored, true)) continue;
            const std::uint32_t household = roster_.household_of(event.person);
            if (household == 0) continue;
            event.scored = true;
            event.scored_at = event.told;
            event.warning = 0;
            event.taken_back = false;
            ++result_.events_scored;
            active_.push_back({household, event.date, static_cast<std::uint32_t>(i), true});
        }
    }

    const policy::Policy& policy_;
    const match::Roster& roster_;
    Memory before_;
    const CycleInput& input_;
    std::int32_t first_day_;
    CycleResult result_;
    boost::unordered_flat_map<std::uint32_t, std::uint32_t> open_;  // warning, carried too -> household
    std::vector<std::uint32_t> dead_;                               // by household
    std::vector<std::uint32_t> ends_;                               // events by which somebody is gone
    std::unordered_set<std::uint32_t> exited_;
    std::unordered_set<std::uint64_t> cancelled_;
    std::vector<ActiveEvent> active_;
};

}  // namespace

CycleResult fold(const policy::Policy& policy, const match::Roster& roster, Memory before,
                 std::vector<Occurrence>& occurrences, const CycleInput& input) {
    sort_occurrences(occurrences, input);
    return Folder(policy, roster, std::move(before), input).run(occurrences);
}

}  // namespace doudi::monitor
