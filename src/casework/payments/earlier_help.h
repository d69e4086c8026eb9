// SPDX-License-Identifier: Apache-2.0
// What a household was given before: a move may ask (packs, moves: `repeats`), and whoever decides is shown
// it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "casework/desk.h"

namespace doudi::casework {

struct EarlierHelp {
    CaseId of;
    std::string machine;
    std::string thing;            // of access/roles.yaml: who may read it
    UnitId unit;                  // where it is
    Text title;                   // of the machine
    Date on;                      // of the decision
    std::optional<Money> amount;  // that was told with it; none: nothing was, or it is no money
    Fields told;                  // of its case until then
};

// Of the other cases of the household, decided in so many months before the day, itself included; the newest
// first. Of a case about no household nothing is known.
[[nodiscard]] Result<std::vector<EarlierHelp>> earlier_help(Desk& desk, const CaseHead& head, Date day,
                                                            int months);

// Another case of the household that goes on and by whose kind help may be given.
struct RunningHelp {
    CaseId of;
    std::string machine;
    std::string thing;  // of access/roles.yaml: who may read it
    UnitId unit;        // where it is
    Text title;         // of the machine
    Text state;         // in which it stands
    Date since;         // opened
};

// Of the other open cases of the household, as the store has them; the newest first. Whether one is about the
// same event is for a person to say. Of a case about no household nothing is known.
[[nodiscard]] Result<std::vector<RunningHelp>> running_help(Desk& desk, const CaseHead& head);

// "helped_before": for the same cause within the time, and the field that says why again was not told.
// "helped_too_often": as many times as the place allows at most; a place that sets no number bounds nobody.
[[nodiscard]] Result<std::vector<MoveFault>> check_repeats(Desk& desk, const MoveQuestion& question,
                                                           const policy::Move& move, const Actor& actor,
                                                           const CaseHead& head, const MoveRequest& request);

}  // namespace doudi::casework
