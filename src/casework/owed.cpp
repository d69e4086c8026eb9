// SPDX-License-Identifier: Apache-2.0
#include "casework/owed.h"

#include <fmt/format.h>

#include <algorithm>

#include "casework/payroll_repository.h"

namespace doudi::casework {

namespace {

// Of a confirmation of this platform; its payment begins the month after.
constexpr std::string_view granted_mark = "granted";

// What one payment says of its months, and the lists of it.
class Course {
  public:
    Course(std::span<const CaseEvent> events, Date until, const PaidByLists& lists)
        : events_(events), until_(until), lists_(lists) {
        for (const CaseEvent& event : events) {
            if (event.on > until) continue;
            told_.push_back(event);
            if (!granted_ && leaves(event, granted_mark)) granted_ = &event;
        }
        course_ = paid_course(told_);
    }

    [[nodiscard]] bool is_known() const { return granted_ != nullptr; }

    // The least and the most that it was paid as of the days of the month on which anything changed.
    struct Paid {
        Money least, most;
    };
    [[nodiscard]] Paid paid(Month month) const {
        const Date last = std::min(month.last(), until_);
        std::vector<Date> days{month.first(), last};
        for (const CaseEvent& event : told_)
            if (event.on > month.first() && event.on < last) days.push_back(event.on);
        std::optional<Paid> paid;
        for (const Date day : days) {
            const PayPoint point = pay_point(events_, month, day);
            const Money now = point.standing == PaymentStanding::paid ? point.amount : Money();
            if (!paid) paid = Paid{now, now};
            paid->least = std::min(paid->least, now);
            paid->most = std::max(paid->most, now);
        }
        return *paid;
    }

    // Of which nothing more is paid but as back pay; none: a list may pay it yet.
    [[nodiscard]] std::optional<Money> settled(Month month) const {
        if (const auto list = lists_.find(month.first()); list != lists_.end()) return list->second;
        if (month >= Month::of(until_)) {
            const PaidFrom* set = paid_on(course_, month.first());
            if (set == nullptr || !set->ends) return std::nullopt;
            return Money();  // nor does a list to come, if the end is undone
        }
        // An end of an earlier day takes nothing back of a month that was paid by then.
        const bool is_listed = !lists_.empty() && lists_.rbegin()->first < month.first();
        if (!is_listed) return paid(month).least;
        // Its list is told by its last day, whenever it is closed.
        const PayPoint point = pay_point(events_, month, month.last());
        return point.standing == PaymentStanding::paid ? point.amount : Money();
    }

    // As it is set now; before anything was set, as it was granted, from the month after.
    [[nodiscard]] Money due(Month month) const {
        const PaidFrom* set = unended(paid_on(course_, month.first()));
        const bool begins = !course_.empty() && course_.front().from <= month.last();
        if (set == nullptr && begins) set = &course_.front();
        if (set != nullptr) return set->amount.value_or(Money());
        if (month.first() <= granted_->on) return {};
        return sum_told(first_of(granted_->fields, amount_field)).value_or(Money());
    }

    [[nodiscard]] Result<Money> paid_back(CaseId of) const {
        Money sum;
        for (const CaseEvent& event : told_) {
            if (!leaves(event, back_mark)) continue;
            const std::string text = first_of(event.fields, amount_field);
            sum = TRY(sum.plus(TRY(sum_kept(of, event, amount_field, text))));
        }
        return sum;
    }

    // A sum that was granted or set and cannot be read is not taken as nothing.
    [[nodiscard]] Result<void> need_sums(CaseId of) const {
        for (const CaseEvent& event : told_) {
            const std::string text = first_of(event.fields, amount_field);
            const bool is_set = leaves(event, amount_mark) && !text.empty();
            if (is_set || leaves(event, granted_mark)) TRY_VOID(sum_kept(of, event, amount_field, text));
        }
        return {};
    }

    [[nodiscard]] Date first() const { return granted_->on; }

