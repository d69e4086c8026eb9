// SPDX-License-Identifier: Apache-2.0
// The most that can be asked back of a payment and the most that can be paid back, month by month from its
// own events: a move may bound what it is told by either (packs, moves: `within`). Whether a month's list was
// closed is no event of the payment: a month on whose days both stood may count on both sides.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "base/money.h"
#include "casework/desk.h"

namespace doudi::casework {

struct PaidBounds {
    Money paid;  // on any day of each month, with what was paid back
    Money owed;  // set or granted for each month and not paid on all of its days, less what was paid back
};

// Up to that day, its month included. None: the payment began before this platform, and what came before is
// not known. "sum_unreadable": of a sum that was granted, set or paid back it is not known how much it is.
[[nodiscard]] Result<std::optional<PaidBounds>> paid_bounds(CaseId of, std::span<const CaseEvent> events,
                                                            Date until);

// "field_too_much": more than that. What is not known bounds nobody.
[[nodiscard]] Result<std::vector<MoveFault>> check_within(repository::Shelf& shelf,
                                                          const MoveQuestion& question,
                                                          const policy::Move& move, const CaseHead& head,
                                                          const MoveRequest& request);

}  // namespace doudi::casework
