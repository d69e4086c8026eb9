// SPDX-License-Identifier: Apache-2.0
// Looks outside of one's cases are marked for those who read the log.
#pragma once
#include <optional>
#include <string>

#include "http/request/call.h"

namespace doudi::http {

// Of a look by an officer at this household: empty where it is assigned to them, an open case of it lies at
// their own office or that made a move of one, or the look names a case of it that is their office's work;
// "own_case" where nobody but themselves opened or moved one; else "not_assigned", or "no_case" if they named
// no case either. `assigned`: where it is known whether it is.
[[nodiscard]] Result<std::string> flag_of(Call& call, HouseholdId household,
                                          std::optional<bool> assigned = std::nullopt);
// The flag of the call's look, if it is one (no step of a case) at a single household, or at what concerns
// two (a split, a merge). Longer lists are not flagged: an officer's own lists are their work.
[[nodiscard]] Result<void> flag_look(Call& call);

}  // namespace doudi::http
