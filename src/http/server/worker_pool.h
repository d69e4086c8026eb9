// SPDX-License-Identifier: Apache-2.0
// Threads for what blocks, with a bound on what may wait for them.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace doudi::http {

class WorkerPool {
  public:
    WorkerPool(unsigned threads, std::size_t queue_limit);
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    ~WorkerPool();  // finishes what waits

    // False, and nothing happens, if the queue is full. The work must not throw.
    [[nodiscard]] bool try_post(std::function<void()> work);
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] std::size_t working() const;

  private:
    void run();

    const std::size_t queue_limit_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    std::size_t working_ = 0;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace doudi::http
