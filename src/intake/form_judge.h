// SPDX-License-Identifier: Apache-2.0
// Whether one row is usable by its form, and every finding that says why not (samples/README.md "From a row
// to a person" 1 and 2).
//   a row with one person    its number empty, damaged, masked, misshapen or of an impossible birth date:
//                            refused; empty where the dataset allows name and phone instead: usable
//   a row with two persons   refused only if no number is usable
//   wrong check character    usable, and named in a finding that does not refuse
//   event date unusable      refused; also one after the day of import, where the dataset takes none
//   a fact's cell unreadable  usable without it, and named in a finding that does not refuse
// Blank rows, 合计 and 制表人 rows and repeated headings are no data rows.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id_scan.h"
#include "intake/mapped_columns.h"
#include "intake/records.h"
#include "intake/row_view.h"
#include "intake/sheet.h"

namespace doudi::intake {

struct FormVerdict {
    bool is_data = false;
    bool usable = false;
    std::array<std::uint64_t, most_persons> numbers{};  // by role; RowKeys::no_number where there is none
    std::int32_t day = 0;
};

class FormJudge {
  public:
    // The columns must outlive it.
    FormJudge(const MappedColumns& columns, AsOf as_of, const SheetInfo& sheet);

    [[nodiscard]] FormVerdict judge(std::uint32_t row, const TextRow& cells,
                                    std::vector<Finding>& findings) const {
        return judge_row(row, cells, findings);
    }
    [[nodiscard]] FormVerdict judge(std::uint32_t row, const CellRow& cells,
                                    std::vector<Finding>& findings) const {
        return judge_row(row, cells, findings);
    }

    // The ordinary number and the ordinary day of a text file, without findings: false says nothing.
    [[nodiscard]] bool is_plain_number(std::string_view text, std::uint64_t& packed) const {
        if (text.size() != 18) [[unlikely]]
            return false;
        const IdScan scan = scan_canonical_id(text.data());
        packed = scan.digits17;
        return scan.kind == IdScanKind::valid && is_born(scan.digits17);
    }
    [[nodiscard]] bool is_plain_day(std::string_view text, std::int32_t& days) const;
    // False: the dataset takes no event of that day, as it lies after the day of import.
    [[nodiscard]] bool takes_day(std::int32_t days) const { return days <= last_day_; }

  private:
    struct Number;  // what a cell of an identity number came to
    // By the day of import: what is behind the region, birth date and sequence, lies below the day after.
    [[nodiscard]] bool is_born(std::uint64_t packed) const { return packed % 100'000'000'000 < unborn_; }
    struct Call;  // where one call's findings go

    template <class Row>
    [[nodiscard]] FormVerdict judge_row(std::uint32_t row, const Row& cells,
                                        std::vector<Finding>& findings) const;
    template <class Row>
    [[nodiscard]] Number judge_number(const Row& cells, int column) const;
    [[nodiscard]] Number judge_number_text(std::string_view text) const;
    template <class Row>
    [[nodiscard]] bool judge_persons(const Row& cells, std::span<Number> numbers, Call& call) const;
    template <class Row>
    [[nodiscard]] bool judge_date(const Row& cells, std::int32_t& days, Call& call) const;
    template <class Row>
    [[nodiscard]] bool judge_texts(const Row& cells, Call& call) const;
    template <class Row>
    void judge_facts(const Row& cells, Call& call) const;
    template <class Row>
    [[nodiscard]] bool is_data(const Row& cells) const;
    void report(Call& call, int file_column, int dataset_column, FindingCode code, std::string_view value,
                bool refused) const;

    const MappedColumns* columns_;
    std::string sheet_;
    std::int32_t last_day_ = 0;  // of an event that the dataset takes
    std::uint64_t unborn_ = 0;   // 20250631000: births are compared as they are written
    bool date_1904_ = false;
};

}  // namespace doudi::intake
