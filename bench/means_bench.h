// SPDX-License-Identifier: Apache-2.0
// The means test from files to an answer file (means_files.h): read, cut, made columns of, judged by the
// language, written.
#pragma once
#include <cstdint>
#include <filesystem>

#include "base/result.h"

namespace doudi::bench {

struct MeansTimes {
    double read = 0;  // seconds: files to columns
    double judge = 0;
    double write = 0;
    std::uint64_t households = 0;
    std::uint64_t members = 0;
    std::uint64_t bytes = 0;  // of the files read
};
// Writes household,answer a line: the category, 0 for none, ? for unknown, ! for an error.
[[nodiscard]] Result<MeansTimes> run_means_test(const std::filesystem::path& folder,
                                                const std::filesystem::path& answers, unsigned threads);

}  // namespace doudi::bench
