// SPDX-License-Identifier: Apache-2.0
// What an office pays in a month: folded from the events of the cases of what is paid, against the month
// before, with the event behind every difference. A person closes it; what was closed never changes.
//
// A month is paid what is set on its first day; where nothing was set by then, what is set first within it.
// What is set or ended in its course holds from the next. Nothing is paid while a case is on hold. Back pay
// stands on one list, the next that is closed after it was ordered. A list that was closed pays into the
// accounts that were in force then.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/desk.h"
#include "casework/lists/lists_repository.h"
#include "casework/marks.h"
#include "casework/payments/paid.h"

namespace doudi::casework {

using PayrollId = Id<struct PayrollTag, std::uint64_t>;

// Marks of a payment's moves, beside those of paid.h and marks.h.
inline constexpr std::string_view begun_mark = "payment_begun";
inline constexpr std::string_view back_mark = "back_paid";
inline constexpr std::string_view settled_mark = "closed";
// Why it is held, a word of the pack.
inline constexpr std::string_view cause_field = "hold_cause";

// A calendar month.
struct Month {
    int year = 0;
    int month = 0;  // 1 to 12

    // Exactly YYYY-MM.
    [[nodiscard]] static std::optional<Month> parse(std::string_view text);
    [[nodiscard]] static Month of(Date day);
    [[nodiscard]] std::string text() const;
    [[nodiscard]] Date first() const;
    [[nodiscard]] Date last() const;
    [[nodiscard]] Month before() const;
    [[nodiscard]] Month after() const;
    friend auto operator<=>(const Month&, const Month&) = default;
};

enum class PaymentStanding : std::uint8_t { none, paid, held };
[[nodiscard]] std::string_view name_of(PaymentStanding standing);
[[nodiscard]] std::optional<PaymentStanding> standing_named(std::string_view name);

// How a payment stands in a month.
struct PayPoint {
    PaymentStanding standing = PaymentStanding::none;
    std::optional<Money> amount = Money();  // a month, as it is set; of none: nothing. None: it is not known
    std::string category;                   // of what is set
    int event = 0;                          // that made its standing; 0: none did
    int set_by = 0;                         // that set the amount, or ended it; 0: none did
};
// Of the events up to a day, that day included.
[[nodiscard]] PayPoint pay_point(std::span<const CaseEvent> events, Month month, Date until);

enum class PayrollPart : std::uint8_t { started, gone, held, resumed, changed, on_hold, same };
[[nodiscard]] std::string_view name_of(PayrollPart part);
[[nodiscard]] std::optional<PayrollPart> part_named(std::string_view name);

struct PayrollLine {
    CaseId of;
    std::optional<HouseholdId> household;
    std::optional<PersonId> person;
    UnitId unit;
    std::string machine, category, pack;
    Date opened_on;
    PaymentStanding was = PaymentStanding::none;  // the month before
    Money was_amount;
    PaymentStanding standing = PaymentStanding::none;
    Money amount;    // a month, as it is set
    Money back_pay;  // beside it
    PayrollPart part = PayrollPart::same;
    int event = 0;  // that made it so; 0: nothing did, it is as it was
    std::string move;
    std::optional<Date> on;
    std::string cause;  // of one that is held
    int seen = 0;       // how many events the case has
    // The step that told the account into which it goes (payroll_accounts.h); 0: it is not known. None: the
    // list was closed before lists kept it.
    std::optional<int> account = std::nullopt;
    std::optional<int> account_was = std::nullopt;  // on the list of the month before; none: it stood on none
    // Other payments of the household that are paid this month as the same thing, on this list or by another
    // office. Which of them is right is for people to say: until then the list is not closed.
    std::vector<CaseId> beside = {};

    // What goes out this month. Overflow: an error.
    [[nodiscard]] Result<Money> pays() const;
};

// What is known of the list before, of one case.
struct PaidBefore {
    PaymentStanding standing = PaymentStanding::none;
    Money amount;
    std::optional<int> account = std::nullopt;  // as PayrollLine has it
};

// How far the newest closed list with a case had read it: events of higher numbers, or of later days, stood
// on none.
struct Listed {
    int seen = 0;
    Date as_of;
};
struct LineQuestion {
    Month month;
    Date until;                        // the day whose state is told
    std::optional<PaidBefore> before;  // of the list of the month before; none: that was not closed
    std::optional<Listed> listed;
    bool first_list =
        false;  // the office has closed none yet: back pay of earlier months is none of its lists'
};
// Nothing: it is neither paid nor held, in that month or the one before. "sum_unreadable": what is set cannot
// be read, so the month's list cannot be told.
[[nodiscard]] Result<std::optional<PayrollLine>> payroll_line(const CaseHead& head,
                                                              std::span<const CaseEvent> events,
                                                              const LineQuestion& question);

struct Payroll {
    PayrollId id;
    UnitId unit;
    Month month;
    Date as_of;
    std::uint64_t lines = 0;
    std::uint64_t paid = 0;
    Money total;
    Instant closed_at;
    UserId closed_by;
};

// A month's list as it is: closed, or as it would be today.
struct PayrollNow {
    std::optional<Payroll> closed;
    std::optional<Payroll> before;  // of the month before, where it was closed
    Date as_of;
    std::vector<PayrollLine> lines;  // by case
};

// Whether it goes into another account than on the list of the month before.
[[nodiscard]] bool has_other_account(const PayrollLine& line);
// Whether it is not as the month before, is paid back something, or the month is paid by another, too.
[[nodiscard]] bool is_different(const PayrollLine& line);

struct PayrollSum {
    std::uint64_t lines = 0;
    std::uint64_t paid = 0;  // lines that are paid something
    Money total;
    // Of what each line pays, and by which step its account was told: two lists of one sum are not one list.
    std::string digest;
};
[[nodiscard]] Result<PayrollSum> sum_of(std::span<const PayrollLine> lines);

// Machines of a law whose moves set what is paid a month.
[[nodiscard]] std::vector<std::string> paying_machines(const policy::Procedures& procedures);

// Of all cases of these machines at the unit and below it; that the asker reaches it is the caller's to know.
// "payroll_early": the month has not begun.
[[nodiscard]] Result<PayrollNow> read_payroll(Desk& desk, std::span<const std::string> machines, UnitId unit,
                                              Month month);
// Closes it as its reader saw it, in one transaction. "payroll_closed": it is, or an office above or below
// has closed that month; "payroll_order": a later month is closed; "payroll_changed": it is another by now,
// be it by an account alone; "payroll_paid_twice": a household is paid by two cases as one category.
[[nodiscard]] Result<Payroll> close_payroll(Desk& desk, const Actor& actor,
                                            std::span<const std::string> machines, UnitId unit, Month month,
                                            const PayrollSum& seen);

}  // namespace doudi::casework
