// SPDX-License-Identifier: Apache-2.0
// From the hits of one file to occurrences: which indicators the dataset feeds, whose event it is when a row
// names several persons, whether its status counts or takes back, and whether the indicator's condition
// holds. A condition is evaluated once for each distinct combination of the words it reads, never once a row.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "expr/value.h"
#include "match/records.h"
#include "monitor/records.h"
#include "policy/pack.h"

namespace doudi::monitor {

class EventReader {
  public:
    // policy must outlive it.
    EventReader(const policy::Policy& policy, int dataset);

    // Does any indicator hang on this dataset?
    [[nodiscard]] bool tells_anything() const { return !uses_.empty(); }
    // For MatchOptions: the status, and what the conditions read.
    [[nodiscard]] const std::vector<int>& condition_columns() const { return condition_columns_; }

    void read(const match::MatchedFile& file, std::uint32_t arrival, std::vector<Occurrence>& out,
              std::vector<DoubtfulEvent>& doubtful) const;

  private:
    enum class Say : std::uint8_t { counts, takes_back, nothing, unknown, fault };
    struct Use {
        std::uint16_t indicator = 0;
        std::uint8_t source = 0;
    };
    struct Answer {
        Say say = Say::nothing;
        std::string fault;
        std::string missing;
    };
    [[nodiscard]] std::string names_of(std::span<const expr::FactId> facts) const;
    [[nodiscard]] Say status_of(const match::ConditionInput& input) const;
    [[nodiscard]] Answer judge(const Use& use, const match::ConditionInput& input) const;
    void read_row(std::span<const match::Hit> row, const Use& use, const Answer& answer,
                  std::uint32_t arrival, std::vector<Occurrence>& out,
                  std::vector<DoubtfulEvent>& doubtful) const;
    void take_person(const match::Hit& hit, const Use& use, const Answer& answer, std::uint32_t arrival,
                     std::vector<Occurrence>& out, std::vector<DoubtfulEvent>& doubtful) const;

    const policy::Policy& policy_;
    const policy::Dataset& dataset_;
    std::vector<int> row_columns_;  // by FieldId
    std::vector<Use> uses_;
    std::vector<int> condition_columns_;
    std::size_t status_at_ = 0;  // of the status in condition_columns_
};

}  // namespace doudi::monitor
