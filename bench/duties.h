// SPDX-License-Identifier: Apache-2.0
// What a run prints about itself: seconds for each duty, and the most anonymous memory that it held at a
// time, looked at every few milliseconds by a thread of its own.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace doudi::bench {

class Duties {
  public:
    Duties();
    // Ends the duty that ran before.
    void begin(std::string_view duty);
    void end();
    void note(std::string_view name, std::uint64_t value) { notes_.emplace_back(name, value); }
    // {"duties": {...}, "cpu": {...}, "rss_anon_after_kib": {...}, "rss_anon_kib": ..., notes}
    [[nodiscard]] std::string json();

  private:
    using Clock = std::chrono::steady_clock;
    std::vector<std::pair<std::string, double>> seconds_;
    std::vector<std::pair<std::string, double>> cpu_;  // of all threads
    std::vector<std::pair<std::string, std::uint64_t>> notes_;
    std::vector<std::pair<std::string, std::uint64_t>> anon_after_;
    std::string running_;
    Clock::time_point since_;
    double cpu_since_ = 0;
    std::atomic<std::uint64_t> most_anon_kib_ = 0;
    std::jthread watch_;
};

}  // namespace doudi::bench
