// SPDX-License-Identifier: Apache-2.0
// Which of a work's places a test kills it at. A folder has a transaction for each migration and would be
// made twice for each place: the cost grows with the square of the migrations, while the middle ones are
// alike.
#pragma once
#include <algorithm>
#include <set>

#include "base/result.h"
#include "store/failpoint.h"

namespace doudi::store {

// How many places a work passes that goes through.
template <class Work>
[[nodiscard]] int places_passed(Work work) {
    set_failpoint("count");
    const bool went_through = static_cast<bool>(work());
    const auto passed = static_cast<int>(failpoints_passed());
    set_failpoint("");
    return went_through ? passed : 0;
}

// The first and the last ones, where things are made and turned over, and an even choice between them;
// another `turn` takes others of these. Fewer where an engine's `each` is larger. One past the last is in it:
// the work is done then.
[[nodiscard]] inline std::set<int> places_to_visit(int all, int turn, int each) {
    const int ends = std::max(4, 12 / each);
    const int between = std::max(4, 24 / each);
    std::set<int> chosen{all + 1};
    for (int place = 1; place <= std::min(ends, all); ++place) {
        chosen.insert(place);
        chosen.insert(all + 1 - place);
    }
    const int step = std::max(1, all / between);
    for (int place = 1 + turn * step / 3; place <= all; place += step) chosen.insert(place);
    return chosen;
}

}  // namespace doudi::store
