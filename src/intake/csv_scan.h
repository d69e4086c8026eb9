// SPDX-License-Identifier: Apache-2.0
// The bulk path through comma-separated text: cuts a chunk of whole rows into cells at memory speed. The
// separators, quotes and line ends of UTF-8 and GB18030 are the same bytes and never part of another
// character, so rows are found before anything is decoded. What a cell is, is csv_reader.h's law; a property
// test holds the two to it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace doudi::intake {

// Where the last complete row of `text` ends (just behind its line end), 0 if none does. `text` begins at a
// row's start.
[[nodiscard]] std::size_t end_of_last_row(std::string_view text, char separator);

// Iterates over the rows of a chunk. Views are good until the next row.
class CsvScan {
  public:
    // `text` begins and ends at a row's border; the file's last row may lack its line end.
    CsvScan(std::string_view text, char separator);

    // The next row's cells, or false at the end. Blank lines are rows with one empty cell.
    [[nodiscard]] bool next(std::vector<std::string_view>& cells);
    // Where the next row begins.
    [[nodiscard]] std::size_t offset() const { return row_begin_ < text_.size() ? row_begin_ : text_.size(); }

  private:
    [[nodiscard]] std::uint64_t marks_at(std::size_t offset) const;
    [[nodiscard]] std::size_t next_mark(std::size_t from);
    void quoted_cell(std::size_t begin, std::vector<std::string_view>& cells, bool& row_ends);

    std::string_view text_;
    char separator_;
    std::size_t row_begin_ = 0;
    std::size_t block_ = 0;   // offset of the 64 bytes that mask_ describes
    std::uint64_t mask_ = 0;  // its marks that are not passed yet
    std::string unescaped_;   // of this row's cells that hold doubled quotes
    std::vector<std::pair<std::size_t, std::size_t>> pending_;  // (cell, length) into unescaped_
};

}  // namespace doudi::intake
