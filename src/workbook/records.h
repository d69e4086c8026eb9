// SPDX-License-Identifier: Apache-2.0
// A work list that leaves as a workbook, is filled in without a net, and comes back as a difference. Values
// travel as canonical text: money "650.00", days 2025-06-30, of a choice the option's id; no value is not
// known.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace doudi::workbook {

enum class ColumnType : std::uint8_t { text, number, money, date, choice };

struct Choice {
    std::string id;
    std::string word;  // as it stands in the cell
};

struct Column {
    std::string id;
    std::string heading;  // as it stands in the sheet; each once
    ColumnType type = ColumnType::text;
    bool may_change = false;  // else the cell is protected, and a change of it is refused
    std::vector<Choice> choices;
    bool is_held = true;  // false: what stands there now is not known, so that a change of it is none
};

using Values = std::vector<std::optional<std::string>>;  // as long as the columns

struct WorkRow {
    std::string key;            // of the thing that the row is about: a task's id
    std::uint64_t version = 0;  // of what is written: a row that moved on meanwhile takes no change
    Values values;
};

struct WorkList {
    std::string id;     // of the kind of list: "reviews"; keys of one list are none of another
    std::string title;  // the sheet's name
    std::vector<Column> columns;
};

// Bounds of what is taken; more is an error of kind limit.
inline constexpr std::size_t most_rows = 100'000;
inline constexpr std::size_t most_text = 2'000;  // characters of one cell that was filled in

struct Change {
    std::string column;
    std::optional<std::string> before, after;
    friend bool operator==(const Change&, const Change&) = default;
};

// One row as it came back. It is taken whole or not at all: with a refusal there are no changes.
struct RowDifference {
    std::string sheet;
    std::uint32_t row = 0;  // of the sheet, as a person counts
    std::string key;        // empty if it is not ours
    std::vector<Change> changes;
    std::vector<Error> refusals;  // each with its place, "表!C7"; no value of a cell is repeated in it
};

struct Difference {
    std::vector<RowDifference> rows;  // changed and refused ones, in the sheet's order
    std::size_t unchanged = 0;
};

// "C": the letters of a sheet's column, from 0.
[[nodiscard]] std::string column_letters(std::size_t column);
// As a value stands in its cell: of a choice its word; what a spreadsheet would run has an apostrophe before
// it.
[[nodiscard]] std::string shown_value(const Column& column, const std::string& value);

// What stands now under a key; empty if it is gone, or not the reader's any more.
using Current = std::function<std::optional<WorkRow>(const std::string& key)>;

}  // namespace doudi::workbook
