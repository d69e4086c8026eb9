// SPDX-License-Identifier: Apache-2.0
// A bounded search for cases that show a fault of a law: two rules that hold of one member, a benefit without
// a grant, a figure that no rule covers. Invented cases (case_maker.h), varied from those in which some rule
// holds. Gaps are looked for along money, counts, ratios and told days, and so ages. What it does not find
// may still exist; what it finds is real.
#pragma once
#include <string>
#include <vector>

#include "determine/facts.h"
#include "determine/records.h"

namespace doudi::determine {

struct LogicGoal {
    enum class Kind : std::uint8_t {
        two_categories,  // first and second hold of one member
        two_grants,      // grants first and second of the benefit apply and give different help
        no_grant,        // the benefit holds and none of its grants applies
        gap,             // first below a figure, second above it, at it nothing of the exclusive order
    };
    Kind kind = Kind::two_categories;
    int benefit = -1;
    int first = -1, second = -1;
    friend bool operator==(const LogicGoal&, const LogicGoal&) = default;
};

struct Witness {
    LogicGoal goal;
    int member = -1;
    Case told;
    FactKey fact;       // of a gap: the fact whose value at the gap nothing covers
    Case below, above;  // of a gap: the nearest values that something covers
};

inline constexpr int cases_tried = 4'000;
inline constexpr int gap_probes = 250;

// The first witness of each goal; gaps of the exclusive order besides, each pair of categories once.
[[nodiscard]] std::vector<Witness> find_witnesses(const policy::Law& law, const std::string& region, Date day,
                                                  std::vector<LogicGoal> goals);

// The category by which the member is in the exclusive order: the first there that holds, or what becomes it;
// -1: none. Empty where that is not settled.
[[nodiscard]] std::optional<int> deciding_rule(const Facts& facts, int member);

}  // namespace doudi::determine
