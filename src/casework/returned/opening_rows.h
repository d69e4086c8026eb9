// SPDX-License-Identifier: Apache-2.0
// What becomes of the rows of a workbook that open cases (returned_opening.h), of whichever kind they are
// (returned_rows_repository.h: `Kind`). For the files of those kinds alone.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casework/returned/returned_opening.h"
#include "casework/returned/returned_rows_repository.h"

namespace doudi::casework {

// The rows of one workbook.
template <class Kind>
class OpeningRows {
  public:
    using Row = Kind::Row;

    OpeningRows(Desk& desk, WorkbookId id) : desk_(desk), id_(id) {}

    // As keep_workbook().
    [[nodiscard]] static Result<WorkbookId> keep(Desk& desk, const Actor& actor, const NewWorkbook& file,
                                                 const std::vector<Row>& rows) {
        return repository::keep_as_one(desk, actor, file, rows.size(), [&](WorkbookId id) -> Result<void> {
            for (const Row& row : rows) TRY_VOID(repository::insert_of<Kind>(desk.shelf, id, row));
            return {};
        });
    }

    [[nodiscard]] Result<std::vector<Row>> read(int after, std::size_t most) const {
        return repository::select_of<Kind>(desk_.shelf, id_, after, most);
    }

    [[nodiscard]] Result<std::optional<Row>> find(int number) const {
        return repository::find_of<Kind>(desk_.shelf, id_, number);
    }

    [[nodiscard]] Result<std::vector<int>> waiting(int after, std::size_t most) const {
        return repository::waiting_in(desk_.shelf, Kind::table, id_, after, most);
    }

    // Of a row that waits `take_waiting` says what becomes of it, in one transaction with its being settled
    // by settle(); any other is what it was. "row_unknown".
    template <class Take>
    [[nodiscard]] Result<TakenOpening> take(int number, const Take& take_waiting) const {
        TakenOpening taken;
        const Result<void> done = desk_.shelf.database.write_beside([&]() -> Result<void> {
            const Row row = TRY(need(number));
            taken = as_it_stands(row);
            if (row.outcome != RowOutcome::waiting) return {};
            ensure(row.of.has_value(), "a row of none of ours is refused");
            taken = TRY(take_waiting(row));
            return {};
        });
        if (done) return taken;
        if (done.error().code != taken_by_another) return std::unexpected(done.error());
        return as_it_stands(TRY(need(number)));
    }

    // Within take(): settled as that, or nothing of its transaction stands.
    [[nodiscard]] Result<TakenOpening> settle(const Actor& actor, int number, TakenOpening taken) const {
        const repository::Settled as{taken.outcome, 0, desk_.clock.now(), actor.user};
        if (TRY(repository::settle_of<Kind>(desk_.shelf, id_, number, as, taken.opened))) return taken;
        return fail(ErrorKind::conflict, std::string(taken_by_another),
                    {"该行已由他人处理", "somebody else has settled the row"});
    }

    // "row_unknown".
    [[nodiscard]] Result<TakenOpening> leave(const Actor& actor, int number) const {
        TakenOpening taken;
        TRY_VOID(desk_.shelf.database.write_beside([&]() -> Result<void> {
            const repository::Settled as{RowOutcome::left, 0, desk_.clock.now(), actor.user};
            (void)TRY(repository::settle_of<Kind>(desk_.shelf, id_, number, as, std::nullopt));
            taken = as_it_stands(TRY(need(number)));
            return {};
        }));
        return taken;
    }

  private:
    static constexpr std::string_view taken_by_another = "row_settled";

    [[nodiscard]] Result<Row> need(int number) const {
        auto row = TRY(find(number));
        if (row) return std::move(*row);
        return row_unknown(number);
    }

    static TakenOpening as_it_stands(const Row& row) { return {row.outcome, row.opened}; }

    Desk& desk_;
    WorkbookId id_;
};

}  // namespace doudi::casework
