// SPDX-License-Identifier: Apache-2.0
#include "intake/table_export.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>

#include "base/utf8.h"
#include "intake/export_cell.h"
#include "intake/table_book.h"
#include "store/durable_file.h"

namespace doudi::intake {
namespace {

constexpr std::size_t most_sheet_rows = 1'048'576;
constexpr std::size_t most_cell_characters = 32'767;

[[nodiscard]] std::size_t code_width(char32_t code) {
    const auto point = static_cast<UChar32>(code);
    const int type = u_charType(point);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
    const int width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// One line of a terminal: control characters would move its cursor.
[[nodiscard]] std::string one_line(std::string_view utf8) {
    std::string out;
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = decode_utf8(utf8, at);
        at += point.length;
        const bool control = point.code < 0x20 || (point.code >= 0x7F && point.code < 0xA0);
        append_utf8(out, control ? U' ' : point.code);
    }
    return out;
}

void append_json_string(std::string& out, std::string_view utf8) {
    out.push_back('"');
    for (const char c : utf8) {
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
}

[[nodiscard]] bool is_json_number(std::string_view text) {
    double value = 0;
    const auto parsed =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    const bool leading_zero = text.size() > 1 && text[0] == '0' && text[1] != '.';
    return !text.empty() && parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size() &&
           !leading_zero && text.back() != '.' && text.front() != '.';
}

void append_padded(std::string& out, const std::string& text, std::size_t width, bool right, bool last) {
    const std::string blanks(width - display_width(text), ' ');
    if (right) out += blanks;
    out += text;
    if (!right && !last) out += blanks;
}

void append_line(std::string& out, const Table& table, const std::vector<std::string>& cells,
                 const std::vector<std::size_t>& widths) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
        if (c > 0) out += "  ";
        append_padded(out, cells[c], widths[c], table.columns[c].is_number, c + 1 == cells.size());
    }
    out.push_back('\n');
}

[[nodiscard]] std::string cut(std::string_view utf8) {
    std::string out;
    std::size_t count = 0;
    for (std::size_t at = 0; at < utf8.size() && count < most_cell_characters; ++count) {
        const CodePoint point = decode_utf8(utf8, at);
        append_utf8(out, point.code);
        at += point.length;
    }
    return out;
}

[[nodiscard]] lxw_error write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column,
                                   const std::string& text, bool is_number, lxw_format* as_text) {
    if (is_number && is_json_number(text)) {
        double value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return worksheet_write_number(sheet, row, column, value, nullptr);
    }
    // A string cell is never a formula, but the sheet may be saved as CSV and sent on.
    return worksheet_write_string(sheet, row, column, escape_formula(cut(text)).c_str(), as_text);
}

// Of a column in characters: its heading and the longest of the first cells, within what a page bears.
[[nodiscard]] double width_of(const Table& table, std::size_t column) {
    constexpr std::size_t looked_at = 1000;
    std::size_t width = display_width(table.columns[column].name);
    for (std::size_t r = 0; r < table.rows.size() && r < looked_at; ++r)
        width = std::max(width, display_width(table.rows[r][column]));
    return static_cast<double>(std::clamp<std::size_t>(width + 2, 10, 60));
}

[[nodiscard]] lxw_error write_rows(const Table& table, lxw_worksheet* sheet, lxw_format* bold,
                                   lxw_format* as_text) {
    lxw_error worst = LXW_NO_ERROR;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const auto column = static_cast<lxw_col_t>(c);
        worst = std::max(worst, worksheet_set_column(sheet, column, column, width_of(table, c), nullptr));
        worst =
            std::max(worst, worksheet_write_string(sheet, 0, column, table.columns[c].name.c_str(), bold));
    }
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            if (table.rows[r][c].empty()) continue;
            worst =
                std::max(worst, write_cell(sheet, static_cast<lxw_row_t>(r + 1), static_cast<lxw_col_t>(c),
                                           table.rows[r][c], table.columns[c].is_number, as_text));
        }
    }
    return worst;
}

// The library does not say why it failed: no room for another block is the likeliest.
[[nodiscard]] bool is_disk_full(const std::filesystem::path& path) {
    constexpr std::uintmax_t little = 64U << 10U;
    std::error_code failure;
    const auto place = std::filesystem::space(path.has_parent_path() ? path.parent_path() : ".", failure);
    return !failure && place.available < little;
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = decode_utf8(utf8, at);
        at += point.length;
        width += code_width(point.code);
    }
    return width;
}

