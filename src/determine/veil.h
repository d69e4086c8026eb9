// SPDX-License-Identifier: Apache-2.0
// An answer for somebody who may have a household judged by facts that they are not shown: every verdict, the
// clause and the side of the line stay, the figures that hang on such a fact do not. What hangs on it is
// found by judging again without it: whatever is known then, and is the same, cannot come from there (three
// values: semantics.md), so that no list of dependencies can be wrong. Pure. Serves design.md 8 and 9.
#pragma once
#include <vector>

#include "determine/records.h"

namespace doudi::determine {

// `whole`: by all facts; `blind`: the same case without `hidden`, the facts that are not shown.
struct Veil {
    const policy::Law& law;
    const Determination& whole;
    const Determination& blind;
    const std::vector<FactKey>& hidden;
};

// Amounts, changes that would turn a line and facts are cut as figures are.
[[nodiscard]] Determination veiled(const Veil& of);

// For what is told to a case: why it is so as `veiled` has it, the amounts whole, since they are what is
// proposed and decided.
[[nodiscard]] Determination veiled_reasons(const Veil& of);

}  // namespace doudi::determine
