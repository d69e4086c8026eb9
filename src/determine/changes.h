// SPDX-License-Identifier: Apache-2.0
// What would change an answer: for every comparison of numbers in a condition the least change of one told
// fact that turns it, in fen or units, or the days after which it turns by itself; and whether that alone
// turns the verdict. Found by asking again with the fact changed, so it holds for the real condition.
#pragma once
#include <vector>

#include "determine/facts.h"
#include "determine/usage.h"

namespace doudi::determine {

// Other members are only looked at in households of so many.
inline constexpr int most_members_for_changes = 20;

// Those that turn the verdict first, each by distance: fen of money, units of counts, days.
[[nodiscard]] std::vector<NearestChange> nearest_changes(const Facts& facts, Usages& usages, int category,
                                                         int member);

// A told day that lies so many days from where a comparison of the category turns; earlier ones are negative.
struct DayTurn {
    FactKey fact;
    int days = 0;
};
[[nodiscard]] std::vector<DayTurn> turning_days(const Facts& facts, Usages& usages, int category, int member);

// Comparisons of numbers and days in a condition that do not hang on one member of a list.
[[nodiscard]] std::vector<Figure> figures_of(const Facts& facts, const expr::Program& program, int member,
                                             bool of_sets);

}  // namespace doudi::determine
