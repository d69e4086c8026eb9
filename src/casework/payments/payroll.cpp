// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/payroll.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "casework/payments/beside.h"
#include "casework/payments/payroll_accounts.h"
#include "casework/payments/payroll_repository.h"
#include "store/sha256.h"

namespace doudi::casework {

namespace {

bool leaves_one_of(const CaseEvent& event, std::span<const std::string_view> marks) {
    return std::ranges::any_of(marks, [&](std::string_view mark) { return leaves(event, mark); });
}

template <class Word, std::size_t size>
std::optional<Word> word_named(const std::array<std::string_view, size>& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Word>(found - names.begin());
}

constexpr std::array<std::string_view, 3> standings{"none", "paid", "held"};
constexpr std::array<std::string_view, 7> parts{"started", "gone",    "held", "resumed",
                                                "changed", "on_hold", "same"};

const CaseEvent* event_numbered(std::span<const CaseEvent> events, int number) {
    const auto found = std::ranges::find(events, number, &CaseEvent::number);
    return found == events.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Month> Month::parse(std::string_view text) {
    const auto first = Date::parse_iso(std::string(text) + "-01");
    if (!first) return std::nullopt;
    return of(*first);
}

Month Month::of(Date day) {
    const auto ymd = day.ymd();
    return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month()))};
}

std::string Month::text() const {
    return fmt::format("{:04}-{:02}", year, month);
}

Date Month::first() const {
    return Date::from_ymd(year, month, 1).value_or(Date());
}

Date Month::last() const {
    return first().plus_months(1) - 1;
}

Month Month::before() const {
    return of(first() - 1);
}

Month Month::after() const {
    return of(last() + 1);
}

std::string_view name_of(PaymentStanding standing) {
    return standings[static_cast<std::size_t>(standing)];
}

std::optional<PaymentStanding> standing_named(std::string_view name) {
    return word_named<PaymentStanding>(standings, name);
}

std::string_view name_of(PayrollPart part) {
    return parts[static_cast<std::size_t>(part)];
}

std::optional<PayrollPart> part_named(std::string_view name) {
    return word_named<PayrollPart>(parts, name);
}

Result<Money> PayrollLine::pays() const {
    return back_pay.plus(standing == PaymentStanding::paid ? amount : Money());
}

bool has_other_account(const PayrollLine& line) {
    return line.part != PayrollPart::gone && line.account && line.account_was &&
           *line.account != *line.account_was;
}

bool is_different(const PayrollLine& line) {
    return has_other_account(line) || !line.beside.empty() ||
           (line.part != PayrollPart::same && line.part != PayrollPart::on_hold) || line.back_pay != Money();
}

// A step to another state that neither pays nor holds stops the payment. That it has ended, or was settled
// after that, changes nothing of the months before its end: those are told by what was set.
PayPoint pay_point(std::span<const CaseEvent> events, Month month, Date until) {
    static constexpr std::array pays{begun_mark, resumed_mark};
    static constexpr std::array ends{ended_mark, settled_mark};
    PayPoint point;
    std::vector<CaseEvent> told;
    std::string state;
    for (const CaseEvent& event : events) {
        if (event.on > until) continue;
        const bool moved_on = event.to != state;
        state = event.to;
        PaymentStanding standing = point.standing;
        if (leaves(event, held_mark)) {
            standing = PaymentStanding::held;
        } else if (leaves_one_of(event, pays) || (moved_on && leaves(event, amount_mark))) {
            standing = PaymentStanding::paid;
        } else if (moved_on && !leaves_one_of(event, ends)) {
            standing = PaymentStanding::none;
        }
        if (standing != point.standing) point.event = event.number;
        point.standing = standing;
        told.push_back(event);
    }
    const std::vector<PaidFrom> course = paid_course(told);
    const PaidFrom* set = paid_on(course, month.first());
    if (set == nullptr && !course.empty() && course.front().from <= month.last()) set = &course.front();
    if (set == nullptr || set->ends) point.standing = PaymentStanding::none;
    if (set == nullptr) return point;
    point.set_by = set->event;
    point.category = set->category;
    if (point.standing != PaymentStanding::none) point.amount = set->amount;
    return point;
}

