// SPDX-License-Identifier: Apache-2.0
// Payments of one household that would pay the same thing: no month is paid by two of them, whichever begins,
// ends or is paid back, and no decision of before is carried over twice (docs/decisions/0113).
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "casework/payments/owed.h"

namespace doudi::casework {

// The same category, or both of the group of which a person has one at most.
[[nodiscard]] bool is_one_or_other(const policy::Law& law, std::string_view one, std::string_view other);
// Of two cases of a household that name different persons neither is the other; one that names nobody is of
// all.
[[nodiscard]] bool may_be_one(const std::optional<PersonId>& one, const std::optional<PersonId>& other);

// The other payments about whom a payment is about, open and settled, of whatever office.
class Beside {
  public:
    // As of that day, or of their own last steps. "sum_unreadable": what one was paid back is not known.
    [[nodiscard]] static Result<Beside> of(Desk& desk, const MoveQuestion& question,
                                           const PaidEvents& payment, Date until);

    [[nodiscard]] bool is_empty() const { return others_.empty(); }
    // The months from which on one of them may be paid otherwise than before.
    [[nodiscard]] std::set<Month> changes() const;
    // Which is paid that month as that category, by a list, by its steps or as back pay (of which nobody says
    // for which months it is: the earliest that were open); none: none is.
    [[nodiscard]] std::optional<CaseId> paid_by(Month month, std::string_view category) const;

    // What those of that category were paid back, as far as it fits none of their open months.
    [[nodiscard]] Result<Money> unplaced(std::string_view category) const;

  private:
    struct Other {
        CaseHead head;
        std::vector<CaseEvent> events;
        PaidByLists lists;
        Date until;
        std::set<Month> paid_back = {};
        Money unplaced = {};  // of what it was paid back

        [[nodiscard]] Course course() const { return {events, until, lists}; }
    };
    // Whether one beside that one is paid the month by a list or by its steps, the payment itself among them,
    // or one of the others as back pay, as far as that was read.
    [[nodiscard]] bool is_taken_beside(const Other& other, Month month, std::string_view category) const;
    [[nodiscard]] Result<void> read_back_pay(Other& other, std::string_view since) const;

    const policy::Law* law_ = nullptr;
    std::unique_ptr<Other> self_;
    std::vector<std::unique_ptr<Other>> others_;
};

// Whether the move lets something be paid from a day on.
[[nodiscard]] bool sets_pay(const policy::Move& move);
// "paid_beside": the step would let the payment be paid in a month in which another one is, with the first
// day from which it may. What is so already stays for a person to mend: a hold or an end is never refused.
[[nodiscard]] Result<std::vector<MoveFault>> check_paid_once(Desk& desk, const MoveQuestion& question,
                                                             const PaidEvents& payment,
                                                             const CaseEvent& made);

// Whether the move settles a payment; that is done with the last month that is paid, and not before.
[[nodiscard]] bool settles_pay(const policy::Machine& machine, const policy::Move& move);
// "still_paid": its end lies in a month to come.
[[nodiscard]] std::vector<MoveFault> check_settled(const policy::Move& move, const PaidEvents& payment,
                                                   Date on);

// "decision_served": the number (packs, moves: `served_once`) has served this household for that category, by
// a payment that was begun. "decision_shared": a case of another household was told it, and it is not said
// that the decision names several (`shared_by`).
[[nodiscard]] Result<std::vector<MoveFault>> check_served_once(Desk& desk, const MoveQuestion& question,
                                                               const policy::Move& move, const CaseHead& head,
                                                               const MoveRequest& request);

}  // namespace doudi::casework
