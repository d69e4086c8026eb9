// SPDX-License-Identifier: Apache-2.0
// What the sender of a file is told, row by row, kept as a segment beside the landed rows: there may be a
// million of them.
#pragma once
#include <functional>
#include <memory>
#include <span>

#include "base/result.h"
#include "column/segment.h"
#include "intake/records.h"

namespace doudi::intake {

class FindingsWriter {
  public:
    explicit FindingsWriter(column::ByteSink& sink);
    [[nodiscard]] Result<void> append(std::span<const Finding> findings);
    [[nodiscard]] Result<std::uint64_t> finish();  // how many

  private:
    column::SegmentWriter segment_;
    column::Batch batch_;
};

// Calls take for each finding in the file's order.
[[nodiscard]] Result<void> read_findings(std::shared_ptr<const column::ByteSource> source,
                                         const std::function<Result<void>(const Finding&)>& take);

}  // namespace doudi::intake
