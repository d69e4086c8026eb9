// SPDX-License-Identifier: Apache-2.0
// What one payment says of its months, by its own events and by the lists that were closed. For owed.h and
// beside.h.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "casework/payments/payroll.h"

namespace doudi::casework {

// Of the lists that its office, or one above it, has closed: what each paid of this payment, without back
// pay, by the first day of its month; nothing where it did not stand on it.
using PaidByLists = std::map<Date, Money>;
[[nodiscard]] Result<PaidByLists> closed_lists_of(Desk& desk, const CaseHead& head);

// A step that is entered late is asked as the payment stands when it is entered: of the later of that day and
// the last of the payment's own steps.
[[nodiscard]] Date asked_as_of(std::span<const CaseEvent> events, Date on);

class Course {
  public:
    // Up to that day, its month included. `events` and `lists` outlive it.
    Course(std::span<const CaseEvent> events, Date until, const PaidByLists& lists);

    // It was decided before this platform.
    [[nodiscard]] bool is_carried() const { return granted_ == nullptr; }
    // The day from which its months are counted; none: it was carried over and has not begun here.
    [[nodiscard]] std::optional<Date> first() const;
    // When it begins; after an end that was undone, when it began again. None: nothing says so yet.
    [[nodiscard]] std::optional<Date> begins() const;
    // As what it is paid in that month.
    [[nodiscard]] std::string category(Month month) const;
    // The months from which on it may be paid otherwise than before.
    [[nodiscard]] std::set<Month> changes() const;

    // A sum that was granted or set and cannot be read is not taken as nothing: "sum_unreadable". Of what
    // follows every sum stands for a course that was asked this.
    [[nodiscard]] Result<void> need_sums(CaseId of) const;
    // The least and the most that it was paid as of the days of the month on which anything changed.
    struct Paid {
        Money least, most;
    };
    [[nodiscard]] Paid paid(Month month) const;
    // Of which nothing more is paid but as back pay; none: a list may pay it yet.
    [[nodiscard]] std::optional<Money> settled(Month month) const;
    // As it is set now; before anything was set, as it was granted, from the month after.
    [[nodiscard]] Money due(Month month) const;
    [[nodiscard]] Result<Money> paid_back(CaseId of) const;

    // What nobody knows of one that was carried over.
    struct Earlier {
        Date begun;                 // here; until a day, if it has not begun at all
        Money monthly;              // the first sum that was set here
        std::optional<Date> since;  // the day of which it was decided; none: it is not told
    };
    // `since` is the field that tells that day.
    [[nodiscard]] Result<Earlier> earlier(CaseId of, std::string_view since) const;
    // What is due of each month and was not paid, without what was paid back, in their order: of the time
    // before it was begun here what it may have been at most.
    struct OpenMonth {
        Month month;
        Money open;
        bool is_earlier = false;
    };
    [[nodiscard]] Result<std::vector<OpenMonth>> open_months(CaseId of, std::string_view since) const;

    // Whether a list paid it in that month, or would as the steps stand; of a month that no list tells any
    // more, whether it was paid on any day of it. Of a sum that cannot be read it is not known that it is
    // nothing.
    [[nodiscard]] bool takes(Month month) const;
    // Whether an end is set for a later month than that one.
    [[nodiscard]] bool ends_after(Month month) const;
    // The last month that is surely paid, of those since it was opened.
    [[nodiscard]] std::optional<Month> paid_last() const;

  private:
    [[nodiscard]] std::vector<PayPoint> points(Month month) const;
    [[nodiscard]] const PaidFrom* set_for(Month month) const;
    [[nodiscard]] const PaidFrom* unended(const PaidFrom* set) const;
    [[nodiscard]] bool is_to_come(Month month) const;
    [[nodiscard]] bool is_surely_paid(Month month) const;

    std::span<const CaseEvent> events_;
    Date until_;
    const PaidByLists& lists_;
    std::vector<CaseEvent> told_;
    std::vector<PaidFrom> course_;
    const CaseEvent* granted_ = nullptr;
    const CaseEvent* begun_ = nullptr;
};

}  // namespace doudi::casework
