// SPDX-License-Identifier: Apache-2.0
// A column of facts with its own memory, to be filled row by row or taken from an answer; and columns of one
// value, or of none known.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "expr/columns.h"
#include "expr/kleene.h"
#include "policy/law.h"

namespace doudi::determine {

// A row's fact as the one-by-one evaluator has it; unknown without the facts that are missing.
[[nodiscard]] expr::Value value_at(const expr::FactColumn& column, std::size_t row);

class OwnedColumn {
  public:
    OwnedColumn(expr::TypeKind kind, std::size_t rows);  // unknown in every row
    OwnedColumn(OwnedColumn&&) = default;
    OwnedColumn& operator=(OwnedColumn&&) = default;
    OwnedColumn(const OwnedColumn&) = delete;
    OwnedColumn& operator=(const OwnedColumn&) = delete;

    // An answer as a column of facts: derived facts are told like others.
    [[nodiscard]] static OwnedColumn of_answer(expr::ColumnAnswer answer);
    [[nodiscard]] static OwnedColumn of_truth(const std::vector<expr::Truth>& truth);
    // Row r is row from[r] of another column.
    [[nodiscard]] static OwnedColumn gathered(const expr::FactColumn& column,
                                              const std::vector<std::uint32_t>& from);

    // V (of the column's kind), N, U or E.
    void set(std::size_t row, const expr::Value& value);
    [[nodiscard]] expr::Value at(std::size_t row) const { return value_at(column_, row); }
    [[nodiscard]] const expr::FactColumn& column() const { return column_; }

  private:
    void point();
    std::uint32_t code_of(std::string_view word);

    expr::TypeKind kind_;
    std::vector<expr::Lane> lanes_;
    std::vector<expr::Fault> faults_;
    std::vector<std::int64_t> numbers_;
    std::vector<std::int64_t> denominators_;
    std::vector<std::uint32_t> codes_;
    std::vector<std::string_view> words_;
    std::map<std::string, std::uint32_t, std::less<>> dictionary_;  // owns the words
    expr::FactColumn column_;
};

}  // namespace doudi::determine
