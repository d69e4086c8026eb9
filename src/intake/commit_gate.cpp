// SPDX-License-Identifier: Apache-2.0
#include "intake/feed_task.h"

namespace doudi::intake {
namespace {
// How many chunks may wait for an earlier one: bounds memory when one worker is held up.
constexpr std::uint64_t chunks_ahead_max = 8;
}  // namespace

CommitGate::CommitGate(const FeedTask& task, const FeedLayout& layout, std::uint32_t first_row)
    : task_(task), layout_(layout), first_row_(first_row) {}

std::unique_ptr<ChunkResult> CommitGate::take_empty(const RowMapper& mapper) {
    const std::lock_guard lock(mutex_);
    if (stock_.empty()) {
        auto fresh = std::make_unique<ChunkResult>();
        fresh->mapped = mapper.make_rows();
        return fresh;
    }
    auto result = std::move(stock_.back());
    stock_.pop_back();
    return result;
}

void CommitGate::put(std::uint64_t index, std::unique_ptr<ChunkResult> result) {
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] { return index < next_ + chunks_ahead_max || !outcome_.status; });
    waiting_.emplace(index, std::move(result));
    if (letting_out_) return;  // whoever does will come to ours
    letting_out_ = true;
    while (!waiting_.empty() && waiting_.begin()->first == next_ && outcome_.status) {
        auto ready = std::move(waiting_.begin()->second);
        waiting_.erase(waiting_.begin());
        lock.unlock();
        auto done = let_out(*ready);
        lock.lock();
        if (!done && outcome_.status) outcome_.status = std::move(done);
        stock_.push_back(std::move(ready));
        ++next_;
        moved_.notify_all();
    }
    letting_out_ = false;
    finish_if_done(lock);
}

void CommitGate::end_at(std::uint64_t chunks) {
    std::unique_lock lock(mutex_);
    end_ = chunks;
    if (!letting_out_) finish_if_done(lock);
}

void CommitGate::finish_if_done(std::unique_lock<std::mutex>& lock) {
    if (finished_ || next_ != end_ || !outcome_.status) return;
    finished_ = true;
    if (!task_.done) return;
    const RowCounts counts = outcome_.counts;
    stock_.clear();
    lock.unlock();
    auto done = task_.done(counts);
    lock.lock();
    if (!done) outcome_.status = std::move(done);
}

// Only one thread is in here at a time, and chunks come in order: first_row_ needs no lock of its own.
Result<void> CommitGate::let_out(ChunkResult& result) {
    MappedRows& mapped = result.mapped;
    column::Batch& rows = mapped.rows.batch;
    for (auto& row : rows.columns[static_cast<std::size_t>(layout_.row)].numbers) row += first_row_;
    for (auto& finding : mapped.findings) finding.row += first_row_;
    if (task_.landing != nullptr && rows.rows != 0) TRY_VOID(task_.landing->append(rows));
    if (task_.findings && !mapped.findings.empty()) TRY_VOID(task_.findings(mapped.findings));
    if (task_.sink != nullptr) task_.sink->commit(std::move(result.part), first_row_);
    outcome_.counts.rows += mapped.counts.rows;
    outcome_.counts.refused += mapped.counts.refused;
    first_row_ += result.records;
    mapped.clear();
    result.records = 0;
    result.part.reset();
    return {};
}

void CommitGate::give_up(Error error) {
    const std::lock_guard lock(mutex_);
    if (outcome_.status) outcome_.status = std::unexpected(std::move(error));
    moved_.notify_all();
}

bool CommitGate::failed() const {
    const std::lock_guard lock(mutex_);
    return !outcome_.status.has_value();
}

FeedOutcome CommitGate::outcome() {
    const std::lock_guard lock(mutex_);
    return std::move(outcome_);
}

}  // namespace doudi::intake
