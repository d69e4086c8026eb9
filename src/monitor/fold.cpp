// SPDX-License-Identifier: Apache-2.0
#include "monitor/fold.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "monitor/household_fold.h"
#include "monitor/in_two.h"
#include "monitor/merge.h"
#include "monitor/person_fold.h"

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

class Folder {
  public:
    Folder(const policy::Policy& policy, const match::Roster& roster, Memory before, const CycleInput& input)
        : policy_(policy), roster_(roster), before_(std::move(before)), input_(input) {}

    CycleResult run(std::vector<Occurrence>& occurrences) {
        result_.events = merge_events(policy_, std::move(before_.events), occurrences, input_);
        occurrences = {};  // the memory is wanted for what comes of them
        open_.reserve(before_.open.size());
        for (const Warning& warning : before_.open) open_.emplace(warning.id, warning.household);
        for (const CarriedWarning& one : before_.carried) carry(one);
        PersonsFolded persons = fold_persons();
        result_.events_scored = persons.scored;
        result_.events_taken_back = persons.taken_back;
        note_exits(persons);
        fold_households(persons.active, {persons.cancelled.begin(), persons.cancelled.end()});
        for (Event& event : result_.events) event.told_again = false;
        return std::move(result_);
    }

  private:
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

    PersonsFolded fold_persons() {
        std::vector<Event>& events = result_.events;
        const std::size_t half =
            events.empty() ? 0 : start_of_person(events, events[events.size() / 2].person);
        PersonsFolded lower;
        PersonsFolded upper;
        const auto fold = [&](std::size_t begin, std::size_t end) {
            return PersonFold(policy_, roster_, input_, open_, events).run(begin, end);
        };
        in_two(events.size(), [&] { lower = fold(0, half); }, [&] { upper = fold(half, events.size()); });
        lower.append(upper);
        return lower;
    }

    void note_exits(const PersonsFolded& persons) {
        if (!policy_.pack.monitoring.natural_exit) return;
        exited_.insert(before_.exits.begin(), before_.exits.end());
        const auto sizes = roster_.household_sizes();
        std::vector<std::uint32_t> gone(sizes.size());
        for (const std::uint32_t household : persons.gone) ++gone[household];
        for (std::uint32_t household = 1; household < sizes.size(); ++household) {
            if (sizes[household] == 0 || gone[household] < sizes[household]) continue;
            if (exited_.insert(household).second) result_.new_exits.push_back(household);
        }
        std::ranges::copy_if(persons.ends, std::back_inserter(result_.exit_events), [&](std::uint32_t event) {
            return std::ranges::binary_search(result_.new_exits,
                                              roster_.household_of(result_.events[event].person));
        });
    }

    // By household, in two halves.
    void fold_households(std::vector<ActiveEvent>& active,
                         const std::unordered_set<std::uint64_t>& cancelled) {
        const auto middle = static_cast<std::uint32_t>(roster_.household_sizes().size() / 2);
        const auto is_below = [middle](const ActiveEvent& one) { return one.household < middle; };
        const auto above = std::ranges::partition(active, is_below).begin();
        const auto open_above = std::ranges::lower_bound(before_.open, middle, {}, &Warning::household);
        HouseholdFold lower(policy_, before_, input_, result_.events, exited_, cancelled);
        HouseholdFold upper(policy_, before_, input_, result_.events, exited_, cancelled);
        const std::size_t most = active.size() + before_.open.size();
        lower.reserve(most, active.size());
        upper.reserve(most, active.size());
        in_two(
            most, [&] { lower.run({active.begin(), above}, {before_.open.begin(), open_above}); },
            [&] { upper.run({above, active.end()}, {open_above, before_.open.end()}); });
        HouseholdsFolded folded = lower.take();
        folded.append(upper.take(), before_.last_warning, result_.events);
        result_.changes = std::move(folded.changes);
        result_.warning_events = std::move(folded.warning_events);
        result_.open = std::move(folded.open);
        result_.warnings_opened = folded.opened;
        result_.warnings_closed = folded.closed;
    }

    const policy::Policy& policy_;
    const match::Roster& roster_;
    Memory before_;
    const CycleInput& input_;
    CycleResult result_;
    OpenWarnings open_;
    std::unordered_set<std::uint32_t> exited_;
};

}  // namespace

CycleResult fold(const policy::Policy& policy, const match::Roster& roster, Memory before,
                 std::vector<Occurrence>& occurrences, const CycleInput& input) {
    sort_occurrences(occurrences, input);
    return Folder(policy, roster, std::move(before), input).run(occurrences);
}

}  // namespace doudi::monitor
