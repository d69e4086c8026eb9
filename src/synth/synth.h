// SPDX-License-Identifier: Apache-2.0
// Purpose: an invented county of any size, in the shape offices send (samples/README.md, domain.md §6.3),
// with the truth beside it. Invariant: the truth follows from what was planted by a model of its own; nothing
// here parses, matches or scores with the engine's code. The same options give the same bytes, whatever the
// threads.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "base/result.h"

namespace doudi::synth {

enum class Style {
    untidy,     // CSV in three encodings and XLSX, as samples/longchuan
    plain_csv,  // every file UTF-8 CSV without BOM, ISO dates; the same damage inside
};

inline constexpr std::uint64_t least_residents = 400;
inline constexpr std::uint64_t most_residents = 150'000'000;  // ten county codes, never assigned
inline constexpr std::uint64_t most_feed_rows = 20'000'000'000;

struct SynthOptions {
    std::uint64_t residents = 40'000;  // one in twenty is on the register; least_ to most_residents
    std::uint64_t seed = 1;
    std::filesystem::path out;
    Style style = Style::untidy;
    bool clean = false;  // only strangers and old events: the truth is empty
    // In all quarters together, up to most_feed_rows; 0: as many as the county naturally has.
    std::uint64_t feed_rows = 0;
    int quarters = 2;      // 1 or 2
    double density = 0;    // times the rates of domain.md §6.3; 0: 2 for untidy, 1 for plain_csv
    unsigned threads = 0;  // 0: one a core
};

struct SynthReport {
    std::uint64_t persons = 0;
    std::uint64_t households = 0;
    std::uint64_t rows = 0;   // data rows of the feeds
    std::uint64_t bytes = 0;  // of everything written
    std::uint64_t files = 0;
    std::uint64_t planted = 0;   // rows about somebody on the register
    std::uint64_t counted = 0;   // events that came to score
    std::uint64_t warnings = 0;  // open after the last cycle
    std::uint64_t exits = 0;     // households proposed for natural exit
};

// Told after every piece of a file: the file and the share of all rows written so far.
using Progress = std::function<void(std::string_view file, double share)>;

// Writes registry/, a folder for each quarter, close-<quarter>.csv and truth/ below options.out.
// A folder that is there and not empty is refused. If it cannot be written to the end (a full disk), what was
// written is removed again.
[[nodiscard]] Result<SynthReport> make_county(const SynthOptions& options, const Progress& progress = {});

}  // namespace doudi::synth
