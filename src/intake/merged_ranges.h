// SPDX-License-Identifier: Apache-2.0
// Merged cells of a sheet: the first cell's content is given to all of them, marked with where it came from.
// A household merged over its members' rows is so filled down; a title merged over all columns is marked
// from_left.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "intake/sheet.h"

namespace doudi::intake {

struct CellRange {  // both ends belong to it; rows from 1, columns from 0
    std::uint32_t top = 0;
    std::uint32_t left = 0;
    std::uint32_t bottom = 0;
    std::uint32_t right = 0;
};

class MergedRanges {
  public:
    // A range must be added before its top row is filled. Ranges beyond the limit of columns are cut to it.
    void add(CellRange range, std::uint32_t most_columns);
    [[nodiscard]] std::size_t size() const { return waiting_.size(); }
    // Completes a row; rows come in ascending order. Texts that it adds are good until the next call. Error
    // too_many_merged: what is merged over this row lies one over another, wider than a row or longer than
    // its texts may be (each range holds its text until its last row).
    [[nodiscard]] Result<void> fill(std::uint32_t row, std::vector<Cell>& cells, const Limits& limits);

  private:
    struct Active {
        CellRange range;
        std::string text;
        CellKind kind = CellKind::empty;
    };
    [[nodiscard]] Result<void> activate(std::uint32_t row, const std::vector<Cell>& cells,
                                        const Limits& limits);

    std::vector<CellRange> waiting_;
    std::size_t next_ = 0;  // in waiting_, once sorted
    bool sorted_ = true;
    std::vector<Active> active_;
};

}  // namespace doudi::intake
