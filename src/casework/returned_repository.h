// SPDX-License-Identifier: Apache-2.0
// The rows of workbooks that came back.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "casework/returned.h"

namespace doudi::casework::repository {

// Within write_beside(). Nothing: this file of this person is there already.
[[nodiscard]] Result<std::optional<WorkbookId>> insert_workbook(Shelf& shelf, const Workbook& workbook);
// `head`: of its case; null: it has none.
[[nodiscard]] Result<void> insert_row(Shelf& shelf, WorkbookId id, const ReturnedRow& row,
                                      const CaseHead* head);
struct Settled {
    RowOutcome outcome = RowOutcome::left;
    int event = 0;
    Instant at;
    UserId by;
};
// Only while it waits: false if somebody else was first.
[[nodiscard]] Result<bool> settle_row(Shelf& shelf, WorkbookId id, int number, const Settled& settled);

[[nodiscard]] Result<std::optional<WorkbookId>> select_workbook_of(Shelf& shelf, const Workbook& workbook);
[[nodiscard]] Result<std::optional<Workbook>> select_workbook(Shelf& shelf, WorkbookId id);
[[nodiscard]] Result<std::vector<WorkbookId>> select_workbooks(Shelf& shelf, std::size_t most);
[[nodiscard]] Result<std::vector<ReturnedRow>> select_rows(Shelf& shelf, WorkbookId id, int after,
                                                           std::size_t most);
[[nodiscard]] Result<std::vector<int>> select_waiting(Shelf& shelf, WorkbookId id, int after,
                                                      std::size_t most);

}  // namespace doudi::casework::repository