namespace {

PayrollPart part_of(const PaidBefore& before, const PayPoint& now) {
    using enum PayrollPart;
    const PaymentStanding was = before.standing;
    if (was == PaymentStanding::none) return started;
    if (now.standing == PaymentStanding::none) return gone;
    if (now.standing == PaymentStanding::held) return was == PaymentStanding::held ? on_hold : held;
    if (was == PaymentStanding::held) return resumed;
    return now.amount == before.amount ? same : changed;
}

// The event behind a difference; 0: there is none.
int behind(PayrollPart part, const PayPoint& now) {
    switch (part) {
        case PayrollPart::same:
            return 0;
        case PayrollPart::changed:
            return now.set_by;
        case PayrollPart::gone:  // it has ended, or went on to where nothing is paid
            return std::max(now.event, now.set_by);
        default:
            return now.event;
    }
}

// Nobody is paid by an earlier word because the one that took its place cannot be read, nor nothing.
Result<Money> need_sum(CaseId of, std::span<const CaseEvent> events, const PayPoint& point) {
    if (point.standing == PaymentStanding::none) return Money();
    if (point.amount) return *point.amount;
    const CaseEvent* set = event_numbered(events, point.set_by);
    ensure(set != nullptr, "what is not known was set by a step");
    return sum_kept(of, *set, amount_field, first_of(set->fields, amount_field));
}

// Of what no list has told yet.
Result<Money> back_pay_of(CaseId of, std::span<const CaseEvent> events, const LineQuestion& asked) {
    Money sum;
    for (const CaseEvent& event : events) {
        if (!leaves(event, back_mark) || event.on > asked.until) continue;
        if (asked.listed && event.number <= asked.listed->seen && event.on <= asked.listed->as_of) continue;
        if (asked.first_list && event.on < asked.month.first()) continue;
        const std::string text = first_of(event.fields, amount_field);
        sum = TRY(sum.plus(TRY(sum_kept(of, event, amount_field, text))));
    }
    return sum;
}

}  // namespace

Result<std::optional<PayrollLine>> payroll_line(const CaseHead& head, std::span<const CaseEvent> events,
                                                const LineQuestion& asked) {
    const PayPoint now = pay_point(events, asked.month, asked.until);
    const Money amount = TRY(need_sum(head.id, events, now));
    PaidBefore before;
    if (asked.before) {
        before = *asked.before;
    } else {
        const Month last = asked.month.before();
        const PayPoint then = pay_point(events, last, last.last());
        before = {then.standing, TRY(need_sum(head.id, events, then))};
    }
    const Money back = TRY(back_pay_of(head.id, events, asked));
    const bool is_there = now.standing != PaymentStanding::none || before.standing != PaymentStanding::none;
    if (!is_there && back == Money()) return std::optional<PayrollLine>();
    PayrollLine line{.of = head.id,
                     .household = head.household,
                     .person = head.person,
                     .unit = head.unit,
                     .machine = head.machine,
                     .category = now.category,
                     .pack = head.pack,
                     .opened_on = head.opened_on,
                     .was = before.standing,
                     .was_amount = before.amount,
                     .standing = now.standing,
                     .amount = amount,
                     .back_pay = back,
                     .part = is_there ? part_of(before, now) : PayrollPart::same,
                     .move = {},
                     .on = std::nullopt,
                     .cause = {},
                     .seen = events.empty() ? 0 : events.back().number};
    line.event = behind(line.part, now);
    if (const CaseEvent* event = event_numbered(events, line.event)) {
        line.move = event->move;
        line.on = event->on;
    }
    if (now.standing == PaymentStanding::held)
        if (const CaseEvent* event = event_numbered(events, now.event))
            line.cause = first_of(event->fields, cause_field);
    return std::optional(std::move(line));
}

