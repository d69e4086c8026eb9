// SPDX-License-Identifier: Apache-2.0
// The bulk path through comma-separated text: cuts a chunk of whole rows into cells at memory speed. The
// separators, quotes and line ends of UTF-8 and GB18030 are the same bytes and never part of another
// character, so rows are found before anything is decoded. What a cell is, is csv_reader.h's law; a property
// test holds the two to it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace doudi::intake {

// Where the last complete row of `text` ends (just behind its line end), 0 if none does. `text` begins at a
// row's start.
[[nodiscard]] std::size_t end_of_last_row(std::string_view text, char separator);

// Whether a quote that opens a cell is never closed: then the rows behind it have become one cell. `text`
// begins at a row's start.
[[nodiscard]] bool has_open_quote(std::string_view text, char separator);

// What is rare in a text and decides how all of it is read: looked for in one pass, as each pass over a chunk
// costs as much as to find its cells.
struct TextMarks {
    bool quotes = false;
    bool returns = false;
    // What cut() does not read as csv_reader does: a carriage return without its line feed (csv_reader ends a
    // row there) or a zero byte (it is dropped). Rows of such a text are not to be found here.
    bool odd = false;
    // A '#', with which the errors of formulas begin, or U+FFFD (row_words.h): a cell may have lost its text.
    bool lost = false;
    friend bool operator==(const TextMarks&, const TextMarks&) = default;
};
[[nodiscard]] TextMarks look_over(std::string_view text);
[[nodiscard]] bool is_odd_text(std::string_view text);

// The rows of a chunk. Kept from chunk to chunk, so that nothing is allocated once warm.
class CsvRows {
  public:
    static constexpr std::size_t most_bytes = std::numeric_limits<std::uint32_t>::max() / 2;
    // Where a block of 64 bytes has separators, and line ends: a bit a byte.
    struct BlockMarks {
        std::uint64_t separators = 0;
        std::uint64_t line_ends = 0;
    };

    // `text` is not odd; it begins and ends at a row's border; the file's last row may lack its line end.
    // Blank lines are rows with one empty cell. At most `most_rows` rows are cut, at least one. Views of the
    // rows before are not good any more, and the text must outlive the new ones.
    void cut(std::string_view text, char separator,
             std::size_t most_rows = std::numeric_limits<std::size_t>::max());
    // The same of a text that was looked over.
    void cut(std::string_view text, char separator, const TextMarks& marks,
             std::size_t most_rows = std::numeric_limits<std::size_t>::max());

    [[nodiscard]] const TextMarks& marks() const { return marks_; }
    [[nodiscard]] std::size_t size() const { return row_count_; }
    [[nodiscard]] std::size_t cells(std::size_t row) const { return rows_[row].cells_end - first_cell(row); }
    // An empty text where the row has no such cell; column -1 is a column that the file does not have.
    [[nodiscard]] std::string_view cell(std::size_t row, int column) const {
        const std::size_t at = first_cell(row) + static_cast<std::size_t>(column);
        if (column < 0 || at >= rows_[row].cells_end) [[unlikely]]
            return {};
        const Cell& cell = cells_[at];
        if (cell.begin < text_.size()) [[likely]]
            return {text_.data() + cell.begin, cell.size};
        return {unescaped_.data() + (cell.begin - text_.size()), cell.size};
    }
    // Where the row behind `row` begins.
    [[nodiscard]] std::size_t end_of(std::size_t row) const { return rows_[row].text_end; }

  private:
    // Bytes of the text; from text_.size() on, of unescaped_.
    struct Cell {
        std::uint32_t begin;
        std::uint32_t size;
    };
    struct Row {
        std::uint32_t cells_end;
        std::uint32_t text_end;
    };

    [[nodiscard]] std::size_t first_cell(std::size_t row) const {
        return row == 0 ? 0 : rows_[row - 1].cells_end;
    }
    void cut_plain(char separator, std::size_t most_rows);
    void put_marks(std::size_t block, const BlockMarks& marks, std::size_t& begin);
    void drop_returns();
    void cut_quoted(char separator, std::size_t most_rows);
    [[nodiscard]] std::size_t quoted_cell(std::size_t begin, char separator);
    void make_room();
    void grow(bool cells, bool rows);
    void put(std::size_t begin, std::size_t end) {
        cells_[cell_count_++] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)};
    }
    void put_row(std::size_t text_end) {
        rows_[row_count_++] = {static_cast<std::uint32_t>(cell_count_), static_cast<std::uint32_t>(text_end)};
    }

    std::string_view text_;
    TextMarks marks_;
    // As long as they ever were; of them the first so many are in use.
    std::vector<Cell> cells_;
    std::vector<Row> rows_;
    std::size_t cell_count_ = 0;
    std::size_t row_count_ = 0;
    std::string unescaped_;  // of the cells that hold doubled quotes
};

}  // namespace doudi::intake
