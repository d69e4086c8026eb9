// SPDX-License-Identifier: Apache-2.0
// Purpose: registry/: the households and their members. Invariant: row n of the members is registered person
// n - 1.
#pragma once
#include "synth/people.h"
#include "synth/synth.h"

namespace doudi::synth {

struct RegisterFiles {
    std::uint64_t bytes = 0;
    std::uint64_t files = 0;
};
[[nodiscard]] Result<RegisterFiles> write_register(const People& people, std::uint64_t seed, Style style,
                                                   const std::filesystem::path& folder);

}  // namespace doudi::synth