    // When it begins; after an end that was undone, when it began again. None: nothing says so yet.
    [[nodiscard]] std::optional<Date> begins() const {
        std::optional<Date> begins;
        bool has_ended = true;
        for (const PaidFrom& one : course_) {
            if (has_ended && !one.ends) begins = one.from;
            has_ended = one.ends;
        }
        if (begins || !granted_) return begins;
        return Month::of(granted_->on).last() + 1;
    }

    // The last month that is surely paid, of those since it was opened.
    [[nodiscard]] std::optional<Month> paid_last() const {
        std::optional<Month> last;
        for (const auto& [first, sum] : lists_)
            if (sum != Money()) last = Month::of(first);
        if (told_.empty()) return last;
        const Month opened = Month::of(told_.front().on);
        for (Month month = Month::of(until_).before(); month >= opened; month = month.before()) {
            if (last && month <= *last) break;
            const auto sum = settled(month);
            if (sum && *sum != Money()) return month;
        }
        return last;
    }

  private:
    // An end that was undone: what it is paid again is owed of the months between.
    [[nodiscard]] const PaidFrom* unended(const PaidFrom* set) const {
        if (set == nullptr || !set->ends) return set;
        for (const PaidFrom& later : course_) {
            if (later.from <= set->from || later.ends) continue;
            const auto event = std::ranges::find(told_, later.event, &CaseEvent::number);
            if (event != told_.end() && leaves(*event, resumed_mark)) return &later;
        }
        return set;
    }

