// SPDX-License-Identifier: Apache-2.0
// A cap is had once, however many cases are opened: a sum that a move bounds (packs, moves: `at_most`) is
// counted together with what was given near it in the case itself and in the others of the household or the
// person (`together`).
#pragma once
#include <string_view>
#include <vector>

#include "casework/desk.h"
#include "casework/moves/moves.h"

namespace doudi::casework {

// Of a case about no household and no person: what was given to whoever it is, nobody knows.
inline constexpr std::string_view given_unknown = "given_before_unknown";

// "together_too_much": with what was given before it is more than the figure of the place. A sum that is more
// by itself, and a figure that is not set, were said already (move_money.cpp). Within write(): of two who pay
// at once, in two cases, the second sees what the first gave.
[[nodiscard]] Result<std::vector<MoveFault>> check_together(Desk& desk, const MoveQuestion& question,
                                                            const policy::Move& move, const Actor& actor,
                                                            const CaseHead& head, const MoveRequest& request);

// Said with a sum that was paid to nobody known: not that nothing was given before, but that it is not known.
[[nodiscard]] std::vector<MoveFault> together_hints(const policy::Move& move, const CaseHead& head,
                                                    const Fields& told);

}  // namespace doudi::casework
