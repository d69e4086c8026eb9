// SPDX-License-Identifier: Apache-2.0
// Who stands below whom from when until when, of all places at once.
#pragma once
#include <span>
#include <vector>

#include "access/units.h"
#include "base/result.h"

namespace doudi::access {

struct UnitSpan {
    UnitId ancestor;
    UnitId unit;
    Date from;
    Date until;
    friend auto operator<=>(const UnitSpan&, const UnitSpan&) = default;
};

// Every pair with its spans, each unit within itself; spans that follow each other are one. Errors:
// "unit_circle", "unit_without_parent" (a parent that does not exist on each of these days).
[[nodiscard]] Result<std::vector<UnitSpan>> spans_of(std::span<const Unit> units,
                                                     std::span<const UnitPlace> places);

}  // namespace doudi::access
