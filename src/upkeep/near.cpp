// SPDX-License-Identifier: Apache-2.0
#include "upkeep/near.h"

#include "upkeep/lists_repository.h"
#include "upkeep/repository.h"

namespace doudi::upkeep {

Date near_from(const ChangeRules& rules, Date day) {
    return day.plus_months(-rules.near_application_months());
}

Result<std::vector<Case>> changes_near(store::Database& database, const store::DataFolder& folder,
                                       const ChangeRules& rules, const access::Scope* scope,
                                       std::optional<HouseholdId> household, Date day, std::size_t most) {
    std::vector<std::string> kinds;
    for (const Kind& kind : rules.kinds()) {
        if (kind.near_application) kinds.push_back(kind.id);
    }
    std::vector<Case> cases;
    for (const CaseId id : TRY(repository::cases_between(database, folder, scope, kinds, household,
                                                         near_from(rules, day) - 1, day, most))) {
        auto change = TRY(repository::find_case(database, folder, id));
        ensure(change.has_value(), "a case that was listed");
        cases.push_back(std::move(*change));
    }
    return cases;
}

}  // namespace doudi::upkeep
