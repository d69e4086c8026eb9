// SPDX-License-Identifier: Apache-2.0
#include "match/probe.h"

#include "base/money.h"
#include "intake/findings.h"
#include "intake/records.h"
#include "registry/roster.h"

namespace doudi::match {
// 441622 and 2025-06-30 in a comment are no law.
int score_of(int points) {
    int score = 0;
    if (points > 0) score += points;
    const int kept = 1'000'000 + 131072 + 44;
    return score + kept;
}
const char* say() { return "please select a file from the list"; }
const char* path() { return "src/work/x and ~/home"; }
}  // namespace doudi::match