std::string_view format_of_ending(const std::filesystem::path& path) {
    std::string ending = path.extension().string();
    for (char& c : ending) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    if (ending == ".csv") return "csv";
    if (ending == ".json") return "json";
    if (ending == ".xlsx") return "xlsx";
    return ending == ".txt" ? "table" : "";
}

std::string table_csv(const Table& table, bool byte_order_mark) {
    std::string out = byte_order_mark ? "\xEF\xBB\xBF" : "";
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (c > 0) out.push_back(',');
        append_csv_cell(out, table.columns[c].name);
    }
    out.push_back('\n');
    for (const auto& row : table.rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            if (c > 0) out.push_back(',');
            append_csv_cell(out, row[c]);
        }
        out.push_back('\n');
    }
    return out;
}

std::string table_json(const Table& table) {
    std::string out = "[";
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        out += r == 0 ? "\n  {" : ",\n  {";
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const std::string& cell = table.rows[r][c];
            if (c > 0) out += ", ";
            append_json_string(out, table.columns[c].name);
            out += ": ";
            if (table.columns[c].is_number && cell.empty()) {
                out += "null";
            } else if (table.columns[c].is_number && is_json_number(cell)) {
                out += cell;
            } else {
                append_json_string(out, cell);
            }
        }
        out += "}";
    }
    out += table.rows.empty() ? "]\n" : "\n]\n";
    return out;
}

std::string table_text(const Table& table) {
    std::vector<std::vector<std::string>> lines(1);
    for (const TableColumn& column : table.columns) lines[0].push_back(one_line(column.name));
    for (const auto& row : table.rows) {
        auto& line = lines.emplace_back();
        for (const std::string& cell : row) line.push_back(one_line(cell));
    }
    std::vector<std::size_t> widths(table.columns.size(), 0);
    for (const auto& line : lines) {
        for (std::size_t c = 0; c < line.size(); ++c) widths[c] = std::max(widths[c], display_width(line[c]));
    }
    std::string out;
    append_line(out, table, lines[0], widths);
    std::size_t total = 0;
    for (const std::size_t width : widths) total += width + 2;
    out += std::string(total < 2 ? 0 : total - 2, '-') + "\n";
    for (std::size_t r = 1; r < lines.size(); ++r) append_line(out, table, lines[r], widths);
    return out;
}

namespace {

lxw_error write_sheet(lxw_workbook* book, const NamedTable& named) {
    lxw_worksheet* const sheet = workbook_add_worksheet(book, named.name.c_str());
    if (sheet == nullptr) return LXW_ERROR_SHEETNAME_ALREADY_USED;
    lxw_format* const bold = workbook_add_format(book);
    format_set_bold(bold);
    lxw_format* const as_text = workbook_add_format(book);
    format_set_num_format(as_text, "@");
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);  // A4
    worksheet_repeat_rows(sheet, 0, 0);
    return write_rows(named.table, sheet, bold, as_text);
}

}  // namespace

Result<void> write_tables_xlsx(std::span<const NamedTable> tables, const std::filesystem::path& path) {
    for (const NamedTable& one : tables) {
        if (one.table.rows.size() >= most_sheet_rows)
            return fail(ErrorKind::limit, "too_many_rows",
                        {"超过一张工作表的行数，请改用CSV", "more rows than a sheet can hold: use CSV"});
    }
    const auto failed = [&path](const char* why) {
        return fail(ErrorKind::io, "cannot_write",
                    {fmt::format("无法写入：{}", why), fmt::format("cannot be written: {}", why)},
                    path.string());
    };
    // The library writes only at its end, and reports on the terminal: whether the place can be written is
    // asked before.
    if (!std::ofstream(path, std::ios::binary)) return store::system_error(errno, path);
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    lxw_workbook* const book = workbook_new_opt(path.c_str(), &options);
    if (book == nullptr) return failed("out of memory");
    lxw_error worst = LXW_NO_ERROR;
    for (const NamedTable& one : tables) worst = std::max(worst, write_sheet(book, one));
    const lxw_error closed = workbook_close(book);
    if ((worst != LXW_NO_ERROR || closed != LXW_NO_ERROR) && is_disk_full(path))
        return store::system_error(ENOSPC, path);
    if (worst != LXW_NO_ERROR) return failed(lxw_strerror(worst));
    if (closed != LXW_NO_ERROR) return failed(lxw_strerror(closed));
    return {};
}

Result<void> write_table_xlsx(const Table& table, const std::filesystem::path& path,
                              std::string_view sheet_name) {
    const NamedTable one{std::string(sheet_name), table};
    return write_tables_xlsx(std::span(&one, 1), path);
}

}  // namespace doudi::intake
