// SPDX-License-Identifier: Apache-2.0
// Whether a move may have the day that it is told: among the days of the case, and by its clocks.
#include <fmt/format.h>

#include <algorithm>

#include "casework/moves/move_check.h"

namespace doudi::casework {

namespace {

void fault_before_last(MoveCheck& check) {
    const Text& title = check.move.title;
    const std::string last = check.question.state.last_on.iso();
    check.add(
        "on", "on_before_last",
        {fmt::format("日期早于上一步（{}），“{}”不能补录在其前", last, title.zh),
         fmt::format("the day lies before the last step ({}): '{}' is not entered late", last, title.en)});
}

// A step of the law has the day of the one that it follows, what the program is told that of whoever told it.
void check_order(MoveCheck& check, Date on) {
    const CaseState& state = check.question.state;
    const bool is_told = !check.question.by_law && check.actor.user != UserId();
    if (!is_told || state.events == 0 || on < state.first_on || on >= state.last_on) return;
    const auto& late_after = check.move.late_after;
    if (!late_after) {
        fault_before_last(check);
        return;
    }
    const auto before = std::ranges::find_if(
        state.marks, [&](const Mark& mark) { return names(*late_after, mark.id) && on < mark.day; });
    if (before == state.marks.end()) return;
    const Text& title = check.move.title;
    check.add("on", "on_before_mark",
              {fmt::format("“{}”须在{}之后：此前的情况不能说明其后的事项", title.zh, before->day.iso()),
               fmt::format("'{}' answers what came on {}: it does not lie before it", title.en,
                           before->day.iso())});
}

void fault_waits(MoveCheck& check, const ClockReading& clock) {
    const Text& title = clock.rule->title;
    const Text waits = check.title_of(clock.waits_for);
    const bool is_field = check.question.law.procedures.field(clock.waits_for) != nullptr;
    check.add(
        is_field ? std::string_view(clock.waits_for) : std::string_view(), "move_clock_unset",
        {fmt::format("“{}”的时限尚不确定（待定：{}），不能“{}”", title.zh, waits.zh, check.move.title.zh),
         fmt::format("'{}' is not known yet (it waits for: {}): '{}' is not open", title.en, waits.en,
                     check.move.title.en)});
}

// Ended, it may have no day of its own: it stood still then.
void fault_too_late(MoveCheck& check, const ClockReading& clock) {
    const Text& title = clock.rule->title;
    const Date day = clock.ended_on ? *clock.ended_on : *clock.due;
    check.add("on", "move_too_late",
              {fmt::format("“{}”已于{}{}，不能再“{}”", title.zh, day.iso(), clock.ended_on ? "办结" : "届满",
                           check.move.title.zh),
               fmt::format("'{}' {} {}: '{}' comes before that", title.en,
                           clock.ended_on ? "has ended on" : "ran to", day.iso(), check.move.title.en)});
}

// What has never begun to run has not run out.
void fault_no_clock(MoveCheck& check, const std::vector<std::string>& clocks) {
    const policy::ClockRule* clock = check.question.law.procedures.clock(clocks.front());
    const Text title = clock == nullptr ? check.move.title : clock->title;
    check.add(
        "on", "move_no_clock",
        {fmt::format("“{}”一类的时限没有起算（政策包未写明该类别的时限，或应先办的一步没有办理），不能“{}”",
                     title.zh, check.move.title.zh),
         fmt::format("no clock such as '{}' has begun (the pack states none for this category, or the step "
                     "before was not made): '{}' is not open",
                     title.en, check.move.title.en)});
}

// Its last day belongs to it: what follows comes the day after. A clock to the first of a month tells the day
// on which it may begin.
void check_run_out(MoveCheck& check, const ClockReading& clock, Date on) {
    const bool tells_first = clock.rule->term.kind == policy::ClockTerm::Kind::month_starts;
    if (clock.due && (tells_first ? on >= *clock.due : on > *clock.due)) return;
    const Text& title = clock.rule->title;
    const Text& own = check.move.title;
    if (clock.due) {
        check.add("on", "move_too_early",
                  {fmt::format("“{}”至{}届满，次日起方可“{}”", title.zh, clock.due->iso(), own.zh),
                   fmt::format("'{}' runs to {}: '{}' comes after it", title.en, clock.due->iso(), own.en)});
    } else {
        check.add("on", "move_clock_open",
                  {fmt::format("“{}”尚未届满，不能“{}”", title.zh, own.zh),
                   fmt::format("'{}' has not run out: '{}' is not open", title.en, own.en)});
    }
}

void check_not_before(MoveCheck& check, Date on) {
    const std::vector<std::string>& rules = check.move.not_before;
    bool is_begun = rules.empty();
    for (const ClockReading& clock : check.question.clocks) {
        if (!names(rules, clock.rule->id)) continue;
        is_begun = true;
        if (!clock.ended_on) check_run_out(check, clock, on);
    }
    if (!is_begun) fault_no_clock(check, rules);
}

// One of them runs still on that day, or stands still. Of one that waits for a word it is not known.
void check_not_after(MoveCheck& check, Date on) {
    const std::vector<std::string>& rules = check.move.not_after;
    if (rules.empty()) return;
    const ClockReading* last = nullptr;
    for (const ClockReading& clock : check.question.clocks) {
        const bool counts = clock.state != ClockState::replaced;
        if (counts && names(rules, clock.rule->id)) last = &clock;
    }
    if (last == nullptr) {
        fault_no_clock(check, rules);
    } else if (last->state == ClockState::unset) {
        fault_waits(check, *last);
    } else if (last->ended_on || (last->due && on > *last->due)) {
        fault_too_late(check, *last);
    }
}

}  // namespace

void check_day(MoveCheck& check, Date on) {
    const CaseState& state = check.question.state;
    if (on > check.question.today)
        check.add("on", "on_future", {"日期不能晚于今天", "the day lies after today"});
    if (state.events > 0 && on < state.first_on)
        check.add("on", "on_before_case", {"日期早于发起之日", "the day lies before the case was opened"});
    check_order(check, on);
}

void check_clocks(MoveCheck& check, Date on) {
    check_not_before(check, on);
    check_not_after(check, on);
}

}  // namespace doudi::casework
