// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/desk_columns_repository.h"

#include "casework/case_columns.h"

namespace doudi::casework::repository {

DeskColumns desk_columns_of(const CaseState& state, bool is_closed) {
    DeskColumns columns{.level = first_of(state.fields, level_field), .closed_on = std::nullopt};
    if (is_closed) columns.closed_on = state.state_on;
    return columns;
}

Result<void> put_desk_columns(Shelf& shelf, CaseId of, const DeskColumns& columns) {
    auto update =
        TRY(shelf.database.prepare("update casework_case set level = $1, closed_on = $2 where id = $3"));
    update.bind(1, std::string_view(columns.level)).bind(2, columns.closed_on);
    return update.bind(3, number_of(of)).run();
}

}  // namespace doudi::casework::repository
