// SPDX-License-Identifier: Apache-2.0
#include "intake/merged_ranges.h"

#include <fmt/format.h>

#include <algorithm>

namespace doudi::intake {

void MergedRanges::add(CellRange range, std::uint32_t most_columns) {
    if (range.left >= most_columns || range.bottom < range.top || range.right < range.left) return;
    range.right = std::min(range.right, most_columns - 1);
    sorted_ = sorted_ && (waiting_.empty() || waiting_.back().top <= range.top);
    waiting_.push_back(range);
}

Result<void> MergedRanges::activate(std::uint32_t row, const std::vector<Cell>& cells, const Limits& limits) {
    std::uint64_t width = 0;
    std::uint64_t bytes = 0;
    const auto count = [&width, &bytes](const Active& active) {
        width += active.range.right - active.range.left + std::uint64_t{1};
        bytes += active.text.size();
    };
    std::ranges::for_each(active_, count);
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
        count(active_.back());
        if (width > limits.columns || bytes > limits.row_bytes) {
            return fail(ErrorKind::limit, "too_many_merged",
                        {fmt::format("第{}行的合并单元格相互重叠", row),
                         fmt::format("the merged ranges over row {} overlap", row)},
                        fmt::format("{}", row));
        }
    }
    return {};
}

Result<void> MergedRanges::fill(std::uint32_t row, std::vector<Cell>& cells, const Limits& limits) {
    std::erase_if(active_, [row](const Active& active) { return active.range.bottom < row; });
    TRY_VOID(activate(row, cells, limits));
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
    return {};
}

}  // namespace doudi::intake
