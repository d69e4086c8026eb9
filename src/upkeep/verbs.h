// SPDX-License-Identifier: Apache-2.0
// What is done with cases: proposed, confirmed by another, refused, withdrawn, taken back; and how a
// confirmed one takes effect once its day has come. Questions and their answers: questions.h.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/scope.h"
#include "base/clock.h"
#include "base/result.h"
#include "store/data_folder.h"
#include "upkeep/kinds.h"
#include "upkeep/records.h"
#include "upkeep/warnings.h"

namespace doudi::upkeep {

// Who acts, where. `folder` shows what is published; small writes go through `database`, which may be the
// folder's own.
struct Desk {
    store::DataFolder& folder;
    store::Database& database;
    const ChangeRules& rules;
    const Clock& clock;
    const access::Session& session;
    // Households that the session may change; null: all (the command line).
    const access::Scope* scope = nullptr;
};

// Each asks the kind for the session's role ("change_role") and the scope for every household that the case
// names ("household_unknown": what is not in reach is not there).
[[nodiscard]] Result<CaseId> propose(Desk& desk, const Wish& wish);
// What propose() would keep, for who keeps it in a transaction of their own (repository.h: insert_case).
[[nodiscard]] Result<Case> prepare(Desk& desk, const Wish& wish);
// A case that takes back one that holds: from the same day, everything, or not at all.
[[nodiscard]] Result<CaseId> propose_counter(Desk& desk, CaseId change, std::string_view note);
[[nodiscard]] Result<Case> prepare_counter(Desk& desk, CaseId change, std::string_view note);
// Usage "change_own": whom the kind wants confirmed by a second person, the proposer cannot. `word`: what
// becomes of open warnings of households that the case ends (warnings.h); of a confirmed case that waits for
// its day it can be said later, or otherwise.
[[nodiscard]] Result<void> confirm(Desk& desk, HouseholdWarnings& warnings, CaseId change,
                                   const WarningsWord& word = {});
[[nodiscard]] Result<void> refuse(Desk& desk, CaseId change, std::string_view reason);
// By the proposer, as long as it does not hold; the reason, where one is given, stands in its step.
[[nodiscard]] Result<void> withdraw(Desk& desk, CaseId change, std::string_view reason = {});
// A case that could not take effect: the register says otherwise by now.
struct Hindered {
    CaseId change;
    Error why;
};
struct TakenEffect {
    std::vector<CaseId> cases;
    std::vector<Hindered> hindered;
    std::vector<HouseholdId> emptied;  // that have no member left by it
};
// All confirmed cases whose day has come by then; each is a publication of its own. A move of office is
// written into the calendar of offices as soon as it is confirmed. Run again after it was killed, it goes on.
[[nodiscard]] Result<TakenEffect> take_due(store::DataFolder& folder, HouseholdWarnings& warnings,
                                           Date as_of);

}  // namespace doudi::upkeep
