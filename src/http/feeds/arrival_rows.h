// SPDX-License-Identifier: Apache-2.0
// The rows of a file by the bucket into which each fell: for the offices that read feeds, and of its own file
// for a department that may be told who is on the register. Whoever is out of reach is nobody to a
// department, as for a question about one person; an office is told how many rows are about other places.
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "access/scope.h"
#include "base/id.h"
#include "base/result.h"
#include "match/judged_rows.h"
#include "store/data_folder.h"

namespace doudi::http {

using JudgedRows = std::shared_ptr<const std::vector<match::JudgedRow>>;

// What was judged of late: the pages of one file are one judgement. Safe from any thread.
class JudgedFiles {
  public:
    [[nodiscard]] Result<JudgedRows> get(store::DataFolder& data, const policy::Dataset& dataset,
                                         const match::StoredArrival& arrival);

  private:
    struct Entry {
        std::string key;
        JudgedRows rows;
    };
    std::mutex mutex_;
    std::deque<Entry> entries_;  // the latest first
};

// Those of the households that the scope reaches.
[[nodiscard]] Result<std::set<std::uint32_t>> households_within(store::DataFolder& data,
                                                                const access::Scope& scope,
                                                                std::span<const std::uint32_t> households);

// A row as its reader is told of it.
struct ToldRow {
    std::uint32_t row = 0;
    match::Bucket bucket = match::Bucket::off_roster;
    bool bad_number = false;       // rejected by its check character: it is nobody's
    bool is_elsewhere = false;     // it names somebody of the register, and nobody in reach
    std::vector<match::Hit> hits;  // in reach
};
[[nodiscard]] std::vector<ToldRow> cut_rows(std::span<const match::JudgedRow> rows,
                                            const std::set<std::uint32_t>& within);
// Of rows in the file's order; null: there is none of that number.
[[nodiscard]] const ToldRow* row_numbered(std::span<const ToldRow> rows, std::uint32_t number);

}  // namespace doudi::http
