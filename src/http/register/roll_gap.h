// SPDX-License-Identifier: Apache-2.0
// Whom the register keeps as a category and the category's own roll does not name (CS-1.3c, CQ-18a). A roll
// is whole for a place of its kind, a county say; of a place of which it names nobody it may well be
// another's, and nothing is known.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "access/units.h"
#include "http/register/repository.h"

namespace doudi::http {

struct RollGap {
    std::vector<PlacedHousehold> lacking;  // in the order in which they were given
    std::uint64_t not_told = 0;            // in places of which the roll names nobody
};

// Of the unit and those above it the nearest of that kind; none: there is none, so it counts with the whole.
[[nodiscard]] std::optional<access::UnitId> place_of_roll(const access::UnitTree& units,
                                                          const std::optional<access::UnitId>& unit,
                                                          access::UnitKind kind, Date day);

using PlaceOfRoll = std::function<std::optional<access::UnitId>(const PlacedHousehold&)>;
// `kept`: kept as the category, in reach; `named`: whom any row names, whatever the grade, in reach.
[[nodiscard]] RollGap gap_of(const std::vector<PlacedHousehold>& kept,
                             const std::vector<PlacedHousehold>& named, const PlaceOfRoll& place);

}  // namespace doudi::http
