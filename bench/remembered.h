// SPDX-License-Identifier: Apache-2.0
// What the first quarter's cycle leaves to the second one, in files: the product's own segment of events, and
// the open warnings, exits and held rows as plain CSV.
#pragma once
#include <span>

#include "bench/bench.h"
#include "monitor/fold.h"
#include "monitor/import_ranks.h"

namespace doudi::bench {

struct Remembered {
    monitor::Memory memory;
    std::vector<monitor::Occurrence> held;  // dated after the first quarter's cycle, matched then
};

// The two imports' ranks.
[[nodiscard]] monitor::ImportRanks both_ranks();

[[nodiscard]] Result<void> write_remembered(const Remembered& remembered, const policy::Pack& pack,
                                            const std::filesystem::path& folder);
[[nodiscard]] Result<Remembered> read_remembered(const policy::Pack& pack,
                                                 const std::filesystem::path& folder);

}  // namespace doudi::bench
