// SPDX-License-Identifier: Apache-2.0
// Which dataset a sheet is, told by its headings and by nothing else: not the file's name, not the order of
// the columns. Title rows, 填报单位 rows and blank rows may stand above; headings may span two or three rows
// (男方 over 姓名: 男方姓名). domain.md §4.6(3).
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intake/sheet.h"
#include "policy/dataset.h"

namespace doudi::intake {

struct Recognised {
    int dataset = -1;                  // index into the catalogue
    std::uint32_t heading_row = 0;     // the first of the heading rows, as a person counts
    std::uint32_t first_data_row = 0;  // rows before it are titles and headings
    std::vector<int> column_of;        // per DatasetColumn: the file's column from 0, -1 if the file has none
    std::vector<std::string> headings;  // per file column, as written (joined if it spans rows)

    [[nodiscard]] const std::string& heading_of(int dataset_column) const;  // empty if the file has none
};

// A copy of a row, for the rows read before the dataset is known.
struct HeadRow {
    std::uint32_t number = 0;
    std::vector<std::string> texts;
    std::vector<CellKind> kinds;
    std::vector<CellFill> fills;

    [[nodiscard]] static HeadRow of(std::uint32_t number, std::span<const Cell> cells);
    [[nodiscard]] std::vector<Cell> cells() const;  // views into this row
};

// Headings are sought in this many rows that are not blank, and by those who read sheets in no more than so
// many bytes: texts are long in what is no table.
inline constexpr std::size_t heading_search_rows = 20;
inline constexpr std::size_t heading_search_bytes = 4U << 20U;

// The first rows of a sheet as they come, until headings can be sought in them.
class HeadRows {
  public:
    // True once there are enough.
    [[nodiscard]] bool take(std::uint32_t number, std::span<const Cell> cells);
    void clear();
    [[nodiscard]] const std::vector<HeadRow>& rows() const { return rows_; }

  private:
    std::vector<HeadRow> rows_;
    std::size_t bytes_ = 0;
};

// `rows`: the first rows of a sheet, as many as there are up to heading_search_rows. An error names the
// nearest dataset and the headings it lacks ("unknown_headings"), or the datasets that fit equally well
// ("ambiguous_headings"). A sheet without any content is "empty_sheet".
[[nodiscard]] Result<Recognised> recognise(std::span<const HeadRow> rows,
                                           const policy::DatasetCatalogue& catalogue);

// The reading that comes nearest, be it not whole: what a person looks at who says which heading means which
// field. dataset is -1, and no heading is told, where none is known: its first rows may be people.
[[nodiscard]] Recognised nearest_reading(std::span<const HeadRow> rows,
                                         const policy::DatasetCatalogue& catalogue);

// A heading as it is compared: width folded, spaces, line breaks, marks (*, ：) and a bracketed remark （元）
// dropped.
[[nodiscard]] std::string normal_heading(std::string_view heading);

}  // namespace doudi::intake
