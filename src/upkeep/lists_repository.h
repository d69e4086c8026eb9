// SPDX-License-Identifier: Apache-2.0
// Which cases there are: that wait, within a scope, near a day. One of them whole: repository.h.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/scope.h"
#include "base/result.h"
#include "store/data_folder.h"
#include "upkeep/records.h"

namespace doudi::upkeep::repository {

// Confirmed and not in force, the earliest day first.
[[nodiscard]] Result<std::vector<CaseId>> waiting_cases(store::Database& database,
                                                        const store::DataFolder& folder);
// Of these subjects.
[[nodiscard]] Result<std::vector<CaseId>> waiting_cases_of(store::Database& database,
                                                           const store::DataFolder& folder,
                                                           std::span<const PersonId> persons,
                                                           std::span<const HouseholdId> households);
struct CaseFilter {
    std::string kind;
    std::string state;
    std::optional<HouseholdId> household;
    PublishId proposal;
    std::optional<bool> in_force;
};
// The newest first, those with a smaller number than `before` (0: from the top), cut to what the scope
// reaches by a household or by the office that becomes responsible; no scope: all.
[[nodiscard]] Result<std::vector<CaseId>> list_cases(store::Database& database,
                                                     const store::DataFolder& folder,
                                                     const access::Scope* scope, const CaseFilter& filter,
                                                     CaseId before, std::size_t most);
[[nodiscard]] Result<bool> reaches(store::Database& database, const access::Scope& scope, CaseId change);

// Cases of these kinds that hold from a day after `from` up to and with `until`, not taken back; of one
// household or of all that the scope reaches. The newest day first.
[[nodiscard]] Result<std::vector<CaseId>> cases_between(store::Database& database,
                                                        const store::DataFolder& folder,
                                                        const access::Scope* scope,
                                                        std::span<const std::string> kinds,
                                                        std::optional<HouseholdId> household, Date from,
                                                        Date until, std::size_t most);

}  // namespace doudi::upkeep::repository
