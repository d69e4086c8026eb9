// SPDX-License-Identifier: Apache-2.0
// One file under way, inside read_feeds(): what its chunks become, and the gate that lets them out in the
// file's order.
#pragma once
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "intake/bulk_file.h"
#include "intake/read.h"

namespace doudi::intake {

// What one chunk came to. Reused: a worker takes one from the task's stock and commit gives it back.
struct ChunkResult {
    MappedRows mapped;
    std::uint32_t records = 0;  // rows of the text, blank ones too
    std::unique_ptr<FeedSink::Part> part;
};

// Lets results out strictly in order of their index and holds producers back that run too far ahead.
class CommitGate {
  public:
    CommitGate(const FeedTask& task, const FeedLayout& layout, std::uint32_t first_row);

    [[nodiscard]] std::unique_ptr<ChunkResult> take_empty(const RowMapper& mapper);
    // Blocks while `index` lies too far ahead of what was let out.
    void put(std::uint64_t index, std::unique_ptr<ChunkResult> result);
    // There are so many chunks: when the last is let out the task is done.
    void end_at(std::uint64_t chunks);
    void give_up(Error error);  // the first error stays; later chunks are dropped
    [[nodiscard]] bool failed() const;
    [[nodiscard]] FeedOutcome outcome();

  private:
    [[nodiscard]] Result<void> let_out(ChunkResult& result);
    void finish_if_done(std::unique_lock<std::mutex>& lock);

    const FeedTask& task_;
    const FeedLayout& layout_;
    mutable std::mutex mutex_;
    std::condition_variable moved_;
    bool letting_out_ = false;
    std::uint64_t next_ = 0;
    std::optional<std::uint64_t> end_;  // once it is known
    bool finished_ = false;
    std::uint32_t first_row_;
    std::map<std::uint64_t, std::unique_ptr<ChunkResult>> waiting_;
    std::vector<std::unique_ptr<ChunkResult>> stock_;
    FeedOutcome outcome_{};
};

// Reads a workbook (or a text file that is out of the ordinary) from front to back on the calling thread.
[[nodiscard]] FeedOutcome read_sheets_feed(const FeedTask& task, const policy::DatasetCatalogue& catalogue,
                                           AsOf as_of, const ReadSettings& settings);

}  // namespace doudi::intake
