// SPDX-License-Identifier: Apache-2.0
// A cell that tells a fact of a person (datasets/*.yaml, facts): read into one form, so that whoever takes
// the fact up later need not know how offices write. A cell that cannot be read tells nothing, and its sender
// is told; its row lands all the same.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "intake/records.h"
#include "intake/sheet.h"
#include "policy/dataset.h"

namespace doudi::intake {

struct FactCell {
    std::string text;  // money: fen; a date: YYYY-MM-DD; a whole number: its digits; a word: as written.
                       // Empty: the cell tells nothing
    std::optional<FindingCode> fault;
};

// `column` is one of the dataset for which tells_by() holds.
[[nodiscard]] FactCell read_fact_cell(const policy::Dataset& dataset, int column, std::string_view text,
                                      CellKind kind, bool date_1904);

}  // namespace doudi::intake
