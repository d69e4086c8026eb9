// SPDX-License-Identifier: Apache-2.0
// Who a move names beside its maker, who must have signed and how old people are: what only accounts, papers
// and the register can tell.
#pragma once
#include <vector>

#include "casework/desk.h"

namespace doudi::casework {

// "officer_elsewhere": a named user is nobody who works at the office of the case, below it, or at the
// maker's own. "not_signed", "signers_unknown": a paper lacks that the move wants, and nothing told says why.
// "somebody_aged", "ages_unknown": somebody whom the case is about has reached the age that the move's ground
// takes nobody to have reached, or may have and nothing told says why not. "move_same_person": `not_beside`
// names a step, and one of the household's open cases stands as it does by that step of the maker's; or the
// case is about a payment, and the maker decided in a case on which it hangs what `not_by` names.
[[nodiscard]] Result<std::vector<MoveFault>> check_people(Desk& desk, const MoveQuestion& question,
                                                          const policy::Move& move, const Actor& actor,
                                                          const CaseHead& head, const MoveRequest& request);

}  // namespace doudi::casework
