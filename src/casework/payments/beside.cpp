// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/beside.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "casework/payments/decision_number.h"
#include "casework/payments/served_repository.h"

namespace doudi::casework {

namespace {

using repository::CaseRow;

// Of the machine, about whom the head is about; its own case left out.
Result<std::vector<CaseRow>> others_of(Desk& desk, const MoveQuestion& question, const CaseHead& head) {
    std::vector<CaseRow> rows;
    if (!head.household) return rows;
    rows = TRY(repository::select_cases_of(desk.shelf, *head.household));
    std::erase_if(rows, [&](const CaseRow& row) {
        return row.head.machine != question.machine.id || row.head.id == head.id ||
               !may_be_one(head.person, row.head.person);
    });
    return rows;
}

std::string since_of(const policy::Machine& machine) {
    for (const policy::Move& move : machine.moves)
        if (move.before) return move.before->since;
    return {};
}

// The first month from that one on which none of them takes; none: none of the next years.
std::optional<Date> free_from(const Beside& others, Month month, std::string_view category) {
    constexpr int looked_ahead = 24;
    for (int n = 0; n < looked_ahead; ++n, month = month.after())
        if (!others.paid_by(month, category)) return month.first();
    return std::nullopt;
}

MoveFault paid_beside(const policy::Machine& machine, const CaseEvent& made, Month month, CaseId by,
                      const std::optional<Date>& free) {
    const policy::Move* move = machine.move(made.move);
    const Text title = move == nullptr ? Text{made.move, made.move} : move->title;
    const Text then = free ? Text{fmt::format("“{}”最早自 {} 起", title.zh, free->iso()),
                                  fmt::format("'{}' is open from {} on", title.en, free->iso())}
                           : Text{fmt::format("请先办结第 {} 号的停发", by.value()),
                                  fmt::format("case {} has to be ended first", by.value())};
    const bool is_told = !first_of(made.fields, from_field).empty();
    return {is_told ? std::string(from_field) : "on",
            "paid_beside",
            {fmt::format("{} 由第 {} 号发放，同一户同一类别一个月只发一次；{}", month.text(), by.value(),
                         then.zh),
             fmt::format("{} is paid by case {}: a household is paid a month once for a category; {}",
                         month.text(), by.value(), then.en)}};
}

// Not of one that was carried over by mistake and ended before it began: nothing was paid by it.
bool was_begun(std::span<const CaseEvent> events) {
    return std::ranges::any_of(events, [](const CaseEvent& event) { return leaves(event, begun_mark); });
}

MoveFault decision_served(const policy::Move& move, const CaseRow& by, const std::string& number) {
    const auto of = by.head.id.value();
    return {move.served_once,
            "decision_served",
            {fmt::format("文号“{}”已在第 {} 号用于本户这一类别，一份决定只转入一次；要恢复发放的，在第 {} "
                         "号下提出异议（{}）",
                         number, of, of, move.cite.text()),
             fmt::format("'{}' has served this household for this category in case {}: a decision is taken "
                         "over once; to be paid again, an objection is filed below that case ({})",
                         number, of, move.cite.text())}};
}

MoveFault decision_shared(const MoveQuestion& question, const policy::Move& move, CaseId by,
                          const std::string& number) {
    const policy::FieldRule* field = question.law.procedures.field(move.shared_by);
    const Text title = field == nullptr ? Text{move.shared_by, move.shared_by} : field->title;
    return {move.shared_by,
            "decision_shared",
            {fmt::format("文号“{}”已用于另一户（第 {} 号）：请核对文号；确为一份文件批复多户的，请填写“{}”",
                         number, by.value(), title.zh),
             fmt::format("'{}' was told for another household (case {}): check the number, or, if one paper "
                         "names several, tell '{}'",
                         number, by.value(), title.en)}};
}

}  // namespace

bool is_one_or_other(const policy::Law& law, std::string_view one, std::string_view other) {
    const auto& group = law.exclusive_order.categories;
    const auto has = [&](std::string_view id) { return std::ranges::find(group, id) != group.end(); };
    return one == other || (has(one) && has(other));
}

bool may_be_one(const std::optional<PersonId>& one, const std::optional<PersonId>& other) {
    return !one || !other || *one == *other;
}

Result<Beside> Beside::of(Desk& desk, const MoveQuestion& question, const PaidEvents& payment, Date until) {
    Beside beside;
    beside.law_ = &question.law;
    const auto add = [&](const CaseHead& head,
                         std::vector<CaseEvent> events) -> Result<std::unique_ptr<Other>> {
        const Date last = asked_as_of(events, until);
        return std::make_unique<Other>(head, std::move(events), TRY(closed_lists_of(desk, head)), last);
    };
    for (const CaseRow& row : TRY(others_of(desk, question, payment.head)))
        beside.others_.push_back(TRY(add(row.head, TRY(repository::select_events(desk.shelf, row.head)))));
    if (beside.is_empty()) return beside;
    beside.self_ = TRY(add(payment.head, {payment.events.begin(), payment.events.end()}));
    for (const auto& other : beside.others_)
        TRY_VOID(beside.read_back_pay(*other, since_of(question.machine)));
    return beside;
}

std::set<Month> Beside::changes() const {
    std::set<Month> months;
    for (const auto& other : others_) months.merge(other->course().changes());
    return months;
}

bool Beside::is_taken_beside(const Other& other, Month month, std::string_view category) const {
    const auto takes = [&](const std::unique_ptr<Other>& one) {
        if (one.get() == &other) return false;
        const Course course = one->course();
        return is_one_or_other(*law_, category, course.category(month)) &&
               (one->paid_back.contains(month) || course.takes(month));
    };
    return takes(self_) || std::ranges::any_of(others_, takes);
}

Result<void> Beside::read_back_pay(Other& other, std::string_view since) const {
    const Course course = other.course();
    Money left = TRY(course.paid_back(other.head.id));
    if (left == Money()) return {};
    for (const Course::OpenMonth& one : TRY(course.open_months(other.head.id, since))) {
        if (left <= Money()) break;
        if (one.open == Money() || is_taken_beside(other, one.month, course.category(one.month))) continue;
        other.paid_back.insert(one.month);
        left = TRY(left.minus(one.open));
    }
    other.unplaced = std::max(left, Money());
    return {};
}

Result<Money> Beside::unplaced(std::string_view category) const {
    Money sum;
    for (const auto& other : others_) {
        const std::string own = other->course().category(Month::of(other->until));
        if (is_one_or_other(*law_, category, own)) sum = TRY(sum.plus(other->unplaced));
    }
    return sum;
}

std::optional<CaseId> Beside::paid_by(Month month, std::string_view category) const {
    for (const auto& other : others_) {
        const Course course = other->course();
        if (!is_one_or_other(*law_, category, course.category(month))) continue;
        if (course.takes(month) || other->paid_back.contains(month)) return other->head.id;
    }
    return std::nullopt;
}

bool sets_pay(const policy::Move& move) {
    static constexpr std::array sets{begun_mark, resumed_mark, amount_mark};
    return std::ranges::any_of(
        sets, [&](std::string_view mark) { return std::ranges::find(move.marks, mark) != move.marks.end(); });
}

Result<std::vector<MoveFault>> check_paid_once(Desk& desk, const MoveQuestion& question,
                                               const PaidEvents& payment, const CaseEvent& made) {
    std::vector<MoveFault> faults;
    TRY_VOID(repository::hold_openings(desk.shelf));  // two that begin at once each see the other
    const Date until = asked_as_of(payment.events, made.on);
    const Beside others = TRY(Beside::of(desk, question, payment, until));
    if (others.is_empty()) return faults;
    const PaidByLists lists = TRY(closed_lists_of(desk, payment.head));
    std::vector<CaseEvent> with(payment.events.begin(), payment.events.end());
    with.push_back(made);
    const Course before(payment.events, until, lists);
    const Course after(with, until, lists);
    std::set<Month> months = others.changes();
    months.merge(after.changes());
    months.insert(Month::of(made.on));
    for (const Month month : months) {
        if (month < Month::of(made.on) || !after.takes(month)) continue;
        const std::string category = after.category(month);
        const auto by = others.paid_by(month, category);
        if (!by || (before.takes(month) && before.category(month) == category)) continue;
        faults.push_back(paid_beside(question.machine, made, month, *by, free_from(others, month, category)));
        break;
    }
    return faults;
}

bool settles_pay(const policy::Machine& machine, const policy::Move& move) {
    return std::ranges::find(move.marks, settled_mark) != move.marks.end() &&
           std::ranges::any_of(machine.moves, sets_pay);
}

// What a list of this month pays yet is paid, though the case is closed.
std::vector<MoveFault> check_settled(const policy::Move& move, const PaidEvents& payment, Date on) {
    const Date until = asked_as_of(payment.events, on);
    const PaidByLists none;
    const Course course(payment.events, until, none);
    Month last = Month::of(until);
    while (course.takes(last.after()) && course.ends_after(last)) last = last.after();
    if (last == Month::of(until)) return {};
    return {{"on",
             "still_paid",
             {fmt::format("发放至 {}，{} 起方可“{}”", last.text(), last.first().iso(), move.title.zh),
              fmt::format("it is paid to {}: '{}' is open from {} on", last.text(), move.title.en,
                          last.first().iso())}}};
}

Result<std::vector<MoveFault>> check_served_once(Desk& desk, const MoveQuestion& question,
                                                 const policy::Move& move, const CaseHead& head,
                                                 const MoveRequest& request) {
    std::vector<MoveFault> faults;
    const std::string number = first_of(request.fields, move.served_once);
    if (number.empty()) return faults;
    std::string category = first_of(request.fields, track_field);
    if (category.empty()) category = question.state.track;
    for (const CaseRow& row : TRY(others_of(desk, question, head))) {
        if (!is_one_or_other(question.law, category, row.now.track)) continue;
        const auto events = TRY(repository::select_events(desk.shelf, row.head));
        const CaseState state = fold(events);
        const bool goes_on = !row.now.is_closed && last_of(state, ended_mark, resumed_mark) != ended_mark;
        if (goes_on || !was_begun(events)) continue;  // beside one that goes on none is opened at all
        if (!is_one_number(number, first_of(state.fields, move.served_once))) continue;
        faults.push_back(decision_served(move, row, number));
        break;
    }
    if (move.shared_by.empty() || !head.household) return faults;
    if (first_of(request.fields, move.shared_by) == "true") return faults;
    TRY_VOID(repository::hold_openings(desk.shelf));  // two that are told at once each see the other
    const auto elsewhere =
        TRY(repository::select_served_elsewhere(desk.shelf, digest_of_number(number), *head.household));
    if (elsewhere) faults.push_back(decision_shared(question, move, *elsewhere, number));
    return faults;
}

}  // namespace doudi::casework
