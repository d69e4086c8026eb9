// SPDX-License-Identifier: Apache-2.0
// Long work as it stands in the store.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/text.h"

namespace doudi::jobs {

using JobId = std::int64_t;  // 0 names none
using UserNumber = std::int64_t;
// Microseconds since 1970 UTC, as columns named …_at hold it.
using Moment = std::int64_t;

enum class State : std::uint8_t { queued, running, done, failed, cancelled, interrupted };
[[nodiscard]] std::string_view name_of(State state);
[[nodiscard]] std::optional<State> state_named(std::string_view name);
// It will not go on by itself.
[[nodiscard]] constexpr bool has_ended(State state) {
    return state != State::queued && state != State::running;
}

struct Job {
    JobId id = 0;
    std::string kind;
    State state = State::queued;
    UserNumber asked_by = 0;
    std::string unit;                          // of whom asked
    std::string parameters;                    // JSON
    Text stage;                                // what it is at, in words
    std::optional<std::string> result, fault;  // JSON
    std::int64_t attempts = 0;
    Moment queued_at = 0;
    std::optional<Moment> started_at, ended_at;
    // While it runs, and not kept: how much of how much.
    std::uint64_t done = 0, total = 0;
    // Grows with each change that is seen; later than all that was seen before a restart.
    std::int64_t sequence = 0;
};

struct NewJob {
    std::string kind;
    std::string parameters;
    UserNumber asked_by = 0;
    std::string unit;
};

// A row of a job's result.
struct ResultRow {
    std::int64_t n = 0;
    std::string region;
    std::string body;  // JSON
};

struct FreshEvent {
    std::int64_t id = 0;
    std::string kind;
    std::string body;  // JSON
};

}  // namespace doudi::jobs
