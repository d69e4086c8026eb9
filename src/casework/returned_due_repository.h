// SPDX-License-Identifier: Apache-2.0
// Rows of due lists that came back, in the store.
#pragma once
#include <optional>
#include <vector>

#include "casework/returned_due.h"
#include "casework/returned_repository.h"

namespace doudi::casework::repository {

// Within write_beside().
[[nodiscard]] Result<void> insert_due_row(Shelf& shelf, WorkbookId id, const ReturnedDue& row);
// Only while it waits: false if somebody else was first. Settled::event is not kept: a case begins with its
// first.
[[nodiscard]] Result<bool> settle_due_row(Shelf& shelf, WorkbookId id, int number, const Settled& settled,
                                          std::optional<CaseId> opened);
[[nodiscard]] Result<std::vector<ReturnedDue>> select_due_rows(Shelf& shelf, WorkbookId id, int after,
                                                               std::size_t most);
[[nodiscard]] Result<std::vector<int>> select_waiting_due(Shelf& shelf, WorkbookId id, int after,
                                                          std::size_t most);
[[nodiscard]] Result<std::optional<PutOff>> select_put_off(Shelf& shelf, const DueLine& line);

}  // namespace doudi::casework::repository
