// SPDX-License-Identifier: Apache-2.0
#include "http/register/roll_gap.h"

#include <doctest/doctest.h>

namespace doudi::http {
namespace {

using access::UnitId;
using access::UnitKind;

const Date day = *Date::parse_iso("2025-07-15");

// A city with two counties, one of which has a township, and a township of its own.
access::UnitTree tree() {
    const auto unit = [](std::uint32_t id, UnitKind kind) {
        return access::Unit{.id = UnitId(id),
                            .code = std::to_string(id),
                            .title = {},
                            .kind = kind,
                            .region = std::nullopt,
                            .department = {}};
    };
    const auto place = [](std::uint32_t id, std::uint32_t parent) {
        return access::UnitPlace{UnitId(id), UnitId(parent), *Date::parse_iso("2020-01-01")};
    };
    return access::UnitTree({unit(1, UnitKind::city), unit(2, UnitKind::county), unit(3, UnitKind::county),
                             unit(4, UnitKind::township), unit(5, UnitKind::township)},
                            {place(1, 0), place(2, 1), place(3, 1), place(4, 2), place(5, 1)});
}

PlacedHousehold home(std::uint32_t id, std::uint32_t unit) {
    return {.id = HouseholdId(id), .code = "LC" + std::to_string(id), .unit = UnitId(unit)};
}

RollGap gap(const std::vector<PlacedHousehold>& kept, const std::vector<PlacedHousehold>& named) {
    const access::UnitTree units = tree();
    return gap_of(kept, named, [&](const PlacedHousehold& one) {
        return place_of_roll(units, one.unit, UnitKind::county, day);
    });
}

TEST_CASE("a place of a roll is the nearest office of its kind, of oneself or above; where none is, none") {
    const access::UnitTree units = tree();
    CHECK(place_of_roll(units, UnitId(4), UnitKind::county, day) == UnitId(2));
    CHECK(place_of_roll(units, UnitId(3), UnitKind::county, day) == UnitId(3));
    CHECK(!place_of_roll(units, UnitId(5), UnitKind::county, day));
    CHECK(!place_of_roll(units, std::nullopt, UnitKind::county, day));
    CHECK(place_of_roll(units, UnitId(5), UnitKind::city, day) == UnitId(1));
}

TEST_CASE("whom no row names lacks on the roll, and whom one names in whatever grade does not") {
    const RollGap found = gap({home(1, 4), home(2, 4), home(3, 2)}, {home(2, 4)});
    REQUIRE(found.lacking.size() == 2);
    CHECK(found.lacking[0].id == HouseholdId(1));
    CHECK(found.lacking[1].id == HouseholdId(3));
    CHECK(found.not_told == 0);
}

TEST_CASE("of a place of which the roll names nobody it is not known who lacks on it") {
    const RollGap found = gap({home(1, 4), home(2, 3), home(3, 5)}, {home(9, 2)});
    REQUIRE(found.lacking.size() == 1);
    CHECK(found.lacking[0].id == HouseholdId(1));
    CHECK(found.not_told == 2);
    CHECK(gap({home(1, 4)}, {}).lacking.empty());
    CHECK(gap({home(1, 4)}, {}).not_told == 1);
}

}  // namespace
}  // namespace doudi::http
