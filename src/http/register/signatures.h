// SPDX-License-Identifier: Apache-2.0
// Who of a household has to sign for a check of their means, and whose paper covers a day.
#pragma once
#include <optional>
#include <string_view>

#include "casework/desk.h"
#include "http/request/call.h"
#include "registry/records.h"

namespace doudi::http {

// As the register's number says it; none: it has none.
[[nodiscard]] std::optional<Date> birthday(const registry::Member& member);

// How many adults of a case's household have no paper that covers the scope on the day; whose birthday nobody
// knows counts as one of them. None: the case is about no household, or nobody is in it.
[[nodiscard]] Result<std::optional<int>> unsigned_adults(Call& call, const casework::CaseHead& of,
                                                         std::string_view scope, Date day);

// How many of them had lived that many years on the day, and of how many the register has no birthday.
[[nodiscard]] Result<std::optional<casework::Ages>> ages_of(Call& call, std::optional<HouseholdId> household,
                                                            std::optional<PersonId> person, int years,
                                                            Date day);

}  // namespace doudi::http
