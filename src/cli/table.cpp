// SPDX-License-Identifier: Apache-2.0
#include "cli/table.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>

namespace doudi::cli {
namespace {

intake::Table in_language(const Console& console, const Table& table) {
    intake::Table out;
    for (const auto& heading : table.headings)
        out.columns.push_back({console.say(heading.text), heading.is_number});
    out.rows = table.rows;
    return out;
}

Error cannot_write(const std::filesystem::path& path) {
    return {ErrorKind::io,
            "cannot_write",
            {fmt::format("写不出文件 {}（目录不存在、没有权限或磁盘已满）", path.string()),
             fmt::format("cannot write {} (no such folder, no right, or the disk is full)", path.string())},
            {}};
}

// Under another name first: a full disk must not cost the list of last week.
ExitCode write_text(const Console& console, const std::filesystem::path& path, const std::string& text) {
    auto temporary = path;
    temporary += ".part";
    {
        std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
        file << text;
        file.close();
        if (file) {
            std::error_code failure;
            std::filesystem::rename(temporary, path, failure);
            if (!failure) return ExitCode::done;
        }
    }
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    return console.report(cannot_write(path));
}

}  // namespace

void print_table(const Console& console, const Table& table) {
    fmt::print("{}", intake::table_text(in_language(console, table)));
}

void add_list_options(CLI::App& command, const Console& console, ListOptions& options) {
    const bool zh = console.lang == Lang::zh;
    command
        .add_option("--format", options.format, zh ? "table、csv、json 或 xlsx" : "table, csv, json or xlsx")
        ->check(CLI::IsMember({"table", "csv", "json", "xlsx"}));
    command.add_option("--output,-o", options.output,
                       zh ? "写入文件（xlsx 必须指定）" : "write to a file (needed for xlsx)");
}

ExitCode put_list(const Console& console, const ListOptions& options, const Table& for_people,
                  const intake::Table& data, const Text& when_empty) {
    if (options.format == "xlsx") {
        if (options.output.empty()) {
            return console.report(Error{ErrorKind::usage,
                                        "no_output",
                                        {"xlsx 请用 --output 指定文件", "xlsx needs --output FILE"},
                                        {}});
        }
        const auto written = intake::write_table_xlsx(data, options.output);
        return written ? ExitCode::done : console.report(written.error());
    }
    std::string text;
    if (options.format == "csv") {
        text = intake::table_csv(data);
    } else if (options.format == "json") {
        text = intake::table_json(data);
    } else {
        text = for_people.rows.empty() ? console.say(when_empty) + "\n"
                                       : intake::table_text(in_language(console, for_people));
    }
    if (!options.output.empty()) return write_text(console, options.output, text);
    fmt::print("{}", text);
    return ExitCode::done;
}

}  // namespace doudi::cli
