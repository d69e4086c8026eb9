// SPDX-License-Identifier: Apache-2.0
// Rows of lists of first requests that came back, in the store.
#pragma once
#include <optional>
#include <vector>

#include "casework/returned_first.h"
#include "casework/returned_repository.h"

namespace doudi::casework::repository {

// Within write_beside().
[[nodiscard]] Result<void> insert_first_row(Shelf& shelf, WorkbookId id, const ReturnedFirst& row);
// Only while it waits: false if somebody else was first. Settled::event is not kept.
[[nodiscard]] Result<bool> settle_first_row(Shelf& shelf, WorkbookId id, int number, const Settled& settled,
                                            std::optional<CaseId> opened);
[[nodiscard]] Result<std::vector<ReturnedFirst>> select_first_rows(Shelf& shelf, WorkbookId id, int after,
                                                                   std::size_t most);
[[nodiscard]] Result<std::vector<int>> select_waiting_first(Shelf& shelf, WorkbookId id, int after,
                                                            std::size_t most);

}  // namespace doudi::casework::repository
