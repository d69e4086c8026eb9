// SPDX-License-Identifier: Apache-2.0
// Lists on their way to a person or a program: a table on the terminal, CSV, JSON or XLSX.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "cli/console.h"
#include "intake/table_export.h"

namespace doudi::cli {

class Command;

// A table for the terminal, in the user's language.
struct Table {
    struct Heading {
        Text text;
        bool is_number = false;
    };
    std::vector<Heading> headings;
    std::vector<std::vector<std::string>> rows;
};
void print_table(const Console& console, const Table& table);

// --format and --output of a list.
struct ListOptions {
    std::string format;  // empty: as the output's ending says, else a table
    std::filesystem::path output;
};
// table, csv, json or xlsx.
[[nodiscard]] std::string format_of(const ListOptions& options);
// Said when the ending of a file does not tell what was written into it.
void remark_on_ending(const Console& console, const std::filesystem::path& output, const std::string& format);
void add_list_options(Command& command, const Console& console, ListOptions& options);

// What a workbook shows: the columns for programs, or what people read, where that says as much.
enum class WorkbookShows { data, for_people };

// `for_people` is what --format table prints; `data` has the untranslated columns of the other formats. A
// file that cannot be written leaves the one that was there as it was. CSV in a file has a byte order mark,
// printed CSV has none.
[[nodiscard]] ExitCode put_list(const Console& console, const ListOptions& options, const Table& for_people,
                                const intake::Table& data, const Text& when_empty,
                                WorkbookShows shows = WorkbookShows::data);

}  // namespace doudi::cli
