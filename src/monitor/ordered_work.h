// SPDX-License-Identifier: Apache-2.0
// Work on many threads whose results are taken one at a time, in the order of the tasks: what comes out is
// the same for any number of threads. No task is begun more than a few ahead of the one to be taken, so that
// memory does not grow with their number.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "base/result.h"

namespace doudi::monitor {

template <class Part>
class OrderedWork {
  public:
    using Work = std::function<Result<Part>(std::size_t task, unsigned worker)>;
    using Take = std::function<Result<void>(std::size_t task, Part part)>;

    OrderedWork(std::size_t tasks, unsigned threads, Work work, Take take, std::stop_token stop)
        : tasks_(tasks),
          threads_(threads == 0 ? 1 : threads),
          work_(std::move(work)),
          take_(std::move(take)),
          stop_(std::move(stop)),
          ready_(std::size_t{threads_} * 4) {}

    // The first failure in the order of the tasks ends it.
    [[nodiscard]] Result<void> run() {
        std::vector<std::jthread> helpers;
        for (unsigned worker = 1; worker < threads_; ++worker)
            helpers.emplace_back([this, worker] { loop(worker); });
        loop(0);
        helpers.clear();
        if (failure_) return std::unexpected(std::move(*failure_));
        return {};
    }

  private:
    void loop(unsigned worker) {
        std::unique_lock lock(mutex_);
        while (true) {
            changed_.wait(lock, [this] { return is_over() || next_ < taken_ + ready_.size(); });
            if (is_over()) break;
            if (stop_.stop_requested()) {
                end_with({ErrorKind::cancelled, "cancelled", {"已取消", "cancelled"}, {}});
                break;
            }
            const std::size_t task = next_++;
            lock.unlock();
            Result<Part> part = work_(task, worker);
            lock.lock();
            ready_[task % ready_.size()] = std::move(part);
            take_ready(lock);
        }
        changed_.notify_all();
    }

    // Whoever finds the next result ready takes it, unless another thread is just taking.
    void take_ready(std::unique_lock<std::mutex>& lock) {
        while (!taking_ && !failure_ && taken_ < tasks_ && ready_[taken_ % ready_.size()]) {
            taking_ = true;
            Result<Part> part = std::move(*ready_[taken_ % ready_.size()]);
            ready_[taken_ % ready_.size()].reset();
            lock.unlock();
            Result<void> taken = part ? take_(taken_, std::move(*part))
                                      : Result<void>(std::unexpected(std::move(part).error()));
            lock.lock();
            taking_ = false;
            if (!taken) end_with(std::move(taken).error());
            ++taken_;
            changed_.notify_all();
        }
    }

    [[nodiscard]] bool is_over() const { return failure_.has_value() || next_ >= tasks_; }
    void end_with(Error error) {
        if (!failure_) failure_ = std::move(error);
        changed_.notify_all();
    }

    std::size_t tasks_;
    unsigned threads_;
    Work work_;
    Take take_;
    std::stop_token stop_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::optional<Result<Part>>> ready_;
    std::size_t next_ = 0;   // to be begun
    std::size_t taken_ = 0;  // taken so far; changed by the one thread that takes
    bool taking_ = false;
    std::optional<Error> failure_;
};

}  // namespace doudi::monitor
