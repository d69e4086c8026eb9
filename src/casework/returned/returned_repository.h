// SPDX-License-Identifier: Apache-2.0
// The rows of workbooks that came back.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/returned/returned.h"

namespace doudi::casework::repository {

// Refusals as they lie there, JSON: they repeat nothing of what a cell holds. "workbook_damaged".
[[nodiscard]] std::string refusals_text(const std::vector<Error>& refusals);
[[nodiscard]] Result<std::vector<Error>> refusals_of(std::string_view text);
[[nodiscard]] RowOutcome outcome_named(std::string_view name);

// A workbook with so many rows, in one transaction with them; the same file of the same person again is the
// one that is there, and no rows are put in. "workbook_rows": there are too many.
[[nodiscard]] Result<WorkbookId> keep_as_one(Desk& desk, const Actor& actor, const NewWorkbook& file,
                                             std::size_t rows,
                                             const std::function<Result<void>(WorkbookId)>& insert_rows);

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
[[nodiscard]] Result<std::optional<ReturnedRow>> select_row(Shelf& shelf, WorkbookId id, int number);
[[nodiscard]] Result<std::vector<int>> select_waiting(Shelf& shelf, WorkbookId id, int after,
                                                      std::size_t most);

}  // namespace doudi::casework::repository