    std::span<const CaseEvent> events_;
    Date until_;
    const PaidByLists& lists_;
    std::vector<CaseEvent> told_;
    std::vector<PaidFrom> course_;
    const CaseEvent* granted_ = nullptr;
};

Text title_of(const MoveQuestion& question, const std::string& field) {
    const policy::FieldRule* rule = question.law.procedures.field(field);
    return rule == nullptr ? Text{field, field} : rule->title;
}

MoveFault too_much(const MoveQuestion& question, const std::string& field, policy::Within within,
                   Money most) {
    const Text title = title_of(question, field);
    const Text what = within == policy::Within::paid ? Text{"已发放", "has been paid"}
                      : within == policy::Within::taken
                          ? Text{"已支出且尚未退回", "was taken and has not come back"}
                          : Text{"应发未发且清册不再发放", "was owed, not paid, and is on no list to come"};
    return {
        field,
        "field_too_much",
        {fmt::format("“{}”超过本件办理记录能够查明的{}金额（{} 元）", title.zh, what.zh, most.yuan_text()),
         fmt::format("'{}' is more than what {}, as far as the steps of this case tell ({} yuan)", title.en,
                     what.en, most.yuan_text())}};
}

// None: it is not known.
Result<std::optional<Money>> bound_of(const policy::Machine& machine, const PaidEvents& payment,
                                      policy::Within within, const std::optional<PaidBounds>& bounds) {
    if (within == policy::Within::taken)
        return std::optional(TRY(taken(machine, payment.head.id, payment.events)));
    if (!bounds) return std::optional<Money>();
    return std::optional(within == policy::Within::paid ? bounds->paid : bounds->owed);
}

MoveFault before_unpaid(const MoveQuestion& question, const std::string& field, const FirstEnd& first) {
    const Text title = title_of(question, field);
    const Text why =
        first.paid
            ? Text{fmt::format("{} 已发放，已发放的按追回办理", Month::of(*first.paid).text()),
                   fmt::format("{} was paid: what was paid is asked back", Month::of(*first.paid).text())}
            : Text{"自该日起发放", "it is paid from then on"};
    return {field,
            "before_unpaid",
            {fmt::format("“{}”最早为 {}（{}）", title.zh, first.day.iso(), why.zh),
             fmt::format("'{}' is {} at the earliest ({})", title.en, first.day.iso(), why.en)}};
}

// Of the lists of its office, and of those above it.
Result<PaidByLists> lists_of(Desk& desk, const CaseHead& head) {
    PaidByLists lists = TRY(repository::select_paid_by_lists(desk.shelf, head.id));
    for (const Payroll& one : TRY(repository::select_payrolls(desk.shelf)))
        if (desk.units.within(head.unit, one.unit, one.as_of)) lists.try_emplace(one.month.first(), Money());
    return lists;
}

// A step that is entered late is asked as the payment stands when it is entered: what was paid back since its
// day was paid, and what is one sum is not ordered twice.
Date as_of(const PaidEvents& payment, Date on) {
    Date last = on;
    for (const CaseEvent& event : payment.events) last = std::max(last, event.on);
    return last;
}

}  // namespace

Result<std::optional<PaidBounds>> paid_bounds(CaseId of, std::span<const CaseEvent> events, Date until,
                                              const PaidByLists& lists) {
    const Course course(events, until, lists);
    if (!course.is_known()) return std::optional<PaidBounds>();
    TRY_VOID(course.need_sums(of));
    PaidBounds bounds;
    for (Month month = Month::of(course.first()); month <= Month::of(until);
         month = Month::of(month.last() + 1)) {
        bounds.paid = TRY(bounds.paid.plus(course.paid(month).most));
        const auto settled = course.settled(month);
        if (!settled) continue;
        const Money open = TRY(course.due(month).minus(*settled));
        bounds.owed = TRY(bounds.owed.plus(std::max(open, Money())));
    }
    const Money back = TRY(course.paid_back(of));
    bounds.paid = TRY(bounds.paid.plus(back));
    bounds.owed = std::max(TRY(bounds.owed.minus(back)), Money());
    return std::optional(bounds);
}

Result<Money> taken(const policy::Machine& machine, CaseId of, std::span<const CaseEvent> events) {
    Money out;
    for (const CaseEvent& event : events) {
        const policy::Move* move = machine.move(event.move);
        if (move == nullptr) continue;
        if (const std::string text = first_of(event.fields, move->takes); !text.empty())
            out = TRY(out.plus(TRY(sum_kept(of, event, move->takes, text))));
        for (const auto& [field, within] : move->within) {
            const std::string text = first_of(event.fields, field);
            if (within == policy::Within::taken && !text.empty())
                out = TRY(out.minus(TRY(sum_kept(of, event, field, text))));
        }
    }
    return std::max(out, Money());
}

FirstEnd first_end(std::span<const CaseEvent> events, Date on, const PaidByLists& lists) {
    const Course course(events, on, lists);
    FirstEnd first{course.begins().value_or(events.empty() ? on : events.front().on), std::nullopt};
    const auto paid = course.paid_last();
    if (!paid || paid->last() < first.day) return first;
    return {paid->last() + 1, paid->first()};
}

bool asks_paid(const policy::Move& move) {
    return !move.within.empty() || !move.first_unpaid.empty();
}

Result<std::vector<MoveFault>> check_paid(Desk& desk, const MoveQuestion& question, const policy::Move& move,
                                          const PaidEvents& payment, const MoveRequest& request) {
    std::vector<MoveFault> faults;
    const PaidByLists lists = TRY(lists_of(desk, payment.head));
    const Date until = as_of(payment, request.on);
    const auto ends = Date::parse_iso(first_of(request.fields, move.first_unpaid));
    if (ends) {
        const FirstEnd first = first_end(payment.events, until, lists);
        if (*ends < first.day) faults.push_back(before_unpaid(question, move.first_unpaid, first));
    }
    if (move.within.empty()) return faults;
    const auto bounds = TRY(paid_bounds(payment.head.id, payment.events, until, lists));
    for (const auto& [field, within] : move.within) {
        const auto sum = sum_told(first_of(request.fields, field));
        const auto most = TRY(bound_of(question.machine, payment, within, bounds));
        if (sum && most && *sum > *most) faults.push_back(too_much(question, field, within, *most));
    }
    return faults;
}

}  // namespace doudi::casework
