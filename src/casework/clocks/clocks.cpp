// SPDX-License-Identifier: Apache-2.0
#include "casework/clocks/clocks.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/result.h"

namespace doudi::casework {

namespace {

using policy::ClockRule;
using policy::ClockTerm;
using policy::PauseRule;
using policy::ReminderRule;

bool names(const std::vector<std::string>& ids, std::string_view id) {
    return std::ranges::find(ids, id) != ids.end();
}

bool applies(const ReminderRule& rule, std::string_view clock) {
    return rule.clocks.empty() || names(rule.clocks, clock);
}

using Marks = std::span<const Mark>;

// About the same of several, or one of them about the case.
bool is_about(const Mark& mark, const Mark& start) {
    return start.subject.empty() || mark.subject.empty() || mark.subject == start.subject;
}

// Between an end over which a clock goes on and the mark with which it does.
struct Gap {
    const Mark* ended;
    const Mark* again;
};

// One running of one clock.
class Run {
  public:
    Run(const ClockQuestion& question, const ClockRule& rule, const Mark& start)
        : question_(question), rule_(rule), start_(start) {
        reading_.rule = &rule;
        reading_.cite = rule.cite;
        reading_.is_internal = rule.internal;
        reading_.subject = start.subject;
        reading_.started_on = start.day;
    }

    ClockReading read(Marks after, std::optional<Date> replaced_on, std::vector<Gap> gaps) {
        gaps_ = std::move(gaps);
        find_end(after, replaced_on.has_value());
        if (!reading_.ended_on && replaced_on) {
            reading_.ended_on = replaced_on;
            reading_.state = ClockState::replaced;
        }
        const bool is_settled = rule_.of.empty() || rule_.before_category || !question_.track.empty();
        const std::optional<int> count = is_settled ? figure() : std::nullopt;
        if (!count) {
            reading_.waits_for = is_settled ? missing() : std::string("category");
            if (reading_.state != ClockState::replaced) reading_.state = ClockState::unset;
            return std::move(reading_);
        }
        gather_pauses(after);
        count_down(*count);
        if (reading_.state != ClockState::replaced) settle();
        return std::move(reading_);
    }

  private:
    // What was replaced does not end with the case.
    void find_end(Marks after, bool is_replaced) {
        const Marks rest = gaps_.empty()
                               ? after
                               : after.subspan(static_cast<std::size_t>(gaps_.back().again - after.data()));
        const auto end = std::ranges::find_if(
            rest, [&](const Mark& mark) { return names(rule_.until, mark.id) && is_about(mark, start_); });
        if (end != rest.end()) {
            reading_.ended_on = end->day;
        } else if (!is_replaced && !rule_.only_tells() && question_.closed_on &&
                   *question_.closed_on <= question_.today) {
            reading_.ended_on = question_.closed_on;
        }
    }

    std::optional<int> figure() {
        term_ = rule_.term;
        if (term_.kind == ClockTerm::Kind::by_benefit) {
            const auto own = question_.track.empty() || !question_.figures.benefit_term
                                 ? std::nullopt
                                 : question_.figures.benefit_term(question_.track);
            if (!own) return std::nullopt;
            term_ = own->term;
            reading_.cite = own->cite;
        }
        const ClockTerm& term = term_;
        if (term.kind == ClockTerm::Kind::by_level) return days_of_level();
        if (term.kind == ClockTerm::Kind::told_day) {
            // Told for the day itself, it is due that day.
            if (start_.told_day) return std::max(0, *start_.told_day - start_.day);
            term_.kind = ClockTerm::Kind::working_days;
            return term.count == 0 && term.parameter.empty() ? std::nullopt : figure_of(term);
        }
        return figure_of(term);
    }
    std::optional<int> days_of_level() {
        if (!question_.figures.level_term) return std::nullopt;
        LevelTerm level = question_.figures.level_term(start_.level, reading_.started_on);
        target_ = std::move(level.parameter);
        reading_.is_internal |= !target_.empty();
        return level.days;
    }
    // Which word settles it.
    std::string missing() const {
        switch (rule_.term.kind) {
            case ClockTerm::Kind::by_benefit:
                return "benefit";
            case ClockTerm::Kind::by_level:
                return target_.empty() ? "level" : "param." + target_;
            case ClockTerm::Kind::told_day:
                return rule_.term.parameter.empty() ? "due_on" : "param." + rule_.term.parameter;
            default:
                return "param." + rule_.term.parameter;
        }
    }

    std::optional<int> figure_of(const ClockTerm& term) const {
        if (term.parameter.empty()) return term.count;
        return question_.figures.parameter(term.parameter, reading_.started_on);
    }

    // The day up to which the marks are looked at.
    Date horizon() const { return reading_.ended_on.value_or(question_.today); }

    void gather_pauses(Marks after) {
        for (const PauseRule& pause : question_.procedures.pauses) {
            if (names(pause.clocks, rule_.id)) gather_pause(pause, after);
        }
        std::ranges::sort(reading_.pauses, {}, &PauseReading::from);
    }

