// SPDX-License-Identifier: Apache-2.0
#include "monitor/household_fold.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace doudi::monitor {

namespace {

// What counts once: the event itself, the person's events of an indicator, or the household's.
bool same_count(const policy::Indicator& indicator, const Event& left, const Event& right) {
    if (left.indicator != right.indicator) return false;
    switch (indicator.count) {
        case policy::CountPer::event:
            return false;
        case policy::CountPer::person_once:
            return left.person == right.person;
        case policy::CountPer::household_once:
            break;
    }
    return true;
}

}  // namespace

bool wants_regions(const policy::Pack& pack) {
    const auto goes_by_place = [&pack](const policy::Level& level) {
        if (level.working_days || level.target < 0) return false;
        const policy::Parameter* target = &pack.law.parameters[static_cast<std::size_t>(level.target)];
        if (!target->slice_of.empty())
            target = &pack.law.parameters[static_cast<std::size_t>(pack.law.parameter_of(target->slice_of))];
        return std::ranges::any_of(target->values,
                                   [](const policy::ParameterValue& value) { return !value.region.empty(); });
    };
    return std::ranges::any_of(pack.levels, goes_by_place);
}

void HouseholdsFolded::append(HouseholdsFolded more, std::uint32_t last_warning, std::vector<Event>& events) {
    const auto shift = static_cast<std::uint32_t>(opened);
    const auto events_before = static_cast<std::uint32_t>(warning_events.size());
    for (WarningChange& change : more.changes) {
        const std::uint32_t given = change.warning.id;
        if (given > last_warning) {
            change.warning.id += shift;
            for (std::uint32_t i = 0; i < change.event_count; ++i) {
                Event& event = events[more.warning_events[change.first_event + i].event];
                if (event.warning == given) event.warning = change.warning.id;
            }
        }
        change.first_event += events_before;
    }
    for (Warning& warning : more.open) warning.id += warning.id > last_warning ? shift : 0;
    std::ranges::move(more.changes, std::back_inserter(changes));
    std::ranges::move(more.warning_events, std::back_inserter(warning_events));
    std::ranges::move(more.open, std::back_inserter(open));
    opened += more.opened;
    closed += more.closed;
}

void HouseholdFold::reserve(std::size_t households, std::size_t events) {
    out_.open.reserve(households);
    out_.changes.reserve(households);
    out_.warning_events.reserve(events);
}

void HouseholdFold::run(std::span<ActiveEvent> active, std::span<const Warning> open_before) {
    // Events stand by person, indicator, date, key: within a day their places give that order.
    std::ranges::sort(active, {},
                      [](const ActiveEvent& one) { return std::tuple(one.household, one.date, one.event); });
    auto open = open_before.begin();
    for (std::size_t at = 0; at < active.size() || open != open_before.end();) {
        const std::uint32_t next_open = open == open_before.end() ? UINT32_MAX : open->household;
        const std::uint32_t household =
            at < active.size() ? std::min(active[at].household, next_open) : next_open;
        std::size_t end = at;
        while (end < active.size() && active[end].household == household) ++end;
        const Warning* warning = next_open == household ? &*open++ : nullptr;
        fold_household(household, active.subspan(at, end - at), warning);
        at = end;
    }
}

HouseholdFold::Tally HouseholdFold::tally(std::span<const ActiveEvent> active) {
    Tally sum;
    states_.assign(active.size(), EventState::counted);
    names_.clear();
    for (std::size_t i = 0; i < active.size(); ++i) {
        const Event& event = events_[active[i].event];
        const policy::Indicator& indicator = policy_.pack.indicators[event.indicator];
        if (event.taken_back) {
            states_[i] = EventState::taken_back;
        } else if (cancelled_.contains(PersonIndicator{event.person, event.indicator}.packed())) {
            states_[i] = EventState::cancelled;
        }
        for (std::size_t j = 0; j < i && states_[i] == EventState::counted; ++j) {
            const bool beyond =
                states_[j] == EventState::counted && same_count(indicator, event, events_[active[j].event]);
            if (beyond) states_[i] = EventState::beyond_count;
        }
        if (states_[i] != EventState::counted) continue;
        sum.score += indicator.points;
        names_.push_back(indicator.id);
    }
    std::ranges::sort(names_);
    for (const std::string_view name : names_) {
        if (!sum.indicators.empty()) sum.indicators += ';';
        sum.indicators += name;
    }
    return sum;
}

