// SPDX-License-Identifier: Apache-2.0
// The members' file of the register, read in bulk like a feed, as a roster; and the households' own numbers.
#pragma once
#include <string_view>

#include "bench/bench.h"
#include "column/batch.h"
#include "match/roster.h"

namespace doudi::bench {

struct RosterWithCodes {
    match::Roster roster;
    column::TextColumn codes;  // by HouseholdId - 1

    [[nodiscard]] std::string_view code(std::uint32_t household) const { return codes.at(household - 1); }
};

[[nodiscard]] Result<RosterWithCodes> read_roster(const Job& job, const policy::DatasetCatalogue& catalogue);

}  // namespace doudi::bench
