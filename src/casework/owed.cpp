// SPDX-License-Identifier: Apache-2.0
#include "casework/owed.h"

#include <fmt/format.h>

#include <algorithm>

#include "casework/payroll.h"

namespace doudi::casework {

namespace {

// Of a confirmation of this platform; its payment begins the month after.
constexpr std::string_view granted_mark = "granted";

bool leaves(const CaseEvent& event, std::string_view mark) {
    return std::ranges::find(event.marks, mark) != event.marks.end();
}

// What one payment says of its months.
class Course {
  public:
    Course(std::span<const CaseEvent> events, Date until) : events_(events), until_(until) {
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
            const Money now = point.standing == Standing::paid ? point.amount : Money();
            if (!paid) paid = Paid{now, now};
            paid->least = std::min(paid->least, now);
            paid->most = std::max(paid->most, now);
        }
        return *paid;
    }

    // As it is set now; before anything was set, as it was granted, from the month after.
    [[nodiscard]] Money due(Month month) const {
        const PaidFrom* set = paid_on(course_, month.first());
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

  private:
    std::span<const CaseEvent> events_;
    Date until_;
    std::vector<CaseEvent> told_;
    std::vector<PaidFrom> course_;
    const CaseEvent* granted_ = nullptr;
};

MoveFault too_much(const MoveQuestion& question, const std::string& field, policy::Within within,
                   Money most) {
    const policy::FieldRule* rule = question.law.procedures.field(field);
    const Text title = rule == nullptr ? Text{field, field} : rule->title;
    const Text what = within == policy::Within::paid ? Text{"已发放", "has been paid"}
                                                     : Text{"应发未发", "was owed and not paid"};
    return {
        field,
        "field_too_much",
        {fmt::format("“{}”超过本件办理记录能够查明的{}金额（{} 元）", title.zh, what.zh, most.yuan_text()),
         fmt::format("'{}' is more than what {}, as far as the steps of this payment tell ({} yuan)",
                     title.en, what.en, most.yuan_text())}};
}

}  // namespace

Result<std::optional<PaidBounds>> paid_bounds(CaseId of, std::span<const CaseEvent> events, Date until) {
    const Course course(events, until);
    if (!course.is_known()) return std::optional<PaidBounds>();
    TRY_VOID(course.need_sums(of));
    PaidBounds bounds;
    for (Month month = Month::of(course.first()); month <= Month::of(until);
         month = Month::of(month.last() + 1)) {
        const auto paid = course.paid(month);
        bounds.paid = TRY(bounds.paid.plus(paid.most));
        const Money open = TRY(course.due(month).minus(paid.least));
        bounds.owed = TRY(bounds.owed.plus(std::max(open, Money())));
    }
    const Money back = TRY(course.paid_back(of));
    bounds.paid = TRY(bounds.paid.plus(back));
    bounds.owed = std::max(TRY(bounds.owed.minus(back)), Money());
    return std::optional(bounds);
}

Result<std::vector<MoveFault>> check_within(repository::Shelf& shelf, const MoveQuestion& question,
                                            const policy::Move& move, const CaseHead& head,
                                            const MoveRequest& request) {
    std::vector<MoveFault> faults;
    if (move.within.empty()) return faults;
    const auto events = TRY(repository::select_events(shelf, head));
    const auto bounds = TRY(paid_bounds(head.id, events, request.on));
    if (!bounds) return faults;
    for (const auto& [field, within] : move.within) {
        const auto sum = sum_told(first_of(request.fields, field));
        const Money most = within == policy::Within::paid ? bounds->paid : bounds->owed;
        if (sum && *sum > most) faults.push_back(too_much(question, field, within, most));
    }
    return faults;
}

}  // namespace doudi::casework
