// SPDX-License-Identifier: Apache-2.0
#include "intake/row_buffer.h"

#include <fmt/format.h>

namespace doudi::intake {

Result<void> RowBuffer::put(std::uint32_t column, std::string_view text, CellKind kind) {
    if (text.empty() || kind == CellKind::empty) return {};
    if (column >= limits_->columns || entries_.size() >= limits_->columns) {
        return fail(ErrorKind::limit, "too_many_columns",
                    {fmt::format("第{}行超过{}列", row_, limits_->columns),
                     fmt::format("row {} has more than {} columns", row_, limits_->columns)},
                    fmt::format("{}", row_));
    }
    if (text.size() > limits_->cell_bytes || bytes_.size() + text.size() > limits_->row_bytes) {
        return fail(ErrorKind::limit, "cell_too_long",
                    {fmt::format("第{}行的内容过长", row_), fmt::format("row {} is too long", row_)},
                    fmt::format("{}", row_));
    }
    entries_.push_back({column, bytes_.size(), bytes_.size() + text.size(), kind});
    bytes_ += text;
    return {};
}

Result<void> RowBuffer::end(MergedRanges& merged, SheetSink& sink, std::uint64_t& cells_left) {
    cells_.clear();
    for (const Entry& entry : entries_) {
        if (cells_.size() <= entry.column) cells_.resize(entry.column + std::size_t{1});
        cells_[entry.column] = {std::string_view(bytes_).substr(entry.begin, entry.end - entry.begin),
                                entry.kind, CellFill::own};
    }
    TRY_VOID(merged.fill(row_, cells_, *limits_));
    if (cells_.empty()) return {};
    if (cells_.size() > cells_left) {
        return fail(ErrorKind::limit, "too_many_cells",
                    {"单元格过多，已停止读取", "too many cells: reading was stopped"});
    }
    cells_left -= cells_.size();
    return sink.row(row_, cells_);
}

}  // namespace doudi::intake