Result<PayrollSum> sum_of(std::span<const PayrollLine> lines) {
    PayrollSum sum;
    store::Sha256 digest;
    for (const PayrollLine& line : lines) {
        const Money pays = TRY(line.pays());
        ++sum.lines;
        sum.paid += pays == Money() ? 0 : 1;
        sum.total = TRY(sum.total.plus(pays));
        const std::string told =
            fmt::format("{} {} {} {} {}\n", line.of.value(), name_of(line.standing), line.amount.fen(),
                        line.back_pay.fen(), line.account.value_or(0));
        digest.add(std::as_bytes(std::span(told)));
    }
    sum.digest = digest.hex();
    return sum;
}

std::vector<std::string> paying_machines(const policy::Procedures& procedures) {
    std::vector<std::string> paying;
    for (const policy::Machine& machine : procedures.machines)
        if (std::ranges::any_of(machine.moves, [](const policy::Move& move) {
                return std::ranges::find(move.marks, begun_mark) != move.marks.end();
            }))
            paying.push_back(machine.id);
    return paying;
}

namespace {

// What earlier lists of the office know of its cases.
struct Earlier {
    std::map<CaseId, PaidBefore> before;  // of the month before, where that was closed
    bool before_closed = false;
    std::map<CaseId, Listed> listed;
    bool any = false;
};

Result<Earlier> earlier_of(Desk& desk, const PayrollNow& now, UnitId unit) {
    Earlier earlier;
    earlier.listed = TRY(repository::select_listed(desk.shelf));
    const auto lists = TRY(repository::select_payrolls(desk.shelf));
    earlier.any = std::ranges::any_of(lists, [&](const Payroll& one) { return one.unit == unit; });
    if (!now.before) return earlier;
    earlier.before_closed = true;
    for (const PayrollLine& line : TRY(repository::select_lines(desk.shelf, now.before->id)))
        earlier.before[line.of] = {line.standing, line.amount, line.account};
    return earlier;
}

Result<std::optional<PayrollLine>> line_of_case(Desk& desk, const repository::ListedCase& one, Month month,
                                                const PayrollNow& now, const Earlier& earlier) {
    const CaseHead& head = one.row.head;
    const auto listed = earlier.listed.find(head.id);
    const auto before = earlier.before.find(head.id);
    // One that was settled before anything of these two months can change nothing in them.
    if (one.row.now.is_closed && one.desk.closed_on && *one.desk.closed_on < month.before().first() &&
        before == earlier.before.end())
        return std::optional<PayrollLine>();
    LineQuestion question{month, now.as_of, std::nullopt, std::nullopt, !earlier.any};
    if (earlier.before_closed)
        question.before = before == earlier.before.end() ? PaidBefore() : before->second;
    if (listed != earlier.listed.end()) question.listed = listed->second;
    const auto events = TRY(repository::select_events(desk.shelf, head));
    auto line = TRY(payroll_line(head, events, question));
    if (!line) return line;
    const auto law = desk.law_of(head.pack, civil_day(desk.clock.now()));
    line->account = law == nullptr ? 0 : account_in_force(law->law.procedures, head.machine, events);
    if (question.before) line->account_was = question.before->account;
    // Told and admitted anew, it is the one that it was.
    if (line->account_was && TRY(is_one_account(desk, head, events, *line->account_was, *line->account)))
        line->account_was = line->account;
    return line;
}

// What of a list, or of another office, pays a household in the month.
struct Paying {
    CaseId of;
    std::optional<PersonId> person;
    std::string category;
};
using PayingOf = std::map<HouseholdId, std::vector<Paying>>;

bool is_paid(const PayrollLine& line) {
    return line.household && line.standing == PaymentStanding::paid && line.amount != Money();
}

PayingOf paying_of(std::span<const PayrollLine> lines) {
    PayingOf paying;
    for (const PayrollLine& line : lines)
        if (is_paid(line)) paying[*line.household].push_back({line.of, line.person, line.category});
    return paying;
}

// Neither is chosen: both are told of each other.
void tell_beside(Desk& desk, const PayingOf& paying, std::span<PayrollLine> lines) {
    for (PayrollLine& line : lines) {
        line.beside.clear();
        if (!is_paid(line)) continue;
        const auto& all = paying.at(*line.household);
        if (all.size() < 2) continue;
        const auto pack = desk.law_of(line.pack, line.opened_on);
        for (const Paying& other : all) {
            const bool is_alike = pack == nullptr ? other.category == line.category
                                                  : is_one_or_other(pack->law, line.category, other.category);
            if (other.of != line.of && is_alike && may_be_one(line.person, other.person))
                line.beside.push_back(other.of);
        }
    }
}

// What offices outside this list pay of the households on it: by their lists, or as it stands today.
Result<void> add_paid_outside(Desk& desk, std::span<const repository::ListedCase> outside, Month month,
                              PayingOf& paying) {
    const Date today = civil_day(desk.clock.now());
    for (const repository::ListedCase& one : outside) {
        const CaseHead& head = one.row.head;
        const auto found = head.household ? paying.find(*head.household) : paying.end();
        if (found == paying.end()) continue;
        const auto events = TRY(repository::select_events(desk.shelf, head));
        const PaidByLists lists = TRY(closed_lists_of(desk, head));
        const PayPoint point = pay_point(events, month, today);
        const auto list = lists.find(month.first());
        const bool is_paid = list != lists.end()
                                 ? list->second != Money()
                                 : point.standing == PaymentStanding::paid && point.amount != Money();
        if (is_paid) found->second.push_back({head.id, head.person, point.category});
    }
    return {};
}

// A month that is over is told as of its last day. Of what would be paid twice a hold that came since counts:
// so people say which of the two the list pays.
Result<void> take_holds(Desk& desk, Month month, std::span<PayrollLine> lines) {
    for (PayrollLine& line : lines) {
        const auto row =
            line.beside.empty() ? std::nullopt : TRY(repository::select_case(desk.shelf, line.of));
        if (!row) continue;
        const auto events = TRY(repository::select_events(desk.shelf, row->head));
        const PayPoint now = pay_point(events, month, civil_day(desk.clock.now()));
        const CaseEvent* held = event_numbered(events, now.event);
        if (now.standing != PaymentStanding::held || held == nullptr) continue;
        line.standing = now.standing;
        line.part = part_of({line.was, line.was_amount}, now);
        line.event = held->number;
        line.move = held->move;
        line.on = held->on;
        line.cause = first_of(held->fields, cause_field);
    }
    return {};
}

Result<std::vector<PayrollLine>> lines_of(Desk& desk, std::span<const std::string> machines, UnitId unit,
                                          Month month, const PayrollNow& now) {
    const Earlier earlier = TRY(earlier_of(desk, now, unit));
    const Date today = civil_day(desk.clock.now());
    std::vector<PayrollLine> lines;
    std::vector<repository::ListedCase> outside;
    for (const std::string& machine : machines) {
        repository::CaseFilter filter;
        filter.machine = machine;
        for (auto& one : TRY(repository::list_cases(desk.shelf.database, filter))) {
            if (!desk.units.within(one.row.head.unit, unit, today)) {
                if (one.row.head.household) outside.push_back(std::move(one));
            } else if (auto line = TRY(line_of_case(desk, one, month, now, earlier))) {
                lines.push_back(std::move(*line));
            }
        }
    }
    const auto tell = [&]() -> Result<void> {
        PayingOf paying = paying_of(lines);
        TRY_VOID(add_paid_outside(desk, outside, month, paying));
        tell_beside(desk, paying, lines);
        return {};
    };
    TRY_VOID(tell());
    TRY_VOID(take_holds(desk, month, lines));
    TRY_VOID(tell());
    std::ranges::sort(lines, {}, &PayrollLine::of);
    return lines;
}

Result<void> need_begun(const Desk& desk, Month month) {
    if (month.first() <= civil_day(desk.clock.now())) return {};
    return fail(ErrorKind::invalid, "payroll_early",
                {"该月尚未开始，不能生成发放清册", "the month has not begun: there is no payroll of it yet"});
}

// One office's list at a time holds what is below it: paid by two lists, it would be paid twice.
Result<void> need_alone(Desk& desk, UnitId unit, Month month) {
    const Date day = civil_day(desk.clock.now());
    for (const Payroll& one : TRY(repository::select_payrolls(desk.shelf))) {
        const bool meets = desk.units.within(one.unit, unit, day) || desk.units.within(unit, one.unit, day);
        if (!meets) continue;
        if (one.month == month) {
            return fail(ErrorKind::conflict, "payroll_closed",
                        {"该月清册已由本单位或上下级单位结账，不能重复结账",
                         "the month was closed already, by this office or by one above or below it"});
        }
        if (one.month > month) {
            return fail(ErrorKind::conflict, "payroll_order",
                        {fmt::format("{} 已结账，不能再结更早的月份", one.month.text()),
                         fmt::format("{} is closed: no earlier month is closed after it", one.month.text())});
        }
    }
    return {};
}

// Paid by both, the household would be paid the month twice; which of them holds or ends is for people to
// say.
Result<void> need_once(std::span<const PayrollLine> lines) {
    const auto twice =
        std::ranges::find_if(lines, [](const PayrollLine& line) { return !line.beside.empty(); });
    if (twice == lines.end()) return {};
    const auto one = twice->of.value();
    const auto other = twice->beside.front().value();
    return fail(
        ErrorKind::conflict, "payroll_paid_twice",
        {fmt::format(
             "第 {} 号和第 {} 号对同一户同一类别同月发放，不能结账：请先核对，暂停其中一笔，或自本月起停发",
             one, other),
         fmt::format(
             "cases {} and {} pay a household the month for one category: the list is not closed until "
             "one of them is held, or ended from this month on",
             one, other)});
}

}  // namespace

