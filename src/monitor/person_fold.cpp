// SPDX-License-Identifier: Apache-2.0
#include "monitor/person_fold.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "monitor/merge.h"

namespace doudi::monitor {

namespace {

template <class T>
void add_all(std::vector<T>& to, const std::vector<T>& more) {
    to.insert(to.end(), more.begin(), more.end());
}

bool has_sources(unsigned sources, const policy::Indicator& of) {
    return std::popcount(sources) >= of.sources_needed;
}

}  // namespace

void PersonsFolded::append(const PersonsFolded& more) {
    add_all(active, more.active);
    add_all(ends, more.ends);
    add_all(gone, more.gone);
    add_all(cancelled, more.cancelled);
    scored += more.scored;
    taken_back += more.taken_back;
}

// The events of one person under one indicator, which stand together.
struct PersonFold::Group {
    std::size_t begin = 0;
    std::size_t end = 0;
};

PersonFold::PersonFold(const policy::Policy& policy, const match::Roster& roster, const CycleInput& input,
                       const OpenWarnings& open, std::vector<Event>& events)
    : policy_(policy),
      roster_(roster),
      input_(input),
      open_(open),
      events_(events),
      first_day_(window_start(policy.pack.monitoring, input).days()) {}

PersonsFolded PersonFold::run(std::size_t begin, std::size_t end) {
    out_.active.reserve(end - begin);  // what is not used of it costs nothing
    while (begin < end) {
        std::size_t next = begin + 1;
        while (next < end && events_[next].person == events_[begin].person) ++next;
        learn(begin, next);
        while (begin < next) {
            const Group group = next_group(begin, next);
            score(group);
            begin = group.end;
        }
    }
    return std::exchange(out_, {});
}

PersonFold::Group PersonFold::next_group(std::size_t begin, std::size_t end) const {
    Group group{begin, begin + 1};
    while (group.end < end && events_[group.end].indicator == events_[begin].indicator) ++group.end;
    return group;
}

// The last word about it was that it is not so. A scored event is taken back only by an import that came
// after.
bool PersonFold::is_taken_back(const Event& event) const {
    if (is_denied(event)) return true;
    if (!rules().retraction || event.taken == 0) return false;
    if (!event.scored) return event.taken > event.told;
    return event.taken_back || (event.taken > event.scored_at && event.taken >= event.told);
}

// Somebody said that its row was about another person, now or before an earlier cycle: nothing else takes
// back what no row has taken back.
bool PersonFold::is_denied(const Event& event) const {
    if (event.taken == 0 && event.taken_back) return true;
    return event.grade == match::Grade::probable &&
           std::ranges::binary_search(input_.denied, DeniedRow{event.arrival, event.row, event.person});
}

// Bits of all sources that tell the group's standing events; of one event unless it happens once in a life.
unsigned PersonFold::sources_of(const Group& group, const Event& event) const {
    if (!indicator(event).once_in_life) return event.sources;
    unsigned sources = 0;
    for (std::size_t i = group.begin; i < group.end; ++i) {
        if (!is_taken_back(events_[i])) sources |= events_[i].sources;
    }
    return sources;
}

// What a person's events say of the person for good: what they cancel, and whether the person is gone.
void PersonFold::learn(std::size_t begin, std::size_t end) {
    bool gone = false;
    for (std::size_t at = begin; at < end;) {
        const Group group = next_group(at, end);
        at = group.end;
        const policy::Indicator& of = indicator(events_[group.begin]);
        if (!of.ends_household && of.cancels.empty()) continue;
        for (std::size_t i = group.begin; i < group.end; ++i) {
            const Event& event = events_[i];
            if (event.told == 0 || is_taken_back(event) || !has_sources(sources_of(group, event), of))
                continue;
            for (const int other : of.cancels) {
                out_.cancelled.push_back(
                    PersonIndicator{event.person, static_cast<std::uint16_t>(other)}.packed());
            }
            const bool ends =
                of.ends_household && (event.grade == match::Grade::exact || !rules().natural_exit_exact_only);
            if (ends) out_.ends.push_back(static_cast<std::uint32_t>(i));
            gone = gone || ends;
        }
    }
    if (gone) out_.gone.push_back(roster_.household_of(events_[begin].person));
}

bool PersonFold::is_eligible(const Group& group, const Event& event) const {
    if (event.told == 0 || event.date < first_day_) return false;
    if (!has_sources(sources_of(group, event), indicator(event))) return false;
    if (!event.scored) return !is_taken_back(event);
    // A key that has scored scores again only where the pack lets it and, its warning closed, it is told
    // anew.
    return !rules().scored_once && event.told_again && (event.taken < event.told || !rules().retraction);
}

// Of the open warning that it joined; 0: of none.
std::uint32_t PersonFold::household_of_open(const Event& event) const {
    if (event.warning == 0) return 0;
    const auto found = open_.find(event.warning);
    return found == open_.end() ? 0 : found->second;
}

void PersonFold::score(const Group& group) {
    // What happens once in a life is used up by having scored, and by having happened before the window: a
    // cremation after the baseline is no second death.
    bool once_scored = false;
    for (std::size_t i = group.begin; i < group.end; ++i) {
        const Event& event = events_[i];
        const bool before_window = event.told != 0 && event.date < first_day_ && !is_taken_back(event);
        once_scored = once_scored || event.scored || before_window;
    }
    for (std::size_t i = group.begin; i < group.end; ++i) {
        Event& event = events_[i];
        if (const std::uint32_t open = household_of_open(event); open != 0) {
            const bool before = std::exchange(event.taken_back, is_taken_back(event));
            const bool now = event.taken_back && !before;
            out_.taken_back += now ? 1 : 0;
            out_.active.push_back({open, event.date, static_cast<std::uint32_t>(i), now});
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
        ++out_.scored;
        out_.active.push_back({household, event.date, static_cast<std::uint32_t>(i), true});
    }
}

}  // namespace doudi::monitor
