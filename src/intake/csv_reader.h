// SPDX-License-Identifier: Apache-2.0
// Separated text of any encoding and any habit: quotes, doubled quotes, line breaks inside quotes, CR, LF or
// CRLF, ="…" cells, NUL bytes (dropped). Slower than csv_rows and able to read what csv_rows gives back.
// Memory is bounded by one row of Limits.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intake/sheet.h"

namespace doudi::intake {

// Fed with UTF-8 piece by piece; hands on whole rows. Row numbers count records that are not blank lines'
// own: every record counts, blank ones too, as a spreadsheet would show them.
class CsvParser {
  public:
    CsvParser(char separator, const Limits& limits, SheetSink& sink);
    [[nodiscard]] Result<void> feed(std::string_view utf8);
    [[nodiscard]] Result<void> finish();
    // So far, blank ones too.
    [[nodiscard]] std::uint32_t rows() const { return row_ - 1; }

  private:
    enum class State : std::uint8_t { cell_start, plain, quoted, quote_in_quoted, after_return };

    [[nodiscard]] Result<void> take(char c);
    [[nodiscard]] Result<void> take_plain(char c);
    [[nodiscard]] Result<void> end_cell();
    [[nodiscard]] Result<void> end_row();
    [[nodiscard]] Result<void> check_size() const;

    char separator_;
    Limits limits_;
    SheetSink* sink_;
    State state_ = State::cell_start;
    std::string bytes_;              // of this row's cells, one behind the other
    std::vector<std::size_t> ends_;  // of its finished cells
    std::vector<Cell> cells_;        // reused
    std::uint32_t row_ = 1;
};

[[nodiscard]] Result<void> read_csv(const std::filesystem::path& path, const FileFormat& format,
                                    const Limits& limits, SheetSink& sink);

// Of , ; tab and |, the one that stands most evenly in the first lines; a comma if none does.
[[nodiscard]] char guess_separator(std::string_view utf8_head);

}  // namespace doudi::intake
