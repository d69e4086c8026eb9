// SPDX-License-Identifier: Apache-2.0
// What every reader of this room gives: sheets of rows of cells, in the file's order, one row at a time,
// whatever the file was (CSV, XLSX, XLS, an HTML table, XML-2003). A file is taken for what its bytes say,
// never for what its name says (domain.md §4.6). Memory is bounded by Limits, not by the file.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace doudi::intake {

enum class CellKind : std::uint8_t {
    empty,
    text,
    number,  // text: the number in plain digits ("13800138000", "0.5"); an identity number stored so has lost
             // digits
    date_serial,  // a number that the sheet shows as a date; text: YYYY-MM-DD, the workbook's date system
                  // already applied
    boolean,      // text: TRUE or FALSE
    error,        // text: #N/A, #REF!
};

// Where a cell of a merged range has its content from. The range's first cell is `own`.
enum class CellFill : std::uint8_t { own, from_above, from_left };

struct Cell {
    std::string_view
        text;  // UTF-8; good until row() returns. U+FFFD stands for bytes that no encoding explains
    CellKind kind = CellKind::empty;
    CellFill fill = CellFill::own;
};

struct SheetInfo {
    std::string name;  // empty for CSV
    bool hidden = false;
    bool date_1904 = false;  // how a bare serial number in this sheet is to be read
    bool is_text = false;    // CSV: a row has the cells it has; in a spreadsheet empty ones may be left out
};

// Takes the rows. An error that it returns stops the reading and is handed to the caller of read_sheets().
class SheetSink {
  public:
    virtual ~SheetSink() = default;
    [[nodiscard]] virtual Result<void> begin_sheet(const SheetInfo& /*info*/) { return {}; }
    // row_number as a person would count it, from 1; empty rows may be left out. cells[0] is column A;
    // trailing empty cells may be left out.
    [[nodiscard]] virtual Result<void> row(std::uint32_t row_number, std::span<const Cell> cells) = 0;
    [[nodiscard]] virtual Result<void> end_sheet() { return {}; }
};

// What one file may cost. Beyond it: ErrorKind::limit, with the place.
struct Limits {
    std::uint64_t cell_bytes = 1U << 20U;
    std::uint64_t row_bytes = 16U << 20U;
    std::uint32_t columns = 4096;
    std::uint32_t sheets = 256;
    std::uint64_t cells = 400'000'000;        // of a workbook; a CSV file is not counted
    std::uint64_t entry_bytes = 4ULL << 30U;  // one entry of an XLSX, unpacked
    std::uint64_t ratio = 400;  // unpacked to packed, asked once an entry is larger than ratio_from
    std::uint64_t ratio_from = 64ULL << 20U;
    std::uint64_t shared_text_bytes = 256U << 20U;  // all shared strings of an XLSX
    std::uint64_t merged_ranges = 500'000;
    std::uint64_t old_file_bytes = 256U << 20U;  // an XLS or HTML file, which is read as a whole
    std::uint32_t child_seconds = 120;           // the XLS reader's child
    std::uint64_t child_bytes = 2ULL << 30U;
};

enum class FileKind : std::uint8_t { csv, xlsx, xls, html, xml_2003 };
enum class TextEncoding : std::uint8_t { utf8, utf8_bom, gb18030, utf16le, utf16be, mixed };

struct FileFormat {
    FileKind kind = FileKind::csv;
    TextEncoding encoding = TextEncoding::utf8;  // csv and html
    char separator = ',';                        // csv: , ; tab |
};
// As Arrival::encoding: "UTF-8", "GB18030", "UTF-16LE", "mixed", "xlsx", "xls", "html", "xml-2003".
[[nodiscard]] const char* name_of(const FileFormat& format);

// By content. Anything else is an error that says what the file really is: a picture, a PDF, a workbook with
// a password, an archive of files. Reads all of a text file once (its encoding is only certain then).
[[nodiscard]] Result<FileFormat> sniff(const std::filesystem::path& path);
// The same, but a text's encoding is told by its head alone: for a caller who holds every later byte to it.
[[nodiscard]] Result<FileFormat> sniff_head(const std::filesystem::path& path, std::string_view head);

// All sheets, hidden ones too (a hidden sheet is marked; the caller decides).
[[nodiscard]] Result<void> read_sheets(const std::filesystem::path& path, const Limits& limits,
                                       SheetSink& sink);
[[nodiscard]] Result<void> read_sheets(const std::filesystem::path& path, const FileFormat& format,
                                       const Limits& limits, SheetSink& sink);

}  // namespace doudi::intake
