// SPDX-License-Identifier: Apache-2.0
// Purpose: one file of a quarter, planned rows scattered among strangers, as CSV (by all threads, a piece
// each, in order) or XLSX. Invariant: what stands at a place is a formula of the place, so the bytes do not
// depend on the threads; no more than a piece a thread is in memory.
#pragma once
#include <functional>
#include <span>

#include "synth/judge.h"
#include "synth/plan.h"
#include "synth/synth.h"
#include "synth/truth.h"

namespace doudi::synth {

struct FeedFile {
    const People& people;
    std::span<const Row> planned;
    Feed feed;
    std::size_t quarter;
    std::uint64_t rows;  // at least as many as planned
    std::uint64_t seed;
    Rates rates;
    Style style;
    unsigned threads;
    std::function<void(std::uint64_t)> written;  // rows written since the last call, one call at a time

    [[nodiscard]] std::string name() const;
    // What becomes of the strangers' rows; the truth knows of the planned ones.
    struct Outcome {
        Counts strangers{};
        std::uint64_t bytes = 0;
    };
    [[nodiscard]] Result<Outcome> write(const std::filesystem::path& folder) const;
};

// Walks through the rows of a file from any place.
class RowWalk {
  public:
    explicit RowWalk(const FeedFile& file) : file_(file) {}
    // The planned row at the place, or nullptr for a stranger. Places must rise from `from` on.
    void start(std::uint64_t from);
    [[nodiscard]] const Row* planned_at(std::uint64_t place);
    // An empty line follows this row.
    [[nodiscard]] bool blank_after(std::uint64_t place) const;

  private:
    [[nodiscard]] std::uint64_t place_of(std::uint64_t planned) const;

    const FeedFile& file_;
    std::uint64_t next_ = 0;
};

[[nodiscard]] Result<FeedFile::Outcome> write_csv(const FeedFile& file, const std::filesystem::path& path);
[[nodiscard]] Result<FeedFile::Outcome> write_xlsx(const FeedFile& file, const std::filesystem::path& path);

}  // namespace doudi::synth