    void gather_pause(const PauseRule& rule, Marks after) {
        std::optional<Date> since;
        for (const Mark& mark : after) {
            if (mark.day > horizon()) continue;
            if (!since && mark.id == rule.from) since = mark.day;
            if (since && names(rule.until, mark.id)) {
                add_pause(rule, *since, mark.day);
                since.reset();
            }
        }
        if (since) add_pause(rule, *since, std::nullopt);
    }

    void add_pause(const PauseRule& rule, Date from, std::optional<Date> to) {
        PauseReading pause{&rule, from, to, false};
        const std::optional<Date> last = last_day_of(pause);
        if (last && to.value_or(question_.today) > *last) {
            pause.to = last;
            pause.cut = true;
        }
        reading_.pauses.push_back(pause);
    }

    // None: it ends by its mark alone.
    std::optional<Date> last_day_of(const PauseReading& pause) const {
        const std::optional<ClockTerm>& most = pause.rule->most;
        const std::optional<int> count = most ? figure_of(*most) : std::nullopt;
        if (!count) return std::nullopt;
        return day_after(most->kind, pause.from, *count).date;
    }

    DueDate day_after(ClockTerm::Kind kind, Date start, int count) const {
        switch (kind) {
            case ClockTerm::Kind::told_day:
                return {start + count, false};
            case ClockTerm::Kind::natural_days:
                return question_.calendar.due_after_natural_days(start, count);
            case ClockTerm::Kind::months:
                return question_.calendar.due_after_natural_days(start.plus_months(count) - 1, 1);
            case ClockTerm::Kind::month_starts: {
                const Date later = start.plus_months(count);
                const int day = static_cast<int>(static_cast<unsigned>(later.ymd().day()));
                return {later - day + 1, false};
            }
            default:
                return question_.calendar.due_after_working_days(start, count);
        }
    }

    // Whole days of the clock's kind in (from, to].
    int days_between(Date from, Date to) const {
        if (to <= from) return 0;
        if (term_.kind == ClockTerm::Kind::working_days || term_.kind == ClockTerm::Kind::by_level)
            return question_.calendar.working_days_between(from, to);
        return to - from;
    }

    // Days that do not count, from the first to the last of them. No last: a pause that lasts, `most` at
    // most.
    struct Still {
        Date from;
        std::optional<Date> to;
        std::optional<Date> most;
    };
    // Of a gap those alone on which nothing lay: it began again the day after, no day is won.
    std::vector<Still> stills() const {
        std::vector<Still> all;
        for (const PauseReading& pause : reading_.pauses)
            all.push_back({pause.from, pause.to, last_day_of(pause)});
        for (const Gap& gap : gaps_) {
            const Still days{gap.ended->day + 1, gap.again->day - 1, std::nullopt};
            if (days.from <= *days.to) all.push_back(days);
        }
        std::ranges::sort(all, {}, &Still::from);
        return all;
    }

    // Pause by pause: what was left when it began is left when it ends.
    void count_down(int count) {
        ClockTerm::Kind kind = term_.kind;
        Date from = reading_.started_on;
        int left = count;
        std::optional<DueDate> due = day_after(kind, from, left);
        for (const Still& still : stills()) {
            if (still.from > due->date) break;            // what is over cannot stand still
            if (still.to && *still.to <= from) continue;  // within an earlier one
            if (kind == ClockTerm::Kind::months ||
                kind == ClockTerm::Kind::month_starts) {  // months go on as the days that they are
                left = due->date - from;
                kind = ClockTerm::Kind::natural_days;
            }
            if (still.from > from) left = std::max(1, left - days_between(from, still.from - 1));
            if (!still.to) {
                reading_.state = reading_.state == ClockState::replaced ? reading_.state : ClockState::paused;
                if (still.most) reading_.latest = day_after(kind, *still.most, left).date;
                return;
            }
            from = *still.to;
            due = day_after(kind, from, left);
        }
        reading_.due = due->date;
        reading_.provisional = due->provisional;
    }

    void settle() {
        if (reading_.ended_on) {
            const bool late = reading_.due && *reading_.ended_on > *reading_.due;
            reading_.state = late ? ClockState::missed : ClockState::met;
            return;
        }
        if (!reading_.due) return;  // paused
        const Date due = *reading_.due;
        reading_.working_days_left = question_.calendar.working_days_between(question_.today, due);
        if (rule_.only_tells()) {
            if (question_.today > due) reading_.state = ClockState::passed;
        } else if (question_.today > due) {
            reading_.state = ClockState::overdue;
            reading_.climbed_to =
                climbed_to(question_.procedures, question_.calendar, rule_.id, due, question_.today);
        } else if (question_.today == due) {
            reading_.state = ClockState::due;
        } else if (is_near()) {
            reading_.state = ClockState::nearly_due;
        }
    }

    bool is_near() const {
        return std::ranges::any_of(question_.procedures.reminders, [&](const ReminderRule& rule) {
            return applies(rule, rule_.id) && reading_.working_days_left <= rule.days;
        });
    }

