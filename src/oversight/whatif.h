// SPDX-License-Identifier: Apache-2.0
// What would change if the law were another: the register run under two laws, and who enters, leaves and
// moves, by category, township and cause, what it costs a month and how many doors it means. It decides
// nothing: every number opens down to the people behind it, and a person decides about each (design.md §2).
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "oversight/register_cases.h"
#include "policy/pack.h"

namespace doudi::oversight {

// One of the two laws, and the register's cases read for it.
struct Side {
    const policy::Pack* pack = nullptr;
    const determine::ManyCases* cases = nullptr;
};

// Why a member enters or leaves a category: the line that stood in the way before, or does now.
struct Cause {
    Text say;
    std::string clause;
    friend auto operator<=>(const Cause& a, const Cause& b) {
        return std::tie(a.clause, a.say.zh) <=> std::tie(b.clause, b.say.zh);
    }
    friend bool operator==(const Cause& a, const Cause& b) { return a.clause == b.clause && a.say == b.say; }
};

enum class Step : std::uint8_t { entered, left, became_unknown, became_known };
[[nodiscard]] const char* step_id(Step step);  // as lists and answers write it: "became_unknown"

struct Move {
    std::uint32_t member = 0;  // row among the register's members
    std::uint32_t household = 0;
    int category = 0;  // index into WhatIf::categories
    Step step = Step::entered;
    int cause = -1;  // index into WhatIf::causes
};

struct CategoryTotals {
    std::string id;
    Text title;
    std::uint64_t before = 0, after = 0;  // members
    std::uint64_t entered = 0, left = 0;  // from a certain no to a certain yes, and back
    std::uint64_t unknown_before = 0, unknown_after = 0;
};

struct BenefitTotals {
    std::string id;
    Text title;
    std::int64_t fen_before = 0, fen_after = 0;  // a month, where settled
    std::uint64_t unsettled_before = 0, unsettled_after = 0;
};

struct WhatIf {
    std::vector<CategoryTotals> categories;  // of both laws, in the first one's order
    std::vector<BenefitTotals> benefits;     // those with a monthly amount
    std::vector<Cause> causes;
    std::vector<Move> moves;  // by household, member and category
    // From one set to another, as titles; what stays the same is not listed.
    struct Shift {
        std::vector<int> from, to;  // indexes into categories
        std::uint64_t members = 0, households = 0;
    };
    std::vector<Shift> shifts;  // the largest first
    std::uint64_t households = 0, members = 0;
    std::uint64_t households_changed = 0;  // each is a door to knock at before anything changes
    bool sample = false;                   // an invented figure stands in one of the laws
};

[[nodiscard]] WhatIf what_if(const Side& before, const Side& after, unsigned threads);

// --- another law
// ------------------------------------------------------------------------------------------------

// "mlg_standard_month=+5%", "=-20.00", "=700.00" (yuan), "rigid_expenditure_ratio=0.6": every value of the
// parameter that there is, or for "=…" without a sign one value everywhere from the day of the question. A
// parameter without a value cannot be raised.
[[nodiscard]] Result<void> set_parameter(policy::Law& law, std::string_view change, AsOf as_of);

}  // namespace doudi::oversight
