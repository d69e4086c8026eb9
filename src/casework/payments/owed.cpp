// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/owed.h"

#include <fmt/format.h>

#include <algorithm>

#include "casework/payments/payroll_repository.h"

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
            if (!begun_ && leaves(event, begun_mark)) begun_ = &event;
        }
        course_ = paid_course(told_);
    }

    // It was decided before this platform.
    [[nodiscard]] bool is_carried() const { return granted_ == nullptr; }

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
        if (granted_ == nullptr || month.first() <= granted_->on) return {};
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

    // The day from which its months are counted; none: it was carried over and has not begun here.
    [[nodiscard]] std::optional<Date> first() const {
        if (granted_ != nullptr) return granted_->on;
        return begun_ == nullptr ? std::nullopt : std::optional(begun_->on);
    }

    // What nobody knows of it; until a day, if it has not begun here at all.
    [[nodiscard]] Result<PaidBounds::Earlier> earlier(CaseId of, std::string_view since) const {
        PaidBounds::Earlier earlier{first().value_or(until_), {}, {}};
        if (begun_ != nullptr) {
            const std::string text = first_of(begun_->fields, amount_field);
            earlier.monthly = TRY(sum_kept(of, *begun_, amount_field, text));
        }
        for (const CaseEvent& event : told_)
            if (const auto day = Date::parse_iso(first_of(event.fields, since))) earlier.since = day;
        return earlier;
    }

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
    const CaseEvent* begun_ = nullptr;
};

// The months after that day and before that one.
std::int64_t months_between(Date after, Month before) {
    std::int64_t months = 0;
    for (Month month = before.before(); month.first() > after; month = month.before()) ++months;
    return months;
}

Text bounded_by(policy::Within within) {
    switch (within) {
        case policy::Within::paid:
            return {"已发放", "has been paid"};
        case policy::Within::taken:
            return {"已支出且尚未退回", "was taken and has not come back"};
        case policy::Within::owed:
            break;
    }
    return {"应发未发且清册不再发放", "was owed, not paid, and is on no list to come"};
}

MoveFault too_much(const MoveQuestion& question, const std::string& field, policy::Within within,
                   Money most) {
    const Text title = question.law.procedures.title_of_field(field);
    const Text what = bounded_by(within);
    return {
        field,
        "field_too_much",
        {fmt::format("“{}”超过本件办理记录能够查明的{}金额（{} 元）", title.zh, what.zh, most.yuan_text()),
         fmt::format("'{}' is more than what {}, as far as the steps of this case tell ({} yuan)", title.en,
                     what.en, most.yuan_text())}};
}

// How much it may be in all, where that is known.
Text in_all(const PaidBounds::Earlier& earlier, std::optional<Money> most) {
    if (!most) return {};
    return {fmt::format("，合计不超过 {} 元（{} 决定，自次月起按每月 {} 元计）", most->yuan_text(),
                        earlier.since->iso(), earlier.monthly.yuan_text()),
            fmt::format(", no more than {} yuan in all (decided on {}, {} yuan a month from the month after)",
                        most->yuan_text(), earlier.since->iso(), earlier.monthly.yuan_text())};
}

// One sum of a payment that was carried over, beyond what is known of it.
struct Beyond {
    std::string field;
    policy::Within within;
    Money known;
    PaidBounds::Earlier earlier;

    [[nodiscard]] std::optional<Money> most() const {
        return within == policy::Within::paid ? earlier.paid : earlier.owed;
    }
};

// `most`: of the time before, too.
MoveFault beyond_all(const MoveQuestion& question, const Beyond& sum, Money most) {
    const Text title = question.law.procedures.title_of_field(sum.field);
    const Text what = bounded_by(sum.within);
    const std::string since = sum.earlier.since->iso();
    const std::string monthly = sum.earlier.monthly.yuan_text();
    return {sum.field,
            "field_too_much",
            {fmt::format("“{}”超过自 {} 决定以来{}的金额：本平台启用前后合计最多 {} 元（自决定次月起按每月 "
                         "{} 元计）。通过其他途径发放或追回的，不在本件登记",
                         title.zh, since, what.zh, most.yuan_text(), monthly),
             fmt::format("'{}' is more than it can be: since the decision of {} no more than {} yuan {}, "
                         "on this platform and before it (at {} yuan a month from the month after). "
                         "What was paid or asked back by other means is not recorded in this case",
                         title.en, since, most.yuan_text(), what.en, monthly)}};
}

