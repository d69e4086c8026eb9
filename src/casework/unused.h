// SPDX-License-Identifier: Apache-2.0
// What a step is told that may be told once only (packs, procedures: `unused` of a rule of `follows`): each
// visit of a service has a photograph of its own.
#pragma once
#include <vector>

#include "casework/moves/moves.h"
#include "casework/repository.h"

namespace doudi::casework {

// "used_before": one of the values was told in this case before, or, of an attachment, in another case of the
// machine that stands at the same unit and has got it. One that was named and never sent is found in its own
// case alone.
[[nodiscard]] Result<std::vector<MoveFault>> check_unused(repository::Shelf& shelf,
                                                          const MoveQuestion& question,
                                                          const policy::Move& move, const CaseHead& head,
                                                          const Fields& told);

}  // namespace doudi::casework
