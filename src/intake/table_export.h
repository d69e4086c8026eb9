// SPDX-License-Identifier: Apache-2.0
// A table on its way out: CSV, JSON, XLSX, or text aligned for a terminal (a Chinese character is two columns
// wide). The CSV is plain UTF-8 with LF, to be compared and read by programs; with a byte order mark on wish,
// for WPS and Excel (domain.md §4.6(12)).
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace doudi::intake {

struct TableColumn {
    std::string name;
    bool is_number = false;  // aligned right; a number in JSON and XLSX. Identity numbers are text.
};

struct Table {
    std::vector<TableColumn> columns;
    std::vector<std::vector<std::string>>
        rows;  // each as long as columns; an empty cell of a number is null in JSON
};

[[nodiscard]] std::string table_csv(const Table& table, bool byte_order_mark = false);
[[nodiscard]] std::string table_json(const Table& table);
[[nodiscard]] std::string table_text(const Table& table);
// Text columns are formatted as text, so that nothing makes a float of an identity number.
[[nodiscard]] Result<void> write_table_xlsx(const Table& table, const std::filesystem::path& path,
                                            std::string_view sheet_name = "Sheet1");

// The form that a file's ending stands for: csv, json, xlsx, or table (.txt); empty if it stands for none.
[[nodiscard]] std::string_view format_of_ending(const std::filesystem::path& path);

// Columns of a terminal that a text takes.
[[nodiscard]] std::size_t display_width(std::string_view utf8);

}  // namespace doudi::intake
