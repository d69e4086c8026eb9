// SPDX-License-Identifier: Apache-2.0
// The rows of an original that was read again to be looked at alone, as their job keeps them: into which
// bucket each would fall and which persons of the register it names, by their numbers. Nothing of what a row
// says: that stays in the file and goes with its term.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "http/request/call.h"
#include "intake/records.h"
#include "jobs/board.h"
#include "match/import.h"
#include "match/judged_rows.h"
#include "policy/dataset.h"

namespace doudi::http {

// A row that was refused by its form, and why.
struct RefusedRow {
    std::string sheet;
    std::uint32_t row = 0;  // in its sheet
    std::vector<intake::FindingCode> codes;
};
// In the order in which they are told, each row once.
[[nodiscard]] std::vector<RefusedRow> refused_rows(const std::vector<intake::Finding>& findings);

struct ReadRows {
    std::vector<match::JudgedRow> landed;  // by row
    std::vector<RefusedRow> refused;
};
// Of a file that is about to be dropped (match::ReadAgain): judged against the register of now and kept with
// the job.
[[nodiscard]] Result<void> keep_read_rows(store::DataFolder& data, const policy::Dataset& dataset,
                                          const match::ShownFile& file, AsOf as_of, jobs::Progress& progress);
// As they were kept; nothing of a job that kept none.
[[nodiscard]] Result<ReadRows> read_rows_of(jobs::Board& board, jobs::JobId job);

// The job that has shown this arrival and did not count; nothing: there is none of that number, it is of
// another file, has not ended, or, where it must be the asker's own, is another's.
[[nodiscard]] Outcome<std::optional<jobs::Job>> reading_shown(Call& call, const std::string& number,
                                                              const std::string& arrival, bool own = true);

}  // namespace doudi::http
