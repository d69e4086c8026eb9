// SPDX-License-Identifier: Apache-2.0
// A row of a text file and a row of a spreadsheet, seen alike: by file column, -1 for a column that the file
// does not have.
#pragma once
#include <span>
#include <string_view>

#include "intake/csv_rows.h"
#include "intake/row_words.h"
#include "intake/sheet.h"

namespace doudi::intake {

class TextRow {
  public:
    TextRow(const CsvRows& rows, std::size_t row) : rows_(&rows), row_(row) {}

    // A short row is a fault of a text file; a spreadsheet leaves empty cells out.
    [[nodiscard]] bool is_short_of(int column) const {
        return column >= 0 && static_cast<std::size_t>(column) >= size();
    }
    [[nodiscard]] std::size_t size() const { return rows_->cells(row_); }
    [[nodiscard]] std::string_view text(int column) const { return rows_->cell(row_, column); }
    [[nodiscard]] bool own(std::size_t) const { return true; }
    [[nodiscard]] CellKind kind(int column) const {
        const std::string_view cell = text(column);
        if (cell.empty()) return CellKind::empty;
        return is_error_text(cell) ? CellKind::error : CellKind::text;
    }

  private:
    const CsvRows* rows_;
    std::size_t row_;
};

class CellRow {
  public:
    CellRow(std::span<const Cell> cells, bool is_text) : cells_(cells), is_text_(is_text) {}

    [[nodiscard]] bool is_short_of(int column) const {
        return is_text_ && column >= 0 && static_cast<std::size_t>(column) >= size();
    }
    [[nodiscard]] std::size_t size() const { return cells_.size(); }
    [[nodiscard]] std::string_view text(int column) const {
        return has(column) ? cells_[static_cast<std::size_t>(column)].text : std::string_view{};
    }
    [[nodiscard]] bool own(std::size_t at) const { return cells_[at].fill == CellFill::own; }
    [[nodiscard]] CellKind kind(int column) const {
        if (!has(column)) return CellKind::empty;
        const Cell& cell = cells_[static_cast<std::size_t>(column)];
        return cell.kind == CellKind::text && is_error_text(cell.text) ? CellKind::error : cell.kind;
    }

  private:
    // A range merged to the right says its content once: 合计 over five columns is one word, not a name and a
    // number.
    [[nodiscard]] bool has(int column) const {
        const auto at = static_cast<std::size_t>(column);
        return column >= 0 && at < cells_.size() && cells_[at].fill != CellFill::from_left;
    }

    std::span<const Cell> cells_;
    bool is_text_;  // the sheet is a text file
};

}  // namespace doudi::intake