Result<PayrollNow> read_payroll(Desk& desk, std::span<const std::string> machines, UnitId unit, Month month) {
    TRY_VOID(need_begun(desk, month));
    PayrollNow now;
    now.closed = TRY(repository::select_payroll_of(desk.shelf, unit, month));
    now.before = TRY(repository::select_payroll_of(desk.shelf, unit, month.before()));
    now.as_of = now.closed ? now.closed->as_of : std::min(civil_day(desk.clock.now()), month.last());
    if (!now.closed) {
        now.lines = TRY(lines_of(desk, machines, unit, month, now));
        return now;
    }
    now.lines = TRY(repository::select_lines(desk.shelf, now.closed->id));
    tell_beside(desk, paying_of(now.lines), now.lines);  // of one that was closed before this was asked
    return now;
}

Result<Payroll> close_payroll(Desk& desk, const Actor& actor, std::span<const std::string> machines,
                              UnitId unit, Month month, const PayrollSum& seen) {
    Payroll made;
    TRY_VOID(desk.shelf.database.write([&]() -> Result<void> {
        TRY_VOID(need_alone(desk, unit, month));
        const PayrollNow now = TRY(read_payroll(desk, machines, unit, month));
        const PayrollSum sum = TRY(sum_of(now.lines));
        if (sum.lines != seen.lines || sum.total != seen.total || sum.digest != seen.digest) {
            return fail(
                ErrorKind::conflict, "payroll_changed",
                {"清册的金额或收款账号在您查看之后已有变动，请重新核对",
                 "a sum or an account of the payroll has changed since you read it: look at it again"});
        }
        TRY_VOID(need_once(now.lines));
        made = {.id = {},
                .unit = unit,
                .month = month,
                .as_of = now.as_of,
                .lines = sum.lines,
                .paid = sum.paid,
                .total = sum.total,
                .closed_at = desk.clock.now(),
                .closed_by = actor.user};
        made.id = TRY(repository::insert_payroll(desk.shelf, made, now.lines));
        return {};
    }));
    return made;
}

}  // namespace doudi::casework
