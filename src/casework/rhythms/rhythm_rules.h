// SPDX-License-Identifier: Apache-2.0
// The rhythms of routes.yaml as casework reads them: what must happen again and again, to each household of a
// category or by an office. Months run from the last of `since`; nothing is decided by it.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "casework/lists/lists_repository.h"
#include "policy/law.h"

namespace doudi::casework {

using repository::MachineMove;

// After how many months: a number, or a parameter that the place sets; neither: nobody set any, or it goes by
// the term of the category (`by_validity`).
struct RhythmTerm {
    std::optional<int> months;
    std::string parameter;
};

struct RhythmRule {
    std::string id;
    Text title;
    RhythmTerm every;
    Text set_by;                   // where the notice leaves the months to somebody and names no figure
    bool by_validity = false;      // every household of a category that holds for so many months
    std::vector<std::string> of;   // categories whose households each fall due
    bool every_household = false;  // or each that stands on the register
    std::vector<policy::FieldIs> only_if;  // of what its cases were told last; not told: it may be either
    std::vector<MachineMove> since;        // moves from which the months run
    std::vector<MachineMove> ends;         // moves by which the category ends
    bool by_cycle = false;                 // a run of monitoring is what must happen
    MachineMove opens;  // by which a person opens a case for a household that is due; empty: none
    std::vector<std::pair<std::string, std::string>> with;  // what that case is told
    const policy::RouteElement* element = nullptr;          // of the law, with its clause

    [[nodiscard]] bool of_households() const { return by_validity || every_household || !of.empty(); }
};

// As the packs list them. They point into the law.
[[nodiscard]] std::vector<RhythmRule> rhythms_of(const policy::Law& law);
// Null: there is none of that id.
[[nodiscard]] const RhythmRule* rhythm_named(const std::vector<RhythmRule>& rules, std::string_view id);

}  // namespace doudi::casework
