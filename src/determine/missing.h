// SPDX-License-Identifier: Apache-2.0
// Which facts would settle an answer (semantics 25): the least-cost set that settles it whatever its values
// are, and the one fact that alone can settle it. Facts that only ever matter together count as one
// candidate; up to 16 open candidates all sets are tried in the order of cost, beyond that the dearest that
// can go are left out one by one, and the answer says so.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "determine/formula.h"

namespace doudi::determine {

// Work may be bounded over many answers of one case: a bound that is reached makes answers inexact, never
// wrong.
struct SearchBudget {
    std::int64_t nodes = 30'000'000;  // evaluations of formula nodes
};

// What a fact costs, and where it stands among those of equal cost.
struct FactPrice {
    int cost = 0;
    int place = 0;
};
using PriceOf = std::function<FactPrice(expr::FactId)>;

struct SmallestSet {
    std::vector<expr::FactId> facts;  // the cheapest first
    bool is_exact = true;
    std::optional<expr::FactId> ask_first;  // can settle it alone; the cheapest of the set if none can
};

[[nodiscard]] SmallestSet smallest_set(const Formulas& formulas, FormulaId answer, const PriceOf& price,
                                       SearchBudget& budget);
// The facts of which some value alone would settle it.
[[nodiscard]] std::vector<expr::FactId> can_settle_alone(const Formulas& formulas, FormulaId answer,
                                                         SearchBudget& budget);
// Do these facts settle it, whatever they turn out to be?
[[nodiscard]] bool settles(const Formulas& formulas, FormulaId answer,
                           const std::vector<expr::FactId>& facts);

}  // namespace doudi::determine
