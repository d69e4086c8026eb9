// SPDX-License-Identifier: Apache-2.0
// What rows of workbooks that came back have in common where they lie, whichever table they lie in: their
// place in the file, what speaks against them, what became of them, what they told. What a kind of row has of
// its own, its `Kind` says:
//   Row                  a ReturnedAt
//   table, more          where its rows lie, and the columns that they have there beside the common ones
//   read(query, at, row) those columns, from that one on
//   open(shelf, told, row) what a row told
// and of one that is put in here, and settled by the case that it opens (column case_id):
//   counter              what numbers its rows
//   bind(insert, at, row), written(shelf, number, row)
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casework/case_columns.h"
#include "casework/returned/returned_repository.h"

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
// What a row asks for: its move and that one's day, in two columns from that one on; without a move no day.
void bind_asked(store::Statement& insert, int at, const MoveRequest& asked);
void read_asked(const store::Statement& query, int at, MoveRequest& asked);
// What the rows about somebody told goes: `whose` is the column that says about whom they are.
[[nodiscard]] Result<void> clear_in(store::Database& database, std::string_view table, std::string_view whose,
                                    std::int64_t about);

template <class Kind>
[[nodiscard]] Result<std::vector<typename Kind::Row>> select_of(Shelf& shelf, WorkbookId id, int after,
                                                                std::size_t most) {
    std::vector<std::pair<typename Kind::Row, KeptTold>> kept;
    auto query = TRY(rows_in(shelf, Kind::table, Kind::more, id, after, most));
    while (TRY(query.step())) {
        auto& [row, told] = kept.emplace_back();
        told = TRY(read_returned(query, row));
        Kind::read(query, columns_of_returned, row);
    }
    std::vector<typename Kind::Row> rows;
    for (auto& [row, told] : kept) {
        TRY_VOID(Kind::open(shelf, told, row));
        rows.push_back(std::move(row));
    }
    return rows;
}

template <class Kind>
[[nodiscard]] Result<std::optional<typename Kind::Row>> find_of(Shelf& shelf, WorkbookId id, int number) {
    auto rows = TRY(select_of<Kind>(shelf, id, number - 1, 1));
    if (rows.empty() || rows.front().number != number) return std::optional<typename Kind::Row>();
    return std::optional(std::move(rows.front()));
}

// Within write_beside().
template <class Kind>
[[nodiscard]] Result<void> insert_of(Shelf& shelf, WorkbookId id, const typename Kind::Row& row) {
    const std::int64_t number = TRY(next_of(shelf, Kind::counter));
    const ToldRow told = TRY(Kind::written(shelf, number, row));
    return insert_in(shelf, Kind::table, Kind::more, number, id, row, told,
                     [&](store::Statement& insert, int at) { Kind::bind(insert, at, row); });
}

// Only while it waits: false if somebody else was first. Settled::event is not kept: a case begins with its
// first.
template <class Kind>
[[nodiscard]] Result<bool> settle_of(Shelf& shelf, WorkbookId id, int number, const Settled& settled,
                                     std::optional<CaseId> opened) {
    return settle_in(shelf, Kind::table, "case_id", id, number, settled,
                     number_of(opened.value_or(CaseId())));
}

}  // namespace doudi::casework::repository
