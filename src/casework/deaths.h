// SPDX-License-Identifier: Apache-2.0
// Deaths that departments' rows tell become questions to a person: a case of the machine that the pack lets
// monitoring open about a person, told of an exact match alone. It confirms nothing and holds no payment.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/desk.h"
#include "monitor/read.h"

namespace doudi::casework {

// The indicators of the pack that tell an end of life.
[[nodiscard]] std::vector<std::string> death_indicators(const policy::Pack& pack);

// The machine that monitoring opens about a person; null: the pack has none.
[[nodiscard]] const policy::Machine* machine_of_deaths(const policy::Procedures& procedures);

struct DeathReport {
    std::uint64_t told = 0;  // cases that were opened, or told of another department
    // Households of no office, each once: nobody could be asked of a death there. Once they have one, the
    // next raising asks.
    std::vector<HouseholdId> nowhere;
};

// Of a person one case is open: it is told of a department that it was not told of before. What a person has
// closed stays so, until another department tells.
[[nodiscard]] Result<DeathReport> raise_deaths(Desk& desk, const policy::Pack& pack,
                                               std::span<const monitor::ToldDeath> deaths);

}  // namespace doudi::casework
