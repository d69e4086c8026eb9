// SPDX-License-Identifier: Apache-2.0
// Households of the register with what is said of them, from one reading (repository.cpp).
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/register/reach.h"
#include "http/register/repository.h"
#include "registry/records.h"

namespace doudi::http {

struct WholeHousehold {
    PlacedHousehold placed;
    registry::Household household;
};
// None also where the scope does not reach it.
[[nodiscard]] Result<std::optional<WholeHousehold>> find_whole_household(store::DataFolder& data,
                                                                         const access::Scope& scope,
                                                                         std::string_view code);
// The path's {code}; what is not in reach for this verb on this thing is not there.
[[nodiscard]] Outcome<WholeHousehold> whole_household_in_reach(Call& call, access::Verb verb,
                                                               access::Thing thing);

// What lists ask of a household.
struct StandingHousehold {
    PlacedHousehold household;
    std::string region;
    std::string category;
};
// Those that stand, by code.
[[nodiscard]] Result<std::vector<StandingHousehold>> standing_households(store::DataFolder& data,
                                                                         const access::Scope& scope,
                                                                         std::size_t limit);

}  // namespace doudi::http
