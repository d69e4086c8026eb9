// SPDX-License-Identifier: Apache-2.0
// Which payments hang on what was decided in a case. An objection moves money of these and of no other
// (packs, also: `of: decision`); whoever decided there does not judge what is brought against the payment.
#pragma once
#include <optional>
#include <span>

#include "casework/desk.h"

namespace doudi::casework {

// It is that case itself or was begun by it, or a step of that case made a step of it, or what is due was
// determined there of it.
[[nodiscard]] Result<bool> hangs_on(Desk& desk, const CaseHead& paid, const CaseHead& decided);

// "paid_by_other_decision": none of these payments of the household hangs on the case above, if there is one.
// It says by which case each was granted, and where an objection to it is filed.
struct OfOther {
    const policy::Pack& pack;         // of the case that is moved
    const policy::AlsoRule& rule;     // of its move
    std::optional<CaseHead> decided;  // the case above
    std::span<const repository::CaseRow> payments;
};
[[nodiscard]] Result<MoveFault> of_other_decision(Desk& desk, const OfOther& asked);

}  // namespace doudi::casework
