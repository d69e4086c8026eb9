// SPDX-License-Identifier: Apache-2.0
// How a row of casework_case is read, for both repositories of this room. `c` names the table in a query.
#pragma once
#include <string_view>

#include "casework/repository.h"

namespace doudi::casework::repository {

inline constexpr std::string_view case_columns =
    "c.id, c.machine, c.household, c.person, c.unit, c.origin, c.department, c.parent, c.source, c.pack, "
    "c.pack_version,"
    " c.opened_on, c.state, c.track, c.events, c.due_on, c.due_clock, c.is_closed";
inline constexpr int columns_of_case = 18;

[[nodiscard]] CaseRow case_of(const store::Statement& row);

}  // namespace doudi::casework::repository
