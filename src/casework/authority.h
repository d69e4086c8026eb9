// SPDX-License-Identifier: Apache-2.0
// Whose a move is. Who confirms is a property of the category (CS-1.2a, GD 五(一)): the authority that the
// pack names, or the one that the place has said where a notice leaves it open; a level below, where the
// power was handed down.
#pragma once
#include <optional>
#include <string>

#include "casework/moves/moves.h"

namespace doudi::casework {

// "move_role": none of the actor's roles makes it. None: one does.
[[nodiscard]] std::optional<MoveFault> check_role(const Actor& actor, const policy::Move& move);

// What speaks against the actor's making a move that is the authority's, of a case that is handled as
// `track`. "authority_unknown": nothing says who confirms it. "authority_unset": the place has not said it
// yet; the fault names who does. "move_authority": it is another office's. "move_delegated": it was handed
// down to a lower level, which alone makes it.
[[nodiscard]] std::optional<MoveFault> check_authority(const MoveQuestion& question, const Actor& actor,
                                                       const policy::Move& move, const std::string& track);

}  // namespace doudi::casework
