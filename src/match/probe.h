// SPDX-License-Identifier: Apache-2.0
// Rows against the roster (samples/README.md, "From a row to a person"). Pure: the same rows, roster and days
// give the same answer, whatever ran before and on whatever thread. Whether a row is a duplicate is not
// decided here: that needs the rows before.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "intake/records.h"
#include "match/records.h"
#include "match/roster.h"
#include "match/verdicts.h"
#include "policy/dataset.h"

namespace doudi::match {

struct MatchOptions {
    AsOf arrived;  // the day of import: what is dated later is held, if the dataset says so
    AsOf until;    // held rows dated on or before it are matched now; at import the same day
    // Only rows that were held and are dated after this day: the rest was said in an earlier cycle.
    std::optional<Date> only_held_after;
    std::vector<int> condition_columns;  // Dataset::columns whose content goes along with each hit
    bool keep_hits = false;
    bool keep_rows = false;  // also which rows were rejected and held
    const Verdicts* verdicts =
        nullptr;  // of the dataset; null: nobody has said anything. It outlives the matcher
};

// A hit of which somebody said that it is about another person.
struct DeniedHit {
    std::uint32_t row = 0;
    std::uint32_t person = 0;
};

// What one batch of rows said. Row numbers are those of the batch.
struct MatchedRows {
    std::uint64_t rejected = 0;
    std::uint64_t held = 0;
    std::uint64_t off_roster = 0;
    std::vector<Hit> hits;  // of all grades, also of held rows that are matched now
    std::vector<ConditionInput> conditions;
    std::vector<ReviewItem> reviews;
    std::vector<ReviewItem>
        probables;  // who was found without an exact number: a person may look at them too
    std::vector<DeniedHit> denied;
    std::vector<std::uint32_t> unmatched_rows;
    std::vector<std::uint32_t> rejected_rows;  // if they are kept, as the next
    std::vector<std::uint32_t> held_rows;
};

class Matcher {
  public:
    Matcher(const policy::Dataset& dataset, const Roster& roster, MatchOptions options);
    // Clears the mark of the plain rows of which nothing but their number is ever said: dated, and surely of
    // nobody on the roster.
    void choose(const intake::RowKeys& keys, std::vector<std::uint8_t>& wanted) const;
    // Rows that were not wanted count as off the roster.
    [[nodiscard]] MatchedRows match(const intake::FeedRows& rows) const;

    [[nodiscard]] const MatchOptions& options() const { return options_; }
    [[nodiscard]] bool holds() const { return dataset_.future_dated == policy::FutureDated::hold; }

  private:
    friend class RowJudge;
    const policy::Dataset& dataset_;
    const Roster& roster_;
    MatchOptions options_;
    intake::FeedLayout layout_;
};

}  // namespace doudi::match
