// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/owed.h"

#include <fmt/format.h>

#include <algorithm>

#include "casework/payments/beside.h"

namespace doudi::casework {

namespace {

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

// Of which months nothing is counted, as another payment was paid then.
Text paid_elsewhere(const PaidBounds& bounds, policy::Within within) {
    Text text;
    if (within != policy::Within::owed) return text;
    for (const auto& [by, sum] : bounds.beside) {
        text.zh += fmt::format("；另有 {} 元属于第 {} 号已发放的月份，一个月不重复发放", sum.yuan_text(),
                               by.value());
        text.en += fmt::format("; {} yuan more are of months that case {} was paid: no month is paid twice",
                               sum.yuan_text(), by.value());
    }
    return text;
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

}  // namespace

Result<PaidBounds> paid_bounds(CaseId of, std::span<const CaseEvent> events, Date until,
                               const PaidByLists& lists, std::string_view since, const PaidBeside& beside) {
    const Course course(events, until, lists);
    TRY_VOID(course.need_sums(of));
    PaidBounds bounds;
    const Date first = course.first().value_or(until + 1);
    for (Month month = Month::of(first); month <= Month::of(until); month = month.after())
        bounds.paid = TRY(bounds.paid.plus(course.paid(month).most));
    Money owed;
    Money in_all;
    for (const Course::OpenMonth& one : TRY(course.open_months(of, since))) {
        if (one.open == Money()) continue;
        const auto by = beside.by ? beside.by(one.month, course.category(one.month)) : std::nullopt;
        Money& sum = by ? bounds.beside[*by] : in_all;
        sum = TRY(sum.plus(one.open));
        if (!by && !one.is_earlier) owed = TRY(owed.plus(one.open));
    }
    const Money back = TRY(course.paid_back(of));
    const Money gone = TRY(back.plus(beside.unplaced));
    bounds.paid = TRY(bounds.paid.plus(back));
    bounds.owed = std::max(TRY(owed.minus(gone)), Money());
    if (!course.is_carried()) return bounds;
    const Course::Earlier before = TRY(course.earlier(of, since));
    bounds.earlier = PaidBounds::Earlier{before.begun, before.monthly, before.since};
    if (!before.since) return bounds;
    const std::int64_t months = months_between(*before.since, Month::of(before.begun));
    bounds.earlier->paid = TRY(bounds.paid.plus(TRY(before.monthly.times(months))));
    bounds.earlier->owed = std::max(TRY(in_all.minus(gone)), Money());
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
    const PaidByLists lists = TRY(closed_lists_of(desk, payment.head));
    // What was paid back since the day of a late step was paid, and what is one sum is not ordered twice.
    const Date until = asked_as_of(payment.events, request.on);
    const auto ends = Date::parse_iso(first_of(request.fields, move.first_unpaid));
    if (ends) {
        const FirstEnd first = first_end(payment.events, until, lists);
        if (*ends < first.day) faults.push_back(before_unpaid(question, move.first_unpaid, first));
    }
    if (move.within.empty()) return faults;
    TRY_VOID(repository::hold_openings(desk.shelf));  // of two that are paid back at once each sees the other
    const Beside others = TRY(Beside::of(desk, question, payment, until));
    const PaidBeside beside{
        [&](Month month, std::string_view category) { return others.paid_by(month, category); },
        TRY(others.unplaced(question.state.track))};
    const PaidBounds bounds = TRY(paid_bounds(payment.head.id, payment.events, until, lists,
                                              move.before ? move.before->since : "", beside));
    for (const auto& [field, within] : move.within) {
        const auto sum = sum_told(first_of(request.fields, field));
        if (!sum) continue;
        const bool is_taken = within == policy::Within::taken;
        const Money known = is_taken ? TRY(taken(question.machine, payment.head.id, payment.events))
                            : within == policy::Within::paid ? bounds.paid
                                                             : bounds.owed;
        std::optional<MoveFault> fault;
        if (!is_taken && bounds.earlier && move.before) {
            fault = check_sum(question, move, request.fields, *sum, {field, within, known, *bounds.earlier});
        } else if (*sum > known) {
            fault = too_much(question, field, within, known);
        }
        if (!fault) continue;
        const Text elsewhere = paid_elsewhere(bounds, within);
        fault->text.zh += elsewhere.zh;
        fault->text.en += elsewhere.en;
        faults.push_back(*std::move(fault));
    }
    return faults;
}

}  // namespace doudi::casework