// What is not known here is said to be so, and what has to be shown.
MoveFault before_unknown(const MoveQuestion& question, const policy::Move& move, const Beyond& sum) {
    const std::string& paper = move.before->shown_by;
    const bool takes = std::ranges::find(move.may, paper) != move.may.end() ||
                       std::ranges::find(move.needs, paper) != move.needs.end();
    const Text title = question.law.procedures.title_of_field(sum.field);
    const Text shown = question.law.procedures.title_of_field(paper);
    const Text what = bounded_by(sum.within);
    const Text most = in_all(sum.earlier, sum.most());
    const std::string day = sum.earlier.begun.iso();
    return {takes ? paper : sum.field,
            "before_unknown",
            {fmt::format("“{}”超过自 {} 在本平台发放以来{}金额（{} "
                         "元）。此前不由本平台发放，应发、已发多少这里不掌握：属于"
                         "此前的，请填写“{}”{}",
                         title.zh, day, what.zh, sum.known.yuan_text(), shown.zh, most.zh),
             fmt::format(
                 "'{}' is more than what {} since {}, when it was begun on this platform ({} yuan). What was "
                 "due or paid before is not known here: if it is of that time, tell '{}'{}",
                 title.en, what.en, day, sum.known.yuan_text(), shown.en, most.en)}};
}

// As it is told with the move, or was with the proposal that it answers.
bool is_shown(const MoveQuestion& question, const policy::Move& move, const Fields& told) {
    const std::string& paper = move.before->shown_by;
    const CaseState& state = question.state;
    const Fields* of = &told;
    int newest = 0;
    for (const std::string& id : move.answers) {
        const auto made = state.made_at.find(id);
        const auto before = state.told.find(id);
        if (made == state.made_at.end() || before == state.told.end() || made->second <= newest) continue;
        newest = made->second;
        of = &before->second;
    }
    return !first_of(*of, paper).empty();
}

std::optional<MoveFault> check_sum(const MoveQuestion& question, const policy::Move& move, const Fields& told,
                                   Money sum, const Beyond& bound) {
    const auto most = bound.most();
    if (sum <= bound.known) return std::nullopt;
    if (most && sum > *most) return beyond_all(question, bound, *most);
    if (is_shown(question, move, told)) return std::nullopt;
    return before_unknown(question, move, bound);
}

MoveFault before_unpaid(const MoveQuestion& question, const std::string& field, const FirstEnd& first) {
    const Text title = question.law.procedures.title_of_field(field);
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

Result<PaidBounds> paid_bounds(CaseId of, std::span<const CaseEvent> events, Date until,
                               const PaidByLists& lists, std::string_view since) {
    const Course course(events, until, lists);
    TRY_VOID(course.need_sums(of));
    PaidBounds bounds;
    Money owed;
    const Date first = course.first().value_or(until + 1);
    for (Month month = Month::of(first); month <= Month::of(until); month = Month::of(month.last() + 1)) {
        bounds.paid = TRY(bounds.paid.plus(course.paid(month).most));
        const auto settled = course.settled(month);
        if (!settled || (course.is_carried() && month.first() < first)) continue;
        const Money open = TRY(course.due(month).minus(*settled));
        owed = TRY(owed.plus(std::max(open, Money())));
    }
    const Money back = TRY(course.paid_back(of));
    bounds.paid = TRY(bounds.paid.plus(back));
    bounds.owed = std::max(TRY(owed.minus(back)), Money());
    if (!course.is_carried()) return bounds;
    PaidBounds::Earlier earlier = TRY(course.earlier(of, since));
    if (earlier.since) {
        const Month begun = Month::of(earlier.begun);
        const bool is_split = begun.first() < earlier.begun && begun.first() > *earlier.since;
        const std::int64_t months = months_between(*earlier.since, begun);
        earlier.paid = TRY(bounds.paid.plus(TRY(earlier.monthly.times(months))));
        owed = TRY(owed.plus(TRY(earlier.monthly.times(months))));
        // What a list here paid of the month in which it was begun, or may pay yet, nobody owes again.
        const auto settled = is_split ? course.settled(begun) : std::nullopt;
        if (settled) owed = TRY(owed.plus(std::max(TRY(earlier.monthly.minus(*settled)), Money())));
        earlier.owed = std::max(TRY(owed.minus(back)), Money());
    }
    bounds.earlier = earlier;
    return bounds;
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
    const PaidBounds bounds = TRY(
        paid_bounds(payment.head.id, payment.events, until, lists, move.before ? move.before->since : ""));
    for (const auto& [field, within] : move.within) {
        const auto sum = sum_told(first_of(request.fields, field));
        if (!sum) continue;
        const bool is_taken = within == policy::Within::taken;
        const Money known = is_taken ? TRY(taken(question.machine, payment.head.id, payment.events))
                            : within == policy::Within::paid ? bounds.paid
                                                             : bounds.owed;
        if (!is_taken && bounds.earlier && move.before) {
            const Beyond bound{field, within, known, *bounds.earlier};
            if (auto fault = check_sum(question, move, request.fields, *sum, bound))
                faults.push_back(*std::move(fault));
        } else if (*sum > known) {
            faults.push_back(too_much(question, field, within, known));
        }
    }
    return faults;
}

}  // namespace doudi::casework
