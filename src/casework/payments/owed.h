// SPDX-License-Identifier: Apache-2.0
// What a payment may still move, month by month from its own events and from the lists that were closed: the
// most that can be asked back, the most that can be paid back, the first day from which it can end. A move
// may bound what it is told by these (packs, moves: `within`, `first_unpaid`).
//
// What a closed list paid is paid, and nothing else of that month. Of a month that no list tells, it is paid
// what the steps tell: of an office that closes no lists nobody knows on which day of a month it paid, so
// what stood both ways within a month counts on both sides. A month that a list may still pay is owed to
// nobody.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "base/money.h"
#include "casework/payments/course.h"

namespace doudi::casework {

struct PaidBounds {
    Money paid;  // on any day of each month, with what was paid back
    Money owed;  // set or granted for each month that no list can pay any more, and not paid; less what was
                 // paid back
    // Of a payment that was carried over: it was begun here on a day, and of the time before nothing is
    // known. Of the month in which it was begun, unless on its first day, nobody knows who was to pay it.
    struct Earlier {
        Date begun;
        Money monthly;  // the first sum that was set here
        // The day of which it was decided; none: it is not told.
        std::optional<Date> since;
        // The same with the months since then, at that sum: no more than that in all; of the month in which
        // it was begun what no list here paid or may pay yet. None: `since` is none.
        std::optional<Money> paid = std::nullopt, owed = std::nullopt;
    };
    std::optional<Earlier> earlier = std::nullopt;
    // What would be owed too, of months in which another payment of the household was paid: by which.
    std::map<CaseId, Money> beside = {};
};

// What other payments of the household were paid. Without `by` no other is known.
struct PaidBeside {
    // Which of them was paid that month as that category; none: none was.
    std::function<std::optional<CaseId>(Month, std::string_view)> by = {};
    Money unplaced = {};  // back pay of which it is not known for which month it was: of none twice
};

// Up to that day, its month included. An end that was undone counts as if it had never been. `since` is the
// field that tells when what was carried over was decided. Of a month that another payment was paid nothing
// is owed (none: no other is known). "sum_unreadable": of a sum that was granted, set or paid back it is not
// known how much it is.
[[nodiscard]] Result<PaidBounds> paid_bounds(CaseId of, std::span<const CaseEvent> events, Date until,
                                             const PaidByLists& lists = {}, std::string_view since = {},
                                             const PaidBeside& beside = {});

// Of a ledger: what its moves took from the balance (`takes`), less what came back by those that are bounded
// by it. Nothing where more came back than was taken. "sum_unreadable": as above.
[[nodiscard]] Result<Money> taken(const policy::Machine& machine, CaseId of,
                                  std::span<const CaseEvent> events);

// Not before it begins, or has begun again after an end, and not before the month after the last one of which
// it is sure, on that day, that it was paid.
struct FirstEnd {
    Date day;
    std::optional<Date> paid;  // in the month that was paid last; none: it is the day on which it begins
};
[[nodiscard]] FirstEnd first_end(std::span<const CaseEvent> events, Date on, const PaidByLists& lists = {});

// Whether the move is bounded by what is paid, or was taken.
[[nodiscard]] bool asks_paid(const policy::Move& move);
struct PaidEvents {
    const CaseHead& head;
    std::span<const CaseEvent> events;
};
// As of the day of the step, or of the payment's last one where the step is entered late.
// "field_too_much": more than was paid, is owed or was taken. "before_unknown": more than is known of a
// payment that was carried over, and nothing told says on which paper it stands; told so, it is no more than
// the months since it was decided make. "before_unpaid": an end that lies before the first day from which it
// can end.
[[nodiscard]] Result<std::vector<MoveFault>> check_paid(Desk& desk, const MoveQuestion& question,
                                                        const policy::Move& move, const PaidEvents& payment,
                                                        const MoveRequest& request);

}  // namespace doudi::casework
