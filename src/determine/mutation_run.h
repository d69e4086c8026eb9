// SPDX-License-Identifier: Apache-2.0
// Whether the golden cases of a pack notice each of its mutants (mutants.h).
#pragma once
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "determine/golden.h"
#include "determine/mutants.h"

namespace doudi::determine {

struct MutantFate {
    enum class Kind : std::uint8_t {
        refused,   // the loader finds a fault in it
        caught,    // a golden case fails: `by`
        survives,  // nothing notices
    };
    Mutant mutant;
    Kind kind = Kind::survives;
    std::string by;
};

struct MutationOptions {
    std::size_t every = 1;  // only each so-manieth mutant
    unsigned threads = 1;
    std::filesystem::path families;  // a folder with more cases that name their pack; empty: none
    std::function<void(std::size_t, std::size_t)> progress = {};  // done, of; from any thread
    std::stop_token stop = {};  // asked between the cases of a mutant; then the run fails: cancelled
};

// In the order of the pack's files. The pack must load and its golden cases pass: each that does not is an
// error. Works in folders of its own under the system's temporary one.
[[nodiscard]] std::expected<std::vector<MutantFate>, std::vector<Error>> run_mutants(
    const PackPlace& place, const MutationOptions& options);

}  // namespace doudi::determine