    const ClockQuestion& question_;
    const ClockRule& rule_;
    const Mark& start_;
    ClockTerm term_;      // the rule's, or the benefit's own
    std::string target_;  // the figure by which the level goes
    std::vector<Gap> gaps_;
    ClockReading reading_;
};

// Of another category or benefit there is none; while that is not settled, each waits for it.
bool is_of(const ClockRule& rule, std::string_view track) {
    return rule.of.empty() || track.empty() || names(rule.of, track);
}

// The clock that may take the place of this one. Null: none does.
const ClockRule* successor_of(const ClockQuestion& question, const ClockRule& rule) {
    const auto& all = question.procedures.clocks;
    const auto found = std::ranges::find_if(all, [&](const ClockRule& other) {
        return other.instead_of == rule.id && is_of(other, question.track);
    });
    return found == all.end() ? nullptr : &*found;
}

bool begins_anew(const ClockRule& rule, const Mark& first, const Mark& later) {
    return later.id == rule.from && !rule.each && rule.goes_on.empty() && later.subject == first.subject;
}

// Over which ends a clock goes on that `marks[start]` began. Whatever begins nothing anew is noted in `part`,
// by its place. An end that another person left is one, whoever begins it after that.
std::vector<Gap> gaps_of(const ClockRule& rule, Marks marks, std::size_t start, std::set<std::size_t>& part) {
    std::vector<Gap> gaps;
    if (rule.goes_on.empty()) return gaps;
    std::set<access::UserId> began{marks[start].by, access::UserId()};
    const Mark* ended = nullptr;
    for (std::size_t i = start + 1; i < marks.size(); ++i) {
        const Mark& mark = marks[i];
        if (!is_about(mark, marks[start])) continue;
        if (ended == nullptr && names(rule.until, mark.id)) ended = &mark;
        if (mark.id != rule.from) continue;
        if (ended != nullptr) {
            if (!names(rule.goes_on, ended->id) || !began.contains(ended->by)) break;
            gaps.push_back({ended, &mark});
            ended = nullptr;
        }
        began.insert(mark.by);
        part.insert(i);
    }
    return gaps;
}

}  // namespace

std::vector<ClockReading> read_clocks(const ClockQuestion& question, Marks marks) {
    std::vector<ClockReading> readings;
    for (const ClockRule& rule : question.procedures.clocks) {
        if (!is_of(rule, question.track)) continue;
        const ClockRule* successor = successor_of(question, rule);
        const auto leaves = [&](const Mark& mark, std::string_view id) {
            return mark.id == id && mark.day <= question.today;
        };
        std::set<std::size_t> part;  // of a run that an earlier mark began
        for (std::size_t i = 0; i < marks.size(); ++i) {
            if (marks[i].id != rule.from || marks[i].day > question.today || part.contains(i)) continue;
            const Marks after = marks.subspan(i + 1);
            const auto again = std::ranges::find_if(after, [&](const Mark& later) {
                return begins_anew(rule, marks[i], later) ||
                       (successor != nullptr && leaves(later, successor->only_after));
            });
            const auto replaced_on = again == after.end() ? std::nullopt : std::optional(again->day);
            const Marks own(after.begin(), again);
            const bool waits = !rule.only_after.empty() && std::ranges::none_of(own, [&](const Mark& mark) {
                return leaves(mark, rule.only_after);
            });
            if (waits) continue;
            readings.push_back(
                Run(question, rule, marks[i]).read(own, replaced_on, gaps_of(rule, marks, i, part)));
        }
    }
    return readings;
}

std::string climbed_to(const policy::Procedures& procedures, const WorkingCalendar& calendar,
                       std::string_view clock, Date due, Date today) {
    std::string level;
    if (today <= due) return level;
    const int late = calendar.working_days_between(due, today);
    int furthest = -1;
    for (const ReminderRule& rule : procedures.escalations) {
        if (!applies(rule, clock) || late < rule.days || rule.days < furthest) continue;
        furthest = rule.days;
        level = rule.to;
    }
    return level;
}

std::optional<DueSpan> told_span(const policy::Procedures& procedures, const WorkingCalendar& calendar,
                                 std::string_view level, Date today) {
    // Whoever is told of a clock this late is told of all that are later.
    int latest = 0;
    for (const ReminderRule& rule : procedures.escalations) latest = std::max(latest, rule.days);
    std::optional<DueSpan> span;
    for (Date due = today - 1;; due = due - 1) {
        const bool is_told = climbed_to(procedures, calendar, {}, due, today) == level;
        if (is_told && !span) span = DueSpan{std::nullopt, due};
        if (span && !is_told) {
            span->from = due + 1;
            return span;
        }
        if (calendar.working_days_between(due, today) > latest) return span;
    }
}

std::string_view name_of(ClockState state) {
    static constexpr std::array<std::string_view, 10> names{
        "running", "nearly_due", "due", "overdue", "paused", "met", "missed", "unset", "replaced", "passed"};
    return names[static_cast<std::size_t>(state)];
}

}  // namespace doudi::casework
