// SPDX-License-Identifier: Apache-2.0
// What the repositories of this room share. `c` names casework_case in a query.
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

#include "casework/repository.h"

namespace doudi::casework::repository {

inline constexpr std::string_view case_columns =
    "c.id, c.machine, c.household, c.person, c.unit, c.origin, c.department, c.parent, c.source, c.pack, "
    "c.pack_version,"
    " c.opened_on, c.state, c.track, c.events, c.due_on, c.due_clock, c.is_closed";
inline constexpr int columns_of_case = 18;

[[nodiscard]] CaseRow case_of(const store::Statement& row);
[[nodiscard]] std::int64_t number_of(CaseId id);

// Officers write at the same time: whoever takes a number holds the counter until what it numbers is there.
// Within write_beside().
[[nodiscard]] Result<std::int64_t> next_of(Shelf& shelf, std::string_view what);

// Where it is told to cases: the column of the seal, see ToldPlace.
inline constexpr std::string_view event_column = "casework_event.sealed";
inline constexpr std::string_view late_column = "casework_late.sealed";
inline constexpr std::string_view reminder_column = "casework_reminder.sealed";
inline constexpr std::string_view hit_look_column = "casework_hit_look.sealed";
inline constexpr std::string_view returned_column = "casework_returned_row.sealed";

void bind_told(store::Statement& statement, int text, int sealed, const ToldRow& told);

// Rows of a table with an id, `body` and `sealed` that lie in the clear, of a folder that has just got its
// keys. `place`: of a row, by its id and by the number that its column `whose` has.
[[nodiscard]] Result<void> seal_plain(
    Shelf& shelf, std::string_view table, std::string_view whose,
    const std::function<ToldPlace(std::int64_t id, std::int64_t whose)>& place);

}  // namespace doudi::casework::repository
