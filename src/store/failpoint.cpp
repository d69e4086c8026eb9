// SPDX-License-Identifier: Apache-2.0
#include "store/failpoint.h"

#include <unistd.h>

#include <atomic>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "store/failpoint_hooks.h"

namespace doudi::store {

namespace {

constexpr int killed = 137;  // what a shell reports of a process that kill -9 ended

enum class Mode { off, count, kill, lose, full };

struct Failpoints {
    std::atomic<Mode> mode{Mode::off};
    std::atomic<std::uint64_t> passed{0};
    std::uint64_t at = 0;
    std::mutex ending;  // held for ever by the thread that ends the process
    std::vector<std::function<void()>> undo;
};

void print_count();

void configure(Failpoints& points, std::string_view setting) {
    points.passed = 0;
    points.at = 0;
    points.mode = Mode::off;
    if (setting.empty()) return;
    if (setting == "count") {
        points.mode = Mode::count;
        static const bool registered = std::atexit(print_count) == 0;
        (void)registered;
        return;
    }
    const auto [end, error] = std::from_chars(setting.data(), setting.data() + setting.size(), points.at);
    const std::string_view rest(end, static_cast<std::size_t>(setting.data() + setting.size() - end));
    const Mode mode = rest.empty()      ? Mode::kill
                      : rest == ":lose" ? Mode::lose
                      : rest == ":full" ? Mode::full
                                        : Mode::off;
    if (error != std::errc{} || mode == Mode::off || points.at == 0) {
        std::fprintf(stderr, "doudi: DOUDI_FAILPOINT is N, N:lose, N:full or count\n");
        std::_Exit(2);
    }
    points.mode = mode;
}

Failpoints& failpoints() {
    // Never destroyed: databases close during static destruction too.
    static Failpoints* const points = [] {
        auto* made = new Failpoints;
        const char* setting = std::getenv("DOUDI_FAILPOINT");
        configure(*made, setting == nullptr ? "" : setting);
        return made;
    }();
    return *points;
}

void print_count() {
    const Failpoints& points = failpoints();
    if (points.mode == Mode::count) {
        std::fprintf(stderr, "failpoints: %llu\n", static_cast<unsigned long long>(points.passed.load()));
    }
}

[[noreturn]] void end_process(Failpoints& points, const char* where) {
    points.ending.lock();
    if (points.mode == Mode::lose) {
        for (std::size_t i = points.undo.size(); i > 0; --i) points.undo[i - 1]();
    }
    std::fprintf(stderr, "failpoint %llu: %s\n", static_cast<unsigned long long>(points.at), where);
    _exit(killed);
}

}  // namespace

bool failpoints_on() {
    return failpoints().mode != Mode::off;
}
bool failpoints_lose() {
    return failpoints().mode == Mode::lose;
}

bool pass_failpoint(FailpointKind kind, const char* where) {
    Failpoints& points = failpoints();
    const Mode mode = points.mode.load(std::memory_order_relaxed);
    if (mode == Mode::off) [[likely]]
        return true;
    const std::uint64_t number = ++points.passed;
    if (mode == Mode::count || number < points.at) return true;
    if (mode == Mode::full) return kind != FailpointKind::write;
    end_process(points, where);
}

void failpoint(FailpointKind kind, const char* where) {
    (void)pass_failpoint(kind, where);
}

void set_failpoint(std::string_view setting) {
    configure(failpoints(), setting);
}

std::uint64_t failpoints_passed() {
    return failpoints().passed.load();
}

void at_power_cut(std::function<void()> undo) {
    Failpoints& points = failpoints();
    const std::lock_guard lock(points.ending);  // any thread writes a first file, and none while all ends
    points.undo.push_back(std::move(undo));
}

}  // namespace doudi::store
