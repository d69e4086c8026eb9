// SPDX-License-Identifier: Apache-2.0
// Where a department's office stands: households and the cases of civil affairs are not its own, they are of
// the office above it.
#pragma once
#include "access/units.h"
#include "base/date.h"

namespace doudi::access {

// The nearest office above a unit that is no department's, the unit itself where it is none; 0: there is
// none.
[[nodiscard]] UnitId office_above(const UnitTree& units, UnitId unit, Date day);

}  // namespace doudi::access
