// SPDX-License-Identifier: Apache-2.0
#include "bench/duties.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>

namespace doudi::bench {
namespace {

std::uint64_t anonymous_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word != "RssAnon:") continue;
        std::uint64_t kib = 0;
        status >> kib;
        return kib;
    }
    return 0;
}

double cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::string object_of(const std::vector<std::pair<std::string, double>>& values) {
    std::string out = "{";
    for (const auto& [name, value] : values)
        out += fmt::format(R"({}"{}": {:.4f})", out.size() == 1 ? "" : ", ", name, value);
    return out + "}";
}

}  // namespace

Duties::Duties()
    : watch_([this](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
              most_anon_kib_ = std::max(most_anon_kib_.load(), anonymous_kib());
              std::this_thread::sleep_for(std::chrono::milliseconds(5));
          }
      }) {}

void Duties::begin(std::string_view duty) {
    end();
    running_ = duty;
    since_ = Clock::now();
    cpu_since_ = cpu_seconds();
}

void Duties::end() {
    if (running_.empty()) return;
    seconds_.emplace_back(running_, std::chrono::duration<double>(Clock::now() - since_).count());
    cpu_.emplace_back(running_, cpu_seconds() - cpu_since_);
    anon_after_.emplace_back(running_, anonymous_kib());
    running_.clear();
}

std::string Duties::json() {
    end();
    std::string out = fmt::format(R"({{"duties": {}, "cpu": {})", object_of(seconds_), object_of(cpu_));
    out += R"(, "rss_anon_after_kib": {)";
    for (std::size_t i = 0; i < anon_after_.size(); ++i)
        out += fmt::format(R"({}"{}": {})", i == 0 ? "" : ", ", anon_after_[i].first, anon_after_[i].second);
    out += fmt::format(R"(}}, "rss_anon_kib": {})", std::max(most_anon_kib_.load(), anonymous_kib()));
    for (const auto& [name, value] : notes_) out += fmt::format(R"(, "{}": {})", name, value);
    return out + "}";
}

}  // namespace doudi::bench
