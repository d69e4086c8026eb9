// SPDX-License-Identifier: Apache-2.0
// What rows of workbooks that came back have in common where they lie, whichever table they lie in: their
// place in the file, what speaks against them, what became of them, what they told.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/case_columns.h"
#include "casework/returned_repository.h"

namespace doudi::casework::repository {

[[nodiscard]] std::int64_t number_of_workbook(WorkbookId id);

// What a row told, as it lies: it is opened behind the query.
struct KeptTold {
    std::int64_t id = 0;
    std::string body;
    std::vector<std::byte> sealed;
};

inline constexpr int columns_of_returned = 8;  // what a table has beside them begins behind
// Rows of a workbook from behind a number, with these columns beside the common ones.
[[nodiscard]] Result<store::Statement> rows_in(Shelf& shelf, std::string_view table, std::string_view more,
                                               WorkbookId id, int after, std::size_t most);
[[nodiscard]] Result<KeptTold> read_returned(const store::Statement& query, ReturnedAt& row);
// Numbers of the rows that wait.
[[nodiscard]] Result<std::vector<int>> waiting_in(Shelf& shelf, std::string_view table, WorkbookId id,
                                                  int after, std::size_t most);
// Within write_beside(). `bind_more` binds the columns beside the common ones, from that parameter on.
[[nodiscard]] Result<void> insert_in(Shelf& shelf, std::string_view table, std::string_view more,
                                     std::int64_t number, WorkbookId id, const ReturnedAt& row,
                                     const ToldRow& told,
                                     const std::function<void(store::Statement&, int)>& bind_more);
// Only while it waits: false if somebody else was first. `came_of`: the column of what came of it.
[[nodiscard]] Result<bool> settle_in(Shelf& shelf, std::string_view table, std::string_view came_of,
                                     WorkbookId id, int number, const Settled& settled, std::int64_t of);

}  // namespace doudi::casework::repository
