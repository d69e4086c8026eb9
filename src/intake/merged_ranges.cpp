// SPDX-License-Identifier: Apache-2.0
#include "intake/merged_ranges.h"

#include <algorithm>

namespace doudi::intake {

void MergedRanges::add(CellRange range, std::uint32_t most_columns) {
    if (range.left >= most_columns || range.bottom < range.top || range.right < range.left) return;
    range.right = std::min(range.right, most_columns - 1);
    sorted_ = sorted_ && (waiting_.empty() || waiting_.back().top <= range.top);
    waiting_.push_back(range);
}

void MergedRanges::activate(std::uint32_t row, const std::vector<Cell>& cells) {
    if (!sorted_) {
        const auto from = waiting_.begin() + static_cast<std::ptrdiff_t>(next_);
        std::sort(from, waiting_.end(), [](const CellRange& a, const CellRange& b) { return a.top < b.top; });
        sorted_ = true;
    }
    for (; next_ < waiting_.size() && waiting_[next_].top <= row; ++next_) {
        const CellRange& range = waiting_[next_];
        if (range.bottom < row || range.left >= cells.size() || range.top != row) continue;
        const Cell& first = cells[range.left];
        if (first.kind == CellKind::empty) continue;
        active_.push_back({range, std::string(first.text), first.kind});
    }
}

void MergedRanges::fill(std::uint32_t row, std::vector<Cell>& cells) {
    std::erase_if(active_, [row](const Active& active) { return active.range.bottom < row; });
    activate(row, cells);
    for (const Active& active : active_) {
        if (cells.size() <= active.range.right) cells.resize(active.range.right + std::size_t{1});
        for (std::uint32_t column = active.range.left; column <= active.range.right; ++column) {
            Cell& cell = cells[column];
            if (cell.kind != CellKind::empty) continue;
            cell.text = active.text;
            cell.kind = active.kind;
            cell.fill = column == active.range.left ? CellFill::from_above : CellFill::from_left;
        }
    }
}

}  // namespace doudi::intake
