// SPDX-License-Identifier: Apache-2.0
// Facts of many subjects while rows tell them: the newest row of each subject stands, two of one day that
// differ leave the fact unknown.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "determine/fact_column.h"
#include "expr/value.h"
#include "policy/law.h"

namespace doudi::oversight {

// The fact's value as a dataset writes it ("true", "2", "urban", fen, YYYY-MM-DD; "none" where the fact may
// be none). Unknown if the text is no value of the fact: the dataset and the pack do not fit.
[[nodiscard]] expr::Value value_of_fact(const policy::FactDefinition& fact, std::string_view text);

class ToldColumn {
  public:
    ToldColumn(const policy::FactDefinition& fact, std::size_t subjects);

    // False where an equally new row said something else.
    bool tell(std::size_t subject, const expr::Value& value, Date day);
    // Of the subjects of whom nothing was told.
    void tell_the_rest(const expr::Value& value, Date day);
    // What was told is from this day, whatever the days of its rows.
    void as_of(Date day);
    // What another column of the same fact tells, laid over by the same rule; gives how many conflict.
    std::uint64_t take_over(const ToldColumn& other);
    // Facts older than this many days at `day` become unknown; gives how many.
    std::uint64_t forget_older_than(int days, Date day);
    [[nodiscard]] std::unique_ptr<determine::OwnedColumn> take();

  private:
    static constexpr std::int32_t never = std::numeric_limits<std::int32_t>::min();
    std::unique_ptr<determine::OwnedColumn> column_;
    std::vector<std::int32_t> day_;  // of the row that stands
};

}  // namespace doudi::oversight
