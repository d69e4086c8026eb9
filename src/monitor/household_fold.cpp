// SPDX-License-Identifier: Apache-2.0
#include "monitor/household_fold.h"

#include <algorithm>
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

void HouseholdFold::run(std::vector<ActiveEvent> active, const std::unordered_set<std::uint32_t>& exited,
                        const std::unordered_set<std::uint64_t>& cancelled) {
    exited_ = &exited;
    cancelled_ = &cancelled;
    // Events stand by person, indicator, date, key: within a day their places give that order.
    std::ranges::sort(active, {},
                      [](const ActiveEvent& one) { return std::tuple(one.household, one.date, one.event); });
    auto open = before_.open.begin();
    for (std::size_t at = 0; at < active.size() || open != before_.open.end();) {
        const std::uint32_t next_open = open == before_.open.end() ? UINT32_MAX : open->household;
        const std::uint32_t household =
            at < active.size() ? std::min(active[at].household, next_open) : next_open;
        std::size_t end = at;
        while (end < active.size() && active[end].household == household) ++end;
        const Warning* warning = next_open == household ? &*open++ : nullptr;
        fold_household(household, {active.data() + at, end - at}, warning);
        at = end;
    }
}

HouseholdFold::Tally HouseholdFold::tally(std::span<const ActiveEvent> active) {
    Tally sum;
    states_.assign(active.size(), EventState::counted);
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < active.size(); ++i) {
        const Event& event = result_.events[active[i].event];
        const policy::Indicator& indicator = policy_.pack.indicators[event.indicator];
        if (event.taken_back) {
            states_[i] = EventState::taken_back;
        } else if (cancelled_->contains(PersonIndicator{event.person, event.indicator}.packed())) {
            states_[i] = EventState::cancelled;
        }
        for (std::size_t j = 0; j < i && states_[i] == EventState::counted; ++j) {
            const bool beyond = states_[j] == EventState::counted &&
                                same_count(indicator, event, result_.events[active[j].event]);
            if (beyond) states_[i] = EventState::beyond_count;
        }
        if (states_[i] != EventState::counted) continue;
        sum.score += indicator.points;
        names.push_back(indicator.id);
    }
    std::ranges::sort(names);
    for (const std::string_view name : names) {
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

Warning HouseholdFold::reckon(Warning warning, const Tally& sum) {
    const int old_level = warning.level;
    warning.score = sum.score;
    warning.indicators = sum.indicators;
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
    const Tally sum = tally(active);
    const bool exits = exited_->contains(household);
    const bool counts_nothing =
        std::ranges::none_of(states_, [](EventState state) { return state == EventState::counted; });
    if (open == nullptr) {
        Warning fresh;
        fresh.household = household;
        fresh.issued_on = input_.as_of.date;
        if (exits || counts_nothing) return;
        fresh = reckon(std::move(fresh), sum);
        if (fresh.level < 0 || is_suppressed(fresh)) return;
        fresh.id = next_warning_++;
        ++result_.warnings_opened;
        result_.open.push_back(fresh);
        record(fresh, active);
        return;
    }
    Warning after = *open;
    const bool closes = exits || (counts_nothing && policy_.pack.monitoring.close_when_all_taken_back);
    if (closes) {
        after.state = WarningState::closed;
        after.closed_on = input_.as_of.date;
        after.closed_why = exits ? ClosedWhy::natural_exit : ClosedWhy::taken_back;
        ++result_.warnings_closed;
    } else {
        after = reckon(std::move(after), sum);
        result_.open.push_back(after);
    }
    if (after != *open || std::ranges::any_of(active, &ActiveEvent::changed)) record(after, active);
}

void HouseholdFold::record(const Warning& warning, std::span<const ActiveEvent> active) {
    WarningChange change;
    change.warning = warning;
    change.first_event = static_cast<std::uint32_t>(result_.warning_events.size());
    change.event_count = static_cast<std::uint32_t>(active.size());
    for (std::size_t i = 0; i < active.size(); ++i) {
        // An event keeps the warning that it joined also where that is carried on under another one: if the
        // case behind it is taken back, it is the event of its own household's warning again.
        std::uint32_t& joined = result_.events[active[i].event].warning;
        if (joined == 0) joined = warning.id;
        result_.warning_events.push_back({active[i].event, states_[i]});
    }
    result_.changes.push_back(std::move(change));
}

}  // namespace doudi::monitor
