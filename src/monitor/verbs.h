// SPDX-License-Identifier: Apache-2.0
// What this room does to the store: run a cycle, close warnings. Each happens whole or not at all.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "monitor/records.h"
#include "policy/pack.h"
#include "store/data_folder.h"

namespace doudi::monitor {

struct CycleOptions {
    unsigned threads = 1;
    std::function<void(std::uint64_t rows, std::uint64_t total)>
        progress;  // rows streamed; one call at a time
    std::stop_token stop;
};

struct CycleReport {
    AsOf as_of;
    bool happened_before = false;  // same day, inputs and law as the last one: nothing was done
    std::uint64_t files_streamed = 0;
    std::uint64_t files_again = 0;     // of them, those that an earlier cycle has seen
    bool register_or_law_new = false;  // why it looks at them again; else for the rows that they hold back
    std::uint64_t files_skipped = 0;   // said all they have to say in an earlier cycle
    std::uint64_t rows_streamed = 0;
    std::uint64_t events_scored = 0;
    std::uint64_t events_taken_back = 0;
    std::uint64_t warnings_opened = 0;
    std::uint64_t warnings_closed = 0;
    std::uint64_t warnings_open = 0;
    std::vector<std::uint64_t> open_by_level;  // parallel to Pack::levels
    std::uint64_t exits_proposed = 0;          // newly
    std::uint64_t provisional_dues = 0;        // due dates past the last year of the calendar
    std::uint64_t events_possible = 0;         // now, whose condition is unknown; none of them scores
    std::uint64_t events_to_review = 0;        // now, on which a condition failed
};

// A day before the last cycle's or closing's is refused.
[[nodiscard]] Result<CycleReport> run_cycle(store::DataFolder& store, const policy::Policy& policy,
                                            AsOf as_of, const CycleOptions& options = {});

struct CloseReport {
    std::vector<std::string> closed;    // household numbers, in the order given
    std::vector<std::string> not_open;  // on the register, without an open warning
    std::vector<std::string> unknown;   // not on the register
};

// The score so far is acknowledged: what it was made of never scores again.
[[nodiscard]] Result<CloseReport> close_warnings(store::DataFolder& store, AsOf as_of,
                                                 std::span<const std::string> household_codes);

}  // namespace doudi::monitor
