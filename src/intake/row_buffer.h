// SPDX-License-Identifier: Apache-2.0
// One row of a sheet while it is being read: cells put at their columns, texts kept in one piece of memory,
// limits held.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intake/merged_ranges.h"
#include "intake/sheet.h"

namespace doudi::intake {

class RowBuffer {
  public:
    explicit RowBuffer(const Limits& limits) : limits_(&limits) {}

    void begin(std::uint32_t row) {
        row_ = row;
        bytes_.clear();
        entries_.clear();
    }
    [[nodiscard]] std::uint32_t row() const { return row_; }
    // Empty cells need not be put. A filled cell beyond the limit of columns is an error.
    [[nodiscard]] Result<void> put(std::uint32_t column, std::string_view text, CellKind kind);
    // Hands the row on, merged ranges filled; a row without any cell is left out.
    [[nodiscard]] Result<void> end(MergedRanges& merged, SheetSink& sink, std::uint64_t& cells_left);

  private:
    struct Entry {
        std::uint32_t column;
        std::size_t begin;
        std::size_t end;
        CellKind kind;
    };
    const Limits* limits_;
    std::uint32_t row_ = 0;
    std::string bytes_;
    std::vector<Entry> entries_;
    std::vector<Cell> cells_;
};

}  // namespace doudi::intake
