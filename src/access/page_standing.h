// SPDX-License-Identifier: Apache-2.0
// What the page of a household hangs on beside roles, from one reading (papers_repository.cpp).
#pragma once
#include <set>
#include <span>

#include "access/masking.h"

namespace doudi::access {

struct PageStanding {
    Standing of_session;
    std::set<PersonId> guarded;  // who of these people is under protection on that day (protection.h)
};
[[nodiscard]] Result<PageStanding> standing_of_page(store::Database& database, const Session& session,
                                                    HouseholdId household, std::span<const PersonId> people,
                                                    Date day, Instant now);

}  // namespace doudi::access
