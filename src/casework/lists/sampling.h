// SPDX-License-Identifier: Apache-2.0
// Cases drawn at random of those in which offices below made a move: the county rechecks what townships
// confirmed. Whoever has the seed and the list of what was drawn from draws the same again: the cases are
// ranked by the SHA-256 of "seed:number", and the first of them are taken, so many as the share asks for,
// rounded up.
#pragma once
#include <string_view>
#include <vector>

#include "casework/desk.h"
#include "casework/moves/moves.h"

namespace doudi::casework {

[[nodiscard]] std::vector<CaseId> first_of_ranked(std::string_view seed, std::vector<CaseId> population,
                                                  expr::Rational share);

// The fields `seed`, `population` and `sample` of the event; `drawn_from` and `drawn_until` (told) are both
// included. "share_unset": the place has set none.
[[nodiscard]] Result<Fields> draw(Desk& desk, const policy::Law& law, const policy::DrawRule& rule,
                                  const Actor& actor, const MoveRequest& request);

}  // namespace doudi::casework
