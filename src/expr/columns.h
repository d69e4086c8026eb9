// SPDX-License-Identifier: Apache-2.0
// A program run for many subjects at once: the same steps, strip by strip over columns. The answer is the
// scalar evaluator's (evaluate.h) by semantics 29: the same lane, the value if V, the code if E; which facts
// an unknown hangs on only the scalar one tells. What has no kernel is run by the scalar evaluator: a text
// once for each word of its dictionary, the rest row by row, and counted.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "expr/program.h"
#include "expr/value.h"

namespace doudi::expr {

// One fact of many subjects, by row. Of kind bool (0, 1), int, date (days), money (fen), amount, ratio or
// string. A row without a value may hold any number, and any code below the number of words.
struct FactColumn {
    TypeKind kind = TypeKind::integer;
    const Lane* lanes = nullptr;    // null: every row has a value
    const Fault* faults = nullptr;  // where the lane is error; null where there is none
    const std::int64_t* numbers = nullptr;
    const std::int64_t* denominators = nullptr;  // of amounts and ratios, above zero; null: all are 1
    const std::uint32_t* codes = nullptr;        // of strings
    std::span<const std::string_view> words;
};

// A list of members of each subject. The members of all stand one behind the other in columns of their own:
// those of row r from ends[r - 1] (the first row: from 0) to ends[r].
struct MemberLists {
    const std::uint64_t* ends = nullptr;
    const Lane* lanes = nullptr;    // of the lists themselves; null: each is told
    const Fault* faults = nullptr;  // where the lane is error; null where there is none
};

// Outlives the evaluation and is shared by its threads.
class FactTable {
  public:
    virtual ~FactTable() = default;
    [[nodiscard]] virtual std::size_t rows() const = 0;
    // Null where the fact is no column: a list, a structure as a whole.
    [[nodiscard]] virtual const FactColumn* column(FieldRef ref) const = 0;
    // Members as columns; null where the table has none such: then they are asked for one by one.
    [[nodiscard]] virtual const MemberLists* members(FieldRef) const { return nullptr; }
    [[nodiscard]] virtual const FactColumn* member_column(MemberField) const { return nullptr; }
    // What is no column, row by row; a list of members is one of StructHandles whose row only this table
    // understands.
    [[nodiscard]] virtual Value value(FieldRef ref, std::size_t row) const;
    [[nodiscard]] virtual Value member(StructHandle owner, FieldId field) const;
};

// One answer a row.
struct ColumnAnswer {
    TypeKind kind = TypeKind::boolean;
    std::vector<Lane> lanes;
    std::vector<Fault> faults;  // by row; meant where the lane is error
    std::vector<std::int64_t> numbers;
    std::vector<std::int64_t> denominators;  // of amounts and ratios
    std::vector<Value> others;               // by row, of an answer that is no number: strings, lists

    [[nodiscard]] Value at(std::size_t row) const;
};

struct ColumnCounts {
    std::uint64_t words = 0;  // evaluations for a word of a dictionary
    std::uint64_t rows = 0;   // evaluations of a part of the program for one row
};

// The program was compiled for packs (full CEL is scalar only). Threads: at least one, the calling one.
ColumnCounts evaluate_columns(const Program& program, const FactTable& table, unsigned threads,
                              ColumnAnswer& answer);

}  // namespace doudi::expr
