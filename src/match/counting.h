// SPDX-License-Identifier: Apache-2.0
// One file as it streams by, at import and again in a cycle: batches are matched on any thread, their results
// are taken in the file's order, where duplicates are told. The outcome is the same for any number of threads
// and any size of batch. A duplicate is a row with the same person, event date and key as an earlier row of
// the file that is on the roster.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "intake/records.h"
#include "match/probe.h"
#include "match/records.h"
#include "match/row_judge.h"

namespace doudi::match {

// Exact person and day, and the hash of the key's words.
class SeenKeys {
  public:
    // False if it was there.
    bool insert(std::uint32_t person, std::int32_t date, std::uint64_t key);
    // Where it stands is asked for, some inserts ahead: a large file's keys fit no cache.
    void prefetch(std::uint32_t person, std::int32_t date, std::uint64_t key) const {
        if (!slots_.empty()) __builtin_prefetch(&slots_[place_of(who(person, date), key)], 1);
    }

  private:
    struct Slot {
        std::uint64_t who = 0;  // 0: empty; no PersonId is 0
        std::uint64_t key = 0;
    };
    [[nodiscard]] static std::uint64_t who(std::uint32_t person, std::int32_t date) {
        return std::uint64_t{person} << 32U | static_cast<std::uint32_t>(date);
    }
    [[nodiscard]] std::size_t place_of(std::uint64_t who, std::uint64_t key) const {
        return mix64(who ^ key) & (slots_.size() - 1);  // a power of two
    }
    void grow();
    std::vector<Slot> slots_;
    std::size_t used_ = 0;
};

class ArrivalCounter : public intake::FeedSink {
  public:
    // dataset and roster must outlive it.
    ArrivalCounter(const policy::Dataset& dataset, const Roster& roster, MatchOptions options);

    void choose(const intake::RowKeys& keys, std::vector<std::uint8_t>& wanted) const override;
    [[nodiscard]] std::unique_ptr<Part> process(intake::FeedRows& rows) override;
    void commit(std::unique_ptr<Part> part, std::uint32_t first_row) override;
    // After the last commit. Rows that intake refused by their form are rejected, too.
    [[nodiscard]] MatchedFile finish(std::uint64_t refused_by_form);
    // Of all rows that were committed: who was found without an exact number, and what somebody said is about
    // another.
    [[nodiscard]] const std::vector<ReviewItem>& probables() const { return probables_; }
    [[nodiscard]] const std::vector<DeniedHit>& denied() const { return denied_; }
    // Where rows are kept (MatchOptions): those that fell into another bucket than off_roster, by ascending
    // row within each batch.
    struct Kept {
        std::uint32_t row = 0;
        Bucket bucket = Bucket::rejected;
        std::vector<Hit> hits;  // whom of the register it names
    };
    [[nodiscard]] std::vector<Kept> take_kept() { return std::exchange(kept_, {}); }

  private:
    struct RowsPart;
    // False: a duplicate.
    [[nodiscard]] bool take_row(std::span<const Hit> row, std::uint32_t first_row);
    void keep_row(std::uint32_t row, Bucket bucket, std::span<const Hit> hits = {});
    [[nodiscard]] bool is_repeated(std::span<const Hit> row);
    [[nodiscard]] std::uint32_t file_condition(const ConditionInput& input);

    Matcher matcher_;
    MatchedFile file_;
    std::vector<ReviewItem> probables_;
    std::vector<DeniedHit> denied_;
    std::vector<Kept> kept_;
    SeenKeys seen_;
    ConditionIds condition_ids_;
    std::vector<std::uint32_t> condition_of_part_;
};

}  // namespace doudi::match
