// SPDX-License-Identifier: Apache-2.0
// What a run of the API's benchmark saw: how long each answer took, by what was asked.
#pragma once
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace doudi::bench {

class Tally {
  public:
    using Clock = std::chrono::steady_clock;

    void add(const std::string& what, Clock::duration took) {
        times_[what].push_back(std::chrono::duration<double, std::milli>(took).count());
    }
    void count(const std::string& what) { ++counts_[what]; }
    void merge(const Tally& other) {
        for (const auto& [what, times] : other.times_)
            times_[what].insert(times_[what].end(), times.begin(), times.end());
        for (const auto& [what, count] : other.counts_) counts_[what] += count;
    }

    // {"seconds", "cpu", "done", "p50", "p99", "by": {what: {…}}, "counts": {…}}; times in milliseconds.
    [[nodiscard]] std::string json(Clock::duration took) {
        std::vector<double> all;
        std::string by;
        for (auto& [what, times] : times_) {
            std::ranges::sort(times);
            all.insert(all.end(), times.begin(), times.end());
            by += fmt::format(R"({}"{}": {})", by.empty() ? "" : ", ", what, spread(times));
        }
        std::ranges::sort(all);
        std::string counts;
        for (const auto& [what, count] : counts_)
            counts += fmt::format(R"({}"{}": {})", counts.empty() ? "" : ", ", what, count);
        return fmt::format(
            R"({{"seconds": {:.3f}, "cpu": {:.3f}, "all": {}, "by": {{{}}}, "counts": {{{}}}}})",
            std::chrono::duration<double>(took).count(), cpu_seconds(), spread(all), by, counts);
    }

  private:
    static std::string spread(const std::vector<double>& sorted) {
        const auto at = [&](double part) {
            if (sorted.empty()) return 0.0;
            return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
        };
        constexpr double half = 0.5;
        constexpr double nearly_all = 0.99;
        return fmt::format(R"({{"done": {}, "p50": {:.4f}, "p99": {:.4f}, "most": {:.4f}}})", sorted.size(),
                           at(half), at(nearly_all), at(1));
    }
    static double cpu_seconds() {
        rusage used{};
        ::getrusage(RUSAGE_SELF, &used);
        const auto seconds = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
        };
        return seconds(used.ru_utime) + seconds(used.ru_stime);
    }

    std::map<std::string, std::vector<double>> times_;
    std::map<std::string, std::uint64_t> counts_;
};

}  // namespace doudi::bench
