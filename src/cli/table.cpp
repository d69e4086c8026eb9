// SPDX-License-Identifier: Apache-2.0
#include "cli/table.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

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

std::string format_of(const ListOptions& options) {
    if (!options.format.empty()) return options.format;
    const auto told = intake::format_of_ending(options.output);
    return told.empty() ? "table" : std::string(told);
}

void remark_on_ending(const Console& console, const std::filesystem::path& output,
                      const std::string& format) {
    if (output.empty() || intake::format_of_ending(output) == format) return;
    console.note(
        {fmt::format("注意：{} 以 {} 格式写出，扩展名看不出来", output.string(), format),
         fmt::format("note: {} was written as {}, which its ending does not say", output.string(), format)});
}

void print_table(const Console& console, const Table& table) {
    fmt::print("{}", intake::table_text(in_language(console, table)));
}

void add_list_options(Command& command, const Console& console, ListOptions& options) {
    const bool zh = console.lang == Lang::zh;
    allow_words(*command.add_option(
                    "--format", options.format,
                    zh ? "格式（不写则看文件扩展名）" : "the format (else the file's ending says it)"),
                console, {"table", "csv", "json", "xlsx"});
    command.add_option("--output,-o", options.output,
                       zh ? "写入 .csv、.json、.xlsx 或 .txt 文件（xlsx 必须指定）"
                          : "write to a .csv, .json, .xlsx or .txt file (needed for xlsx)");
}

namespace {

// The library that writes workbooks tells the terminal of its troubles, in English; they are told by our own
// words.
class QuietTerminal {
  public:
    QuietTerminal() : kept_(::dup(STDERR_FILENO)) {
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (nowhere < 0) return;
        std::fflush(stderr);
        ::dup2(nowhere, STDERR_FILENO);
        ::close(nowhere);
    }
    ~QuietTerminal() {
        if (kept_ < 0) return;
        std::fflush(stderr);
        ::dup2(kept_, STDERR_FILENO);
        ::close(kept_);
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;

  private:
    int kept_;
};

// A file is opened in WPS or Excel, which take CSV without its mark for GBK; what is printed, programs read.
enum class Goes { to_terminal, to_file };

std::string text_of(const Console& console, const std::string& format, const Table& for_people,
                    const intake::Table& data, const Text& when_empty, Goes goes) {
    if (format == "csv") return intake::table_csv(data, goes == Goes::to_file);
    if (format == "json") return intake::table_json(data);
    return for_people.rows.empty() ? console.say(when_empty) + "\n"
                                   : intake::table_text(in_language(console, for_people));
}

Result<void> put_workbook(const std::filesystem::path& output, const intake::Table& table) {
    const QuietTerminal quiet;
    return put_file(output, [&table](const auto& path) { return intake::write_table_xlsx(table, path); });
}

}  // namespace

ExitCode put_list(const Console& console, const ListOptions& options, const Table& for_people,
                  const intake::Table& data, const Text& when_empty, WorkbookShows shows) {
    const std::string format = format_of(options);
    const bool workbook = format == "xlsx";
    if (workbook && options.output.empty()) {
        return console.report(Error{
            ErrorKind::usage, "no_output", {"xlsx 请用 --output 指定文件", "xlsx needs --output FILE"}, {}});
    }
    const Goes goes = options.output.empty() ? Goes::to_terminal : Goes::to_file;
    const std::string text = workbook ? "" : text_of(console, format, for_people, data, when_empty, goes);
    if (options.output.empty()) {
        fmt::print("{}", text);
        return ExitCode::done;
    }
    const intake::Table in_book =
        shows == WorkbookShows::for_people ? in_language(console, for_people) : data;
    const auto written =
        workbook ? put_workbook(options.output, in_book) : put_text_file(options.output, text);
    if (!written) return console.report(written.error());
    remark_on_ending(console, options.output, format);
    return ExitCode::done;
}

}  // namespace doudi::cli
