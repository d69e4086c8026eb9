// SPDX-License-Identifier: Apache-2.0
// Units and the places of households in the store.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/unit_spans.h"
#include "access/units.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access::repository {

[[nodiscard]] Result<std::vector<Unit>> select_units(store::Database& database);
[[nodiscard]] Result<std::vector<UnitPlace>> select_places(store::Database& database);

// Inside a write(): all that the tables say is replaced.
[[nodiscard]] Result<void> put_units(store::Database& database, std::span<const Unit> units);
[[nodiscard]] Result<void> replace_places(store::Database& database, std::span<const UnitPlace> places,
                                          std::span<const UnitSpan> within);

struct HouseholdPlace {
    UnitId unit;
    Date from;
    Date until;
};
// Ascending by day.
[[nodiscard]] Result<std::vector<HouseholdPlace>> select_household_places(store::Database& database,
                                                                          HouseholdId household);
[[nodiscard]] Result<std::optional<UnitId>> select_unit_of(store::Database& database, HouseholdId household,
                                                           Date day);
[[nodiscard]] Result<void> put_household_place(store::Database& database, HouseholdId household,
                                               const HouseholdPlace& place, std::string_view why);

struct UnplacedHousehold {
    HouseholdId id;
    std::string region;
};
// Of the register as published.
[[nodiscard]] Result<std::vector<UnplacedHousehold>> select_unplaced(store::Database& database);

}  // namespace doudi::access::repository
