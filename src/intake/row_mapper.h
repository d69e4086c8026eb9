// SPDX-License-Identifier: Apache-2.0
// One row of a recognised sheet → one row of FeedRows, or a Finding that says why not. Judges form only
// (samples/README.md "From a row to a person" 1 and 2, buckets `rejected`); whether anyone is on the register
// is not known here.
//   a row with one person    its number empty, damaged, masked, misshapen or of an impossible birth date:
//   refused; empty where the dataset
//                            allows name and phone instead: lands with status none
//   a row with two persons   refused only if no number is usable; an unusable one lands with status none
//   wrong check character    lands (pack_unchecked) and is named in a finding that does not refuse
//   event date unusable      refused
// Blank rows, 合计 and 制表人 rows and repeated headings are no data rows: they are not counted.
// A mapper is not changed by mapping: any number of threads may share it. The ordinary row allocates nothing.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "intake/recognise.h"
#include "intake/records.h"
#include "intake/sheet.h"
#include "policy/dataset.h"

namespace doudi::intake {

struct RowCounts {
    std::uint64_t rows = 0;     // data rows
    std::uint64_t refused = 0;  // of them
};

class RowMapper {
  public:
    // The dataset must outlive the mapper.
    RowMapper(const policy::Dataset& dataset, const Recognised& recognised, AsOf as_of,
              const SheetInfo& sheet = {});

    // The cells of one row of a spreadsheet, by file column.
    void map_row(std::uint32_t row, std::span<const Cell> cells, FeedRows& out,
                 std::vector<Finding>& findings, RowCounts& counts) const;
    // The same for a CSV row: valid UTF-8, unquoted, by file column.
    void map_row(std::uint32_t row, std::span<const std::string_view> cells, FeedRows& out,
                 std::vector<Finding>& findings, RowCounts& counts) const;

    [[nodiscard]] const FeedLayout& layout() const { return layout_; }
    [[nodiscard]] FeedRows make_rows() const { return {column::Batch::of(layout_.schema)}; }

  private:
    struct Person {
        int id = -1;  // file columns, -1 if the file has none
        int name = -1;
        int phone = -1;
        FeedLayout::Role at;
    };
    struct Field {
        int column = -1;  // file column
        int at = -1;      // batch column
        bool dictionary = false;
    };
    struct Number;  // what a cell of an identity number came to
    struct Call;    // where one call's findings go

    template <class Row>
    void map(std::uint32_t row, const Row& cells, FeedRows& out, std::vector<Finding>& findings,
             RowCounts& counts) const;
    template <class Row>
    [[nodiscard]] Number judge_number(const Row& cells, const Person& person) const;
    template <class Row>
    [[nodiscard]] bool judge_persons(const Row& cells, std::span<Number> numbers, Call& call) const;
    template <class Row>
    [[nodiscard]] bool judge_date(const Row& cells, std::int64_t& days, Call& call) const;
    template <class Row>
    [[nodiscard]] bool judge_texts(const Row& cells, Call& call) const;
    template <class Row>
    void land(std::uint32_t row, const Row& cells, std::span<const Number> numbers, std::int64_t days,
              FeedRows& out) const;
    template <class Row>
    [[nodiscard]] bool is_data(const Row& cells) const;
    void report(Call& call, int file_column, int dataset_column, FindingCode code, std::string_view value,
                bool refused) const;

    const policy::Dataset* dataset_;
    FeedLayout layout_;
    std::vector<Person> persons_;
    std::vector<Field> fields_;
    std::vector<std::string> headings_;         // per file column
    std::vector<std::string> normal_headings_;  // the same, to know a repeated heading row
    std::vector<bool> mapped_;                  // per file column: the dataset knows it
    std::string sheet_;
    std::uint64_t as_of_number_ = 0;  // 20250630: births are compared as they are written
    int date_column_ = -1;
    bool date_1904_ = false;
    bool is_text_ = false;
};

}  // namespace doudi::intake
