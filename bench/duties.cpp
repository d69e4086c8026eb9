// SPDX-License-Identifier: Apache-2.0
#include "bench/duties.h"

#include <fmt/format.h>

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
}

void Duties::end() {
    if (running_.empty()) return;
    seconds_.emplace_back(running_, std::chrono::duration<double>(Clock::now() - since_).count());
    anon_after_.emplace_back(running_, anonymous_kib());
    running_.clear();
}

std::string Duties::json() {
    end();
    std::string out = R"({"duties": {)";
    for (std::size_t i = 0; i < seconds_.size(); ++i)
        out += fmt::format(R"({}"{}": {:.4f})", i == 0 ? "" : ", ", seconds_[i].first, seconds_[i].second);
    out += R"(}, "rss_anon_after_kib": {)";
    for (std::size_t i = 0; i < anon_after_.size(); ++i)
        out += fmt::format(R"({}"{}": {})", i == 0 ? "" : ", ", anon_after_[i].first, anon_after_[i].second);
    out += fmt::format(R"(}}, "rss_anon_kib": {})", std::max(most_anon_kib_.load(), anonymous_kib()));
    for (const auto& [name, value] : notes_) out += fmt::format(R"(, "{}": {})", name, value);
    return out + "}";
}

}  // namespace doudi::bench
