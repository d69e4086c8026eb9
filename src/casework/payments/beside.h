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
    // As of that day, or of their own last steps.
    [[nodiscard]] static Result<Beside> of(Desk& desk, const MoveQuestion& question, const CaseHead& head,
                                           Date until);

    [[nodiscard]] bool is_empty() const { return others_.empty(); }
    // The months from which on one of them may be paid otherwise than before.
    [[nodiscard]] std::set<Month> changes() const;
    // Which is paid that month as that category, by a list, by its steps or as back pay (of which nobody says
    // for which months it is: the earliest that were open); none: none is. "sum_unreadable": what one was
    // paid back is not known.
    [[nodiscard]] Result<std::optional<CaseId>> paid_by(Month month, std::string_view category) const;

  private:
    struct Other {
        CaseHead head;
        std::vector<CaseEvent> events;
        PaidByLists lists;
        Date until;

        [[nodiscard]] Course course() const { return {events, until, lists}; }
    };
    [[nodiscard]] Result<bool> is_back_paid(const Other& other, Month month) const;

    const policy::Law* law_ = nullptr;
    std::string since_;  // the field that tells when what was carried over was decided; empty: none does
    std::vector<std::unique_ptr<Other>> others_;
};

// Whether the move lets something be paid from a day on.
[[nodiscard]] bool sets_pay(const policy::Move& move);
// "paid_beside": the step would let the payment be paid in a month in which another one is, with the first
// day from which it may. What is so already stays for a person to mend: a hold or an end is never refused.
[[nodiscard]] Result<std::vector<MoveFault>> check_paid_once(Desk& desk, const MoveQuestion& question,
                                                             const PaidEvents& payment,
                                                             const CaseEvent& made);

// Whether two are one number of a decision, however its brackets and blanks were typed.
[[nodiscard]] bool is_one_number(std::string_view one, std::string_view other);
// "decision_served": the number (packs, moves: `served_once`) has served this household for that category, by
// a payment that was begun.
[[nodiscard]] Result<std::vector<MoveFault>> check_served_once(Desk& desk, const MoveQuestion& question,
                                                               const policy::Move& move, const CaseHead& head,
                                                               const MoveRequest& request);

}  // namespace doudi::casework
