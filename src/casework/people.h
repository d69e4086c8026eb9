// SPDX-License-Identifier: Apache-2.0
// Who a move names beside its maker, and who must have signed: what only accounts and papers can tell.
#pragma once
#include <vector>

#include "casework/desk.h"

namespace doudi::casework {

// "officer_elsewhere": a named user is nobody who works at the office of the case, below it, or at the
// maker's own. "not_signed", "signers_unknown": a paper lacks that the move wants, and nothing told says why.
[[nodiscard]] Result<std::vector<MoveFault>> check_people(Desk& desk, const policy::Law& law,
                                                          const policy::Move& move, const Actor& actor,
                                                          const CaseHead& head, const MoveRequest& request);

}  // namespace doudi::casework
