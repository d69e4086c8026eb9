// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/course.h"

#include <algorithm>

#include "casework/payments/payroll_repository.h"

namespace doudi::casework {

namespace {

// Of a confirmation of this platform; its payment begins the month after.
constexpr std::string_view granted_mark = "granted";

// Of a sum that cannot be read nobody knows that it is nothing.
bool pays(const PayPoint& point) {
    return point.standing == PaymentStanding::paid && point.amount != Money();
}

// need_sums() has said what cannot be read.
Money sum_of(const PayPoint& point) {
    return point.standing == PaymentStanding::paid ? point.amount.value_or(Money()) : Money();
}

}  // namespace

Result<PaidByLists> closed_lists_of(Desk& desk, const CaseHead& head) {
    PaidByLists lists = TRY(repository::select_paid_by_lists(desk.shelf, head.id));
    for (const Payroll& one : TRY(repository::select_payrolls(desk.shelf)))
        if (desk.units.within(head.unit, one.unit, one.as_of)) lists.try_emplace(one.month.first(), Money());
    return lists;
}

Date asked_as_of(std::span<const CaseEvent> events, Date on) {
    Date last = on;
    for (const CaseEvent& event : events) last = std::max(last, event.on);
    return last;
}

Course::Course(std::span<const CaseEvent> events, Date until, const PaidByLists& lists)
    : events_(events), until_(until), lists_(lists) {
    for (const CaseEvent& event : events) {
        if (event.on > until) continue;
        told_.push_back(event);
        if (granted_ == nullptr && leaves(event, granted_mark)) granted_ = &event;
        if (begun_ == nullptr && leaves(event, begun_mark)) begun_ = &event;
    }
    course_ = paid_course(told_);
}

std::optional<Date> Course::first() const {
    if (granted_ != nullptr) return granted_->on;
    return begun_ == nullptr ? std::nullopt : std::optional(begun_->on);
}

std::optional<Date> Course::begins() const {
    std::optional<Date> begins;
    bool has_ended = true;
    for (const PaidFrom& one : course_) {
        if (has_ended && !one.ends) begins = one.from;
        has_ended = one.ends;
    }
    if (begins || granted_ == nullptr) return begins;
    return Month::of(granted_->on).last() + 1;
}

// What is set on its first day; where nothing was by then, what is set first.
const PaidFrom* Course::set_for(Month month) const {
    const PaidFrom* set = paid_on(course_, month.first());
    return set == nullptr && !course_.empty() ? &course_.front() : set;
}

std::string Course::category(Month month) const {
    if (const PaidFrom* set = set_for(month)) return set->category;
    return told_.empty() ? std::string() : first_of(told_.front().fields, track_field);
}

// What is set or ended in the course of a month holds from the next.
std::set<Month> Course::changes() const {
    std::set<Month> months;
    for (const PaidFrom& one : course_) months.insert({Month::of(one.from), Month::of(one.from).after()});
    return months;
}

Result<void> Course::need_sums(CaseId of) const {
    for (const CaseEvent& event : told_) {
        const std::string text = first_of(event.fields, amount_field);
        const bool is_set = leaves(event, amount_mark) && !text.empty();
        if (is_set || leaves(event, granted_mark)) TRY_VOID(sum_kept(of, event, amount_field, text));
    }
    return {};
}

// As of the first and the last day of the month, and of those between on which anything was done.
std::vector<PayPoint> Course::points(Month month) const {
    const Date last = std::min(month.last(), until_);
    std::set<Date> days{month.first(), last};
    for (const CaseEvent& event : told_)
        if (event.on > month.first() && event.on < last) days.insert(event.on);
    std::vector<PayPoint> points;
    for (const Date day : days) points.push_back(pay_point(events_, month, day));
    return points;
}

Course::Paid Course::paid(Month month) const {
    const std::vector<PayPoint> all = points(month);
    Paid paid{sum_of(all.front()), sum_of(all.front())};
    for (const PayPoint& point : all) {
        paid.least = std::min(paid.least, sum_of(point));
        paid.most = std::max(paid.most, sum_of(point));
    }
    return paid;
}

// No list of so late a month is closed: its own may be, also the first of its office.
bool Course::is_to_come(Month month) const {
    return lists_.empty() || lists_.rbegin()->first < month.first();
}

std::optional<Money> Course::settled(Month month) const {
    if (const auto list = lists_.find(month.first()); list != lists_.end()) return list->second;
    if (month >= Month::of(until_)) {
        const PaidFrom* set = paid_on(course_, month.first());
        if (set == nullptr || !set->ends) return std::nullopt;
        return Money();  // nor does a list to come, if the end is undone
    }
    // An end of an earlier day takes nothing back of a month that was paid by then.
    if (!is_to_come(month)) return paid(month).least;
    // Its list is told by its last day, whenever it is closed.
    return sum_of(pay_point(events_, month, month.last()));
}

Money Course::due(Month month) const {
    const PaidFrom* set = unended(paid_on(course_, month.first()));
    const bool begins = !course_.empty() && course_.front().from <= month.last();
    if (set == nullptr && begins) set = &course_.front();
    if (set != nullptr) return set->amount.value_or(Money());  // none: it ends; need_sums() said the rest
    if (granted_ == nullptr || month.first() <= granted_->on) return {};
    return sum_told(first_of(granted_->fields, amount_field)).value_or(Money());
}

Result<Money> Course::paid_back(CaseId of) const {
    Money sum;
    for (const CaseEvent& event : told_) {
        if (!leaves(event, back_mark)) continue;
        const std::string text = first_of(event.fields, amount_field);
        sum = TRY(sum.plus(TRY(sum_kept(of, event, amount_field, text))));
    }
    return sum;
}

Result<Course::Earlier> Course::earlier(CaseId of, std::string_view since) const {
    Earlier earlier{first().value_or(until_), {}, {}};
    if (begun_ != nullptr) {
        const std::string text = first_of(begun_->fields, amount_field);
        earlier.monthly = TRY(sum_kept(of, *begun_, amount_field, text));
    }
    for (const CaseEvent& event : told_)
        if (const auto day = Date::parse_iso(first_of(event.fields, since))) earlier.since = day;
    return earlier;
}

Result<std::vector<Course::OpenMonth>> Course::open_months(CaseId of, std::string_view since) const {
    std::vector<OpenMonth> months;
    const Date from = first().value_or(until_ + 1);
    const Month begun = Month::of(from);
    const Earlier before = is_carried() ? TRY(earlier(of, since)) : Earlier{};
    if (before.since && begun_ != nullptr) {
        for (Month month = Month::of(*before.since); month < begun; month = month.after())
            if (month.first() > *before.since) months.push_back({month, before.monthly, true});
        // What a list here paid of the month in which it was begun, or may pay yet, nobody owes again.
        const bool is_split = begun.first() < from && begun.first() > *before.since;
        const auto paid = is_split ? settled(begun) : std::nullopt;
        if (paid) months.push_back({begun, std::max(TRY(before.monthly.minus(*paid)), Money()), true});
    }
    for (Month month = begun; month <= Month::of(until_); month = month.after()) {
        const auto paid = settled(month);
        if (!paid || (is_carried() && month.first() < from)) continue;
        months.push_back({month, std::max(TRY(due(month).minus(*paid)), Money()), false});
    }
    return months;
}

bool Course::takes(Month month) const {
    if (const auto list = lists_.find(month.first()); list != lists_.end()) return list->second != Money();
    if (month >= Month::of(until_)) return pays(pay_point(events_, month, until_));
    if (!is_to_come(month)) return std::ranges::any_of(points(month), pays);
    return pays(pay_point(events_, month, month.last()));
}

bool Course::ends_after(Month month) const {
    return !course_.empty() && course_.back().ends && course_.back().from > month.last();
}

// An end that was undone: what it is paid again is owed of the months between.
const PaidFrom* Course::unended(const PaidFrom* set) const {
    if (set == nullptr || !set->ends) return set;
    for (const PaidFrom& later : course_) {
        if (later.from <= set->from || later.ends) continue;
        const auto event = std::ranges::find(told_, later.event, &CaseEvent::number);
        if (event != told_.end() && leaves(*event, resumed_mark)) return &later;
    }
    return set;
}

bool Course::is_surely_paid(Month month) const {
    if (const auto list = lists_.find(month.first()); list != lists_.end()) return list->second != Money();
    if (!is_to_come(month)) return std::ranges::all_of(points(month), pays);
    return pays(pay_point(events_, month, month.last()));
}

std::optional<Month> Course::paid_last() const {
    std::optional<Month> last;
    for (const auto& [first, sum] : lists_)
        if (sum != Money()) last = Month::of(first);
    if (told_.empty()) return last;
    const Month opened = Month::of(told_.front().on);
    for (Month month = Month::of(until_).before(); month >= opened; month = month.before()) {
        if (last && month <= *last) break;
        if (is_surely_paid(month)) return month;
    }
    return last;
}

}  // namespace doudi::casework
