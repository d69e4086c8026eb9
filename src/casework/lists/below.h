// SPDX-License-Identifier: Apache-2.0
// What a pack says of a case and those below it (procedures/*.yaml, `listed` and `waits`): who stands on a
// list stands there once, and takes what the case above was told; a case is not ended while those below it
// are open, unless it is said why.
#pragma once
#include <string_view>
#include <vector>

#include "casework/moves/moves.h"
#include "casework/repository.h"

namespace doudi::casework {

// The pack's rule of cases of that machine below one of the other; null: it has none.
[[nodiscard]] const policy::RouteElement* listing_of(const policy::Law& law, std::string_view machine,
                                                     std::string_view above);

// What the opening move may be told and was not, and the case above was.
void take_from_above(const policy::RouteElement& listing, const policy::Move& move, const CaseState& above,
                     Fields& told);

// "listed_twice": the household stands on that list.
[[nodiscard]] Result<std::vector<MoveFault>> check_listed_once(repository::Shelf& shelf,
                                                               const policy::RouteElement& listing,
                                                               CaseId above,
                                                               std::optional<HouseholdId> household);

// What the move waits for (packs, procedures: `waits`), where the rule's conditions hold: "below_open": a
// case below is open; "below_missing": of what was decided not each became a case; "below_undone": nothing
// below was done of what has to be; "told_missing": the case was never told what it has to be. None of them
// where the rule's `unless` is told, "unless_same_person" where whoever tells it made the step that it is
// about.
[[nodiscard]] Result<std::vector<MoveFault>> check_waits(repository::Shelf& shelf,
                                                         const MoveQuestion& question, const Actor& actor,
                                                         const policy::Move& move, CaseId of,
                                                         const Fields& told);

}  // namespace doudi::casework
