// SPDX-License-Identifier: Apache-2.0
// Rows of the list of first requests (first_requests.h) that came back as a workbook: each opens the case
// that somebody asked for, or says why not, once a person takes it. One that was settled meanwhile opens
// nothing.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/returned/first_requests.h"
#include "casework/returned/returned_opening.h"

namespace doudi::casework {

// Under which the workbook is kept (NewWorkbook::machine).
inline constexpr std::string_view first_workbook = "first.requests";
// Of a row that declines: why, in its fields.
inline constexpr std::string_view declined_field = "reason";

// One that does not open: it is declined.
struct ReturnedFirst : ReturnedOpening {
    std::optional<FirstRequestId> of;  // none: none of ours
    MoveRequest request = {};          // that opens the case; of one that is declined the reason alone
};

// Kept as one; the same file of the same person again is the one that is there. "workbook_rows".
[[nodiscard]] Result<WorkbookId> keep_first_workbook(Desk& desk, const Actor& actor, const NewWorkbook& file,
                                                     const std::vector<ReturnedFirst>& rows);
[[nodiscard]] Result<std::vector<ReturnedFirst>> read_first_rows(Desk& desk, WorkbookId id, int after,
                                                                 std::size_t most);
[[nodiscard]] Result<std::optional<ReturnedFirst>> find_first_row(Desk& desk, WorkbookId id, int number);
[[nodiscard]] Result<std::vector<int>> waiting_first_rows(Desk& desk, WorkbookId id, int after,
                                                          std::size_t most);

using TakenFirst = TakenOpening;
// What speaks against taking a row now, as far as it is known before its case is there; empty: it may be
// taken. `request`: as it stands, or none.
[[nodiscard]] std::vector<MoveFault> against_first(const Actor& actor, const policy::Law& law,
                                                   const ReturnedFirst& row,
                                                   const std::optional<FirstRequest>& request);
// Whoever takes it opens the case or declines, in one transaction with its being settled; taken again, it is
// what it was. `pack`: the office's law. Whether the actor reaches the request is the caller's question.
// "row_unknown".
[[nodiscard]] Result<TakenFirst> take_first_row(Desk& desk, const Actor& actor, std::string_view pack,
                                                WorkbookId id, int number);
[[nodiscard]] Result<TakenFirst> leave_first_row(Desk& desk, const Actor& actor, WorkbookId id, int number);

// Of a folder that has just got its keys; of requests that are taken away. Within write().
[[nodiscard]] Result<void> seal_first_rows(repository::Shelf& shelf);
[[nodiscard]] Result<void> clear_first_rows(store::Database& database, std::int64_t request);

}  // namespace doudi::casework
