// SPDX-License-Identifier: Apache-2.0
// One row in full: each person that it names, the best of them, and what goes along with a hit. Used for the
// few rows that the filter lets pass and for those that are odd.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "match/probe.h"

namespace doudi::match {

// Numbers of distinct inputs, in the order in which they come.
struct HashOfConditions {
    [[nodiscard]] std::size_t operator()(const ConditionInput& input) const;
};
using ConditionIds = std::unordered_map<ConditionInput, std::uint32_t, HashOfConditions>;

class RowJudge {
  public:
    RowJudge(const Matcher& matcher, const column::Batch& batch, MatchedRows& out);
    void rows(std::span<const std::uint32_t> rows);

  private:
    enum class Verdict : std::uint8_t { exact, probable, review, off_roster, rejected };  // the best first
    struct Person {
        Verdict verdict = Verdict::rejected;
        std::uint32_t person = 0;
        std::uint64_t name = 0;
        bool wrong_check = false;
    };

    [[nodiscard]] const column::Column& column(int index) const {
        return batch_.columns[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] std::string_view text(int index, std::size_t row) const;
    void find(std::span<const std::uint32_t> rows);
    void judge_row(std::size_t row, const std::uint32_t* found);
    [[nodiscard]] Person judge(const intake::FeedLayout::Role& role, std::size_t row,
                               std::uint32_t found) const;
    // What somebody said of a row that tells its person so, if anybody has.
    [[nodiscard]] Person heeded(Person person, const intake::FeedLayout::Role& role, std::size_t row);
    void reject(std::uint32_t row_number);
    void keep(std::size_t row, std::uint32_t row_number, std::int32_t date);
    [[nodiscard]] std::uint64_t key_of(std::size_t row);
    [[nodiscard]] std::uint64_t word_hash(int index, std::size_t row);
    [[nodiscard]] std::optional<std::string> condition_word(int dataset_column, std::size_t row) const;
    [[nodiscard]] std::optional<std::uint64_t> packed_codes(std::size_t row) const;
    [[nodiscard]] std::uint32_t conditions_of(std::size_t row);

    const Matcher& matcher_;
    const column::Batch& batch_;
    MatchedRows& out_;
    std::vector<std::uint32_t> found_;                     // PersonId by number, by row and role; 0: nobody
    std::vector<Person> persons_;                          // of the row at hand, by role
    std::vector<std::vector<std::uint64_t>> word_hashes_;  // by batch column and dictionary code; 0: not yet
    ConditionIds condition_ids_;                           // where their columns are no dictionaries
    std::unordered_map<std::uint64_t, std::uint32_t> condition_of_codes_;
    std::optional<std::uint64_t> last_packed_;
    std::uint32_t last_condition_ = 0;
};

}  // namespace doudi::match
