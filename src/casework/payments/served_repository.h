// SPDX-License-Identifier: Apache-2.0
// By which numbers of decisions payments were taken over, as digests.
#pragma once
#include <optional>
#include <string_view>

#include "casework/repository.h"

namespace doudi::casework::repository {

// Within write().
[[nodiscard]] Result<void> insert_served(Shelf& shelf, CaseId of, std::string_view digest);
// The first case of another household that was told it; none: there is none.
[[nodiscard]] Result<std::optional<CaseId>> select_served_elsewhere(Shelf& shelf, std::string_view digest,
                                                                    HouseholdId household);
[[nodiscard]] Result<void> delete_served(Shelf& shelf, CaseId of);

}  // namespace doudi::casework::repository
