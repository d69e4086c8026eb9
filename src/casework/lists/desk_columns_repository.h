// SPDX-License-Identifier: Apache-2.0
// What desks count cases by, beside the fold: the level of the warning as last told, and the day of closing.
#pragma once
#include <optional>
#include <string>

#include "casework/repository.h"

namespace doudi::casework::repository {

struct DeskColumns {
    std::string level;              // empty: the case has none
    std::optional<Date> closed_on;  // none: it is open
};
// Of a case that stands so.
[[nodiscard]] DeskColumns desk_columns_of(const CaseState& state, bool is_closed);
// Within write().
[[nodiscard]] Result<void> put_desk_columns(Shelf& shelf, CaseId of, const DeskColumns& columns);

}  // namespace doudi::casework::repository
