// SPDX-License-Identifier: Apache-2.0
#include "cli/table.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/output_file.h"
#include "cli/usage.h"

namespace doudi::cli {
namespace {

intake::Table in_language(const Console& console, const Table& table) {
    intake::Table out;
    for (const auto& heading : table.headings)
        out.columns.push_back({console.say(heading.text), heading.is_number});
    out.rows = table.rows;
    return out;
}

}  // namespace

void print_table(const Console& console, const Table& table) {
    fmt::print("{}", intake::table_text(in_language(console, table)));
}

void add_list_options(CLI::App& command, const Console& console, ListOptions& options) {
    const bool zh = console.lang == Lang::zh;
    allow_words(*command.add_option("--format", options.format, zh ? "格式" : "the format"), console,
                {"table", "csv", "json", "xlsx"});
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
        const auto written = put_file(
            options.output, [&data](const auto& path) { return intake::write_table_xlsx(data, path); });
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
    if (!options.output.empty()) {
        const auto written = put_text_file(options.output, text);
        return written ? ExitCode::done : console.report(written.error());
    }
    fmt::print("{}", text);
    return ExitCode::done;
}

}  // namespace doudi::cli
