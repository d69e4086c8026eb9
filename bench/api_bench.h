// SPDX-License-Identifier: Apache-2.0
// The benchmark of the API (docs/benchmarks.md): the two sides and what stands in the server's way. Each
// prints one line of JSON.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "bench/api_plan.h"
#include "store/data_folder.h"

namespace doudi::bench {

struct ApiRun {
    double seconds = 5;
    unsigned clients = 16;
    std::uint64_t seed = 1;
};

// Sessions of citizens, as a window or a provincial identity would open them: lines of token, person.
[[nodiscard]] Result<void> enter_citizens(const store::Place& place, const std::filesystem::path& root,
                                          const std::vector<std::uint32_t>& persons);
// The queries alone, each client on a thread and a connection of its own.
[[nodiscard]] Result<void> ask_store(const store::Place& place, Plan& plan, const ApiRun& run);
// The same over HTTP, each client on a connection that it keeps.
[[nodiscard]] Result<void> ask_server(std::uint16_t port, Plan& plan, const ApiRun& run);
// Connections that say nothing, heads that drip, answers that nobody reads; until standard input ends.
[[nodiscard]] Result<void> stand_in_the_way(std::uint16_t port, const Plan& plan, unsigned idle,
                                            unsigned slow);
// So many households' pages, each asked on a new connection by somebody who reaches them.
[[nodiscard]] Result<void> probe(std::uint16_t port, const Plan& plan, unsigned questions);
// One question after the other; milliseconds until `good` answers in a row took less than `line_ms`.
[[nodiscard]] Result<void> wait_for_recovery(std::uint16_t port, const Plan& plan, double line_ms);

// The same questions of both sides must name the same households, members and counts.
[[nodiscard]] Result<void> compare(const store::Place& place, std::uint16_t port, Plan& plan,
                                   unsigned questions);

}  // namespace doudi::bench
