// SPDX-License-Identifier: Apache-2.0
// A landed segment as rows of its dataset, block by block. Columns are found by name: a dataset that has
// gained a column since the file landed reads it as empty, one that has lost a column passes it over.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.h"
#include "column/segment.h"
#include "intake/records.h"
#include "policy/dataset.h"

namespace doudi::match {

class LandedRows {
  public:
    [[nodiscard]] static Result<LandedRows> open(std::shared_ptr<const column::ByteSource> source,
                                                 const policy::Dataset& dataset);
    [[nodiscard]] std::size_t blocks() const { return reader_.blocks(); }
    [[nodiscard]] std::uint64_t rows() const { return reader_.rows(); }
    // Does any row of the block bear a date after this day?
    [[nodiscard]] bool has_after(std::size_t block, Date day) const;
    // Safe from any thread, each with its own rows.
    [[nodiscard]] Result<void> read(std::size_t block, intake::FeedRows& rows) const;

  private:
    explicit LandedRows(column::SegmentReader reader) : reader_(std::move(reader)) {}
    column::SegmentReader reader_;
    intake::FeedLayout layout_;
    std::vector<int> place_;  // in the segment, by column of the layout; -1: not there
    bool same_ = false;
};

}  // namespace doudi::match
