// SPDX-License-Identifier: Apache-2.0
// Purpose: truth/: warnings-, quality- and natural-exits-<quarter>.csv to the letter of
// samples/longchuan/expected.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "synth/truth.h"

namespace doudi::synth {

struct QualityLine {
    std::string file;
    Counts counts{};
};
[[nodiscard]] Result<std::uint64_t> write_households_list(const People& people,
                                                          const std::vector<Household>& households,
                                                          const std::filesystem::path& path);
[[nodiscard]] Result<std::uint64_t> write_warnings(const People& people, const Truth& truth,
                                                   const std::filesystem::path& path);
[[nodiscard]] Result<std::uint64_t> write_quality(const std::vector<QualityLine>& lines,
                                                  const std::filesystem::path& path);

}  // namespace doudi::synth
