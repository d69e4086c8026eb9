// SPDX-License-Identifier: Apache-2.0
// What Doudi does in the benchmark of the cycle (docs/benchmarks.md): measure A in memory, measure B with its
// store, and the bare read. A county is a folder as `doudi synth --style csv` makes it. Bench code; nothing
// of the product includes it.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "bench/duties.h"
#include "monitor/records.h"
#include "policy/pack.h"

namespace doudi::bench {

struct Job {
    std::filesystem::path county;
    std::filesystem::path state;  // what the quarter before left behind; made by remember() or prepare()
    std::filesystem::path out;    // warnings.csv and the like
    unsigned threads = 2;
    std::string cipher = "aes-256-gcm";  // of the data folder that prepare() makes, as doudi init has it
};

struct Quarter {
    const char* name;
    AsOf as_of;
};
[[nodiscard]] Quarter first_quarter();
[[nodiscard]] Quarter second_quarter();
[[nodiscard]] Date baseline();

[[nodiscard]] Result<policy::DatasetCatalogue> load_datasets();
[[nodiscard]] Result<policy::Policy> load_law(policy::DatasetCatalogue datasets);
[[nodiscard]] Result<policy::Policy> load_law();
// The files of the second quarter, and those of the register.
[[nodiscard]] std::vector<std::filesystem::path> feed_paths(const Job& job);
[[nodiscard]] std::vector<std::filesystem::path> register_paths(const Job& job);
// Files below, by name.
[[nodiscard]] std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder);
[[nodiscard]] Result<std::vector<std::string>> read_closing_list(const Job& job);
// Writes and syncs.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

[[nodiscard]] Result<void> remember(const Job& job, Duties& duties);  // measure A, the quarter before
[[nodiscard]] Result<void> match(const Job& job, Duties& duties);     // measure A
[[nodiscard]] Result<void> prepare(const Job& job, Duties& duties);   // measure B, the quarter before
[[nodiscard]] Result<void> arrive(const Job& job, Duties& duties);    // measure B
[[nodiscard]] Result<void> bare_read(const Job& job, Duties& duties);

}  // namespace doudi::bench
