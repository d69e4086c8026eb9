// SPDX-License-Identifier: Apache-2.0
#include "http/register/roll_gap.h"

#include <algorithm>

namespace doudi::http {

std::optional<access::UnitId> place_of_roll(const access::UnitTree& units,
                                            const std::optional<access::UnitId>& unit, access::UnitKind kind,
                                            Date day) {
    if (!unit) return std::nullopt;
    const auto path = units.path(*unit, day);
    const auto found = std::find_if(path.rbegin(), path.rend(), [&](access::UnitId one) {
        const access::Unit* at = units.find(one);
        return at != nullptr && at->kind == kind;
    });
    return found == path.rend() ? std::nullopt : std::optional(*found);
}

RollGap gap_of(const std::vector<PlacedHousehold>& kept, const std::vector<PlacedHousehold>& named,
               const PlaceOfRoll& place) {
    std::set<HouseholdId> on_it;
    std::set<std::optional<access::UnitId>> told;
    for (const PlacedHousehold& one : named) {
        on_it.insert(one.id);
        told.insert(place(one));
    }
    RollGap gap;
    for (const PlacedHousehold& one : kept) {
        if (on_it.contains(one.id)) continue;
        if (told.contains(place(one)))
            gap.lacking.push_back(one);
        else
            ++gap.not_told;
    }
    return gap;
}

}  // namespace doudi::http
