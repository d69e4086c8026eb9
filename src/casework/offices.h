// SPDX-License-Identifier: Apache-2.0
// To which office a move may hand a case, and which one the law names where nobody did: the department that
// answers, at its office under the same county, or at the county's where it has none.
#pragma once
#include <optional>
#include <vector>

#include "access/units.h"
#include "casework/moves/moves.h"

namespace doudi::casework {

// None: no unit is told, or no number of one.
[[nodiscard]] std::optional<UnitId> unit_told(const Fields& told);

// The request with department and office filled in where the move takes them and the pack names them.
[[nodiscard]] MoveRequest routed(const access::UnitTree& units, const MoveQuestion& question,
                                 const CaseHead& head, const MoveRequest& request);

// "unit_unknown", "unit_of_department", "unit_out_of_reach": as the move's `hands_to` has it; `below` and
// `anywhere` reach no office of a department to which the case was not sent. A step of the law names its own.
[[nodiscard]] std::optional<MoveFault> check_office(const access::UnitTree& units, const policy::Move& move,
                                                    const Actor& actor, const CaseHead& head,
                                                    const MoveRequest& request, bool by_law);

}  // namespace doudi::casework