// The same day for every warning with so many days: counted out once.
DueDate HouseholdFold::due_after(int working_days) {
    const auto known = due_after_.find(working_days);
    if (known != due_after_.end()) return known->second;
    return due_after_
        .emplace(working_days, policy_.calendar.due_after_working_days(input_.as_of.date, working_days))
        .first->second;
}

std::optional<int> HouseholdFold::days_of(const Warning& warning) const {
    if (warning.level < 0) return std::nullopt;
    const policy::Level& level = policy_.pack.levels[static_cast<std::size_t>(warning.level)];
    const std::string_view region =
        warning.household < input_.regions.size() ? input_.regions[warning.household] : std::string_view();
    return policy_.pack.term_of(level, region, input_.as_of.date).working_days;
}

void HouseholdFold::set_due(Warning& warning, int old_level) {
    const auto& rules = policy_.pack.monitoring;
    const std::optional<int> days = days_of(warning);
    if (!days) {
        warning.due.reset();
        return;
    }
    const bool rises = old_level < 0 || warning.level < old_level;  // the highest level stands first
    if (warning.due && !rises && (warning.level == old_level || rules.fall_keeps_due)) return;
    const DueDate due = due_after(*days);
    const bool keeps_earlier =
        rises && warning.due && !rules.rise_may_postpone_due && warning.due->date <= due.date;
    if (!keeps_earlier) warning.due = due;
}

Warning HouseholdFold::reckon(Warning warning, Tally sum) {
    const int old_level = warning.level;
    warning.score = sum.score;
    warning.indicators = std::move(sum.indicators);
    const policy::Level* level = policy_.pack.level_of(sum.score);
    warning.level = level == nullptr ? -1 : static_cast<int>(level - policy_.pack.levels.data());
    // Open, and little or nothing left to count: at the lowest level there is.
    if (warning.id != 0 && warning.level < 0)
        warning.level = static_cast<int>(policy_.pack.levels.size()) - 1;
    set_due(warning, old_level);
    return warning;
}

bool HouseholdFold::is_suppressed(const Warning& fresh) const {
    const int days = policy_.pack.monitoring.suppress_days_after_close;
    if (days == 0) return false;
    const auto closed =
        std::ranges::lower_bound(before_.closed, fresh.household, {}, &ClosedWarning::household);
    if (closed == before_.closed.end() || closed->household != fresh.household) return false;
    const bool higher = closed->level < 0 || fresh.level < closed->level;
    return input_.as_of.date - closed->closed_on <= days && closed->indicators == fresh.indicators && !higher;
}

void HouseholdFold::fold_household(std::uint32_t household, std::span<const ActiveEvent> active,
                                   const Warning* open) {
    Tally sum = tally(active);
    const bool exits = exited_.contains(household);
    const bool counts_nothing =
        std::ranges::none_of(states_, [](EventState state) { return state == EventState::counted; });
    if (open == nullptr) {
        Warning fresh;
        fresh.household = household;
        fresh.issued_on = input_.as_of.date;
        if (exits || counts_nothing) return;
        fresh = reckon(std::move(fresh), std::move(sum));
        if (fresh.level < 0 || is_suppressed(fresh)) return;
        fresh.id = next_warning_++;
        ++out_.opened;
        out_.open.push_back(fresh);
        record(fresh, active);
        return;
    }
    Warning after = *open;
    const bool closes = exits || (counts_nothing && policy_.pack.monitoring.close_when_all_taken_back);
    if (closes) {
        after.state = WarningState::closed;
        after.closed_on = input_.as_of.date;
        after.closed_why = exits ? ClosedWhy::natural_exit : ClosedWhy::taken_back;
        ++out_.closed;
    } else {
        after = reckon(std::move(after), std::move(sum));
        out_.open.push_back(after);
    }
    if (after != *open || std::ranges::any_of(active, &ActiveEvent::changed)) record(after, active);
}

void HouseholdFold::record(const Warning& warning, std::span<const ActiveEvent> active) {
    WarningChange change;
    change.warning = warning;
    change.first_event = static_cast<std::uint32_t>(out_.warning_events.size());
    change.event_count = static_cast<std::uint32_t>(active.size());
    for (std::size_t i = 0; i < active.size(); ++i) {
        // An event keeps the warning that it joined also where that is carried on under another one: if the
        // case behind it is taken back, it is the event of its own household's warning again.
        std::uint32_t& joined = events_[active[i].event].warning;
        if (joined == 0) joined = warning.id;
        out_.warning_events.push_back({active[i].event, states_[i]});
    }
    out_.changes.push_back(std::move(change));
}

}  // namespace doudi::monitor
