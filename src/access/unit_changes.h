// SPDX-License-Identifier: Apache-2.0
// How two states of the unit tree differ, for the one who is about to load another.
#pragma once
#include <span>
#include <vector>

#include "access/units.h"

namespace doudi::access {

struct UnitTables {
    std::span<const Unit> units;
    std::span<const UnitPlace> places;
};
// By code. No unit that was there before is missing afterwards.
[[nodiscard]] std::vector<UnitChange> unit_changes(const UnitTables& before, const UnitTables& after);

}  // namespace doudi::access
