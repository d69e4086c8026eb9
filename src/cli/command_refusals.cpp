// SPDX-License-Identifier: Apache-2.0
// The answer to the sender of a file: which rows, which columns, what is wrong. Form only: whether anyone is
// on the register is not in it.
#include <fmt/format.h>

#include <iterator>

#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/output_file.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "intake/findings_segment.h"
#include "intake/refusals.h"
#include "match/repository.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::string as_of;
    std::string file;
    std::filesystem::path output;
};

Result<std::vector<intake::Finding>> findings_of(store::DataFolder& store,
                                                 const match::StoredArrival& arrival) {
    std::vector<intake::Finding> findings;
    TRY_VOID(match::check_findings_kept(arrival));
    if (arrival.findings_segment.empty()) return findings;
    const auto segment = TRY(store.open_blob(store::Shelf::segments, arrival.findings_segment));
    TRY_VOID(intake::read_findings(segment, [&](const intake::Finding& finding) -> Result<void> {
        findings.push_back(finding);
        return {};
    }));
    return findings;
}

// A name may hold an identity number: it is shown without, and known by what is shown too.
bool is_called(const match::StoredArrival& arrival, const std::string& name) {
    return arrival.arrival.file_name == name || shown_file_name(arrival.arrival.file_name) == name;
}

ExitCode put(const Console& console, const Options& options, const match::StoredArrival& arrival,
             const std::vector<intake::Finding>& findings) {
    const std::string file = shown_file_name(arrival.arrival.file_name);
    if (options.output.empty()) {
        fmt::print("{}", intake::table_text(intake::refusals_table(file, findings)));
        return ExitCode::done;
    }
    const auto written = put_file(
        options.output, [&](const auto& path) { return intake::write_refusals(path, file, findings); });
    if (!written) return console.report(written.error());
    if (intake::format_of_ending(options.output).empty()) remark_on_ending(console, options.output, "csv");
    console.line({fmt::format("{}：{} 行需要核对，已写入 {}", file, findings.size(), options.output.string()),
                  fmt::format("{}: {} to look at, written to {}", file,
                              counted(findings.size(), "row", "rows"), options.output.string())});
    return ExitCode::done;
}

ExitCode refusals(const Console& console, const Options& options) {
    const auto as_of = parse_date_option("--as-of", options.as_of);
    if (!as_of) return console.report(as_of.error());
    auto office = open_office(console, options.store, store::Access::read);
    if (!office) return console.failed();
    const auto arrivals = match::list_arrivals(office->store, AsOf{*as_of});
    if (!arrivals) return console.report(arrivals.error());
    // Two departments may send files of one name on one day: both are answered, in the order of their
    // arrival.
    const match::StoredArrival* first = nullptr;
    std::vector<intake::Finding> all;
    for (const auto& arrival : *arrivals) {
        if (!is_called(arrival, options.file) || arrival.arrival.as_of.date != *as_of) continue;
        auto findings = findings_of(office->store, arrival);
        if (!findings) return console.report(findings.error());
        if (first == nullptr) first = &arrival;
        all.insert(all.end(), std::make_move_iterator(findings->begin()),
                   std::make_move_iterator(findings->end()));
    }
    if (first != nullptr) return put(console, options, *first, all);
    return console.report(
        Error{ErrorKind::not_found,
              "no_such_arrival",
              {fmt::format("{} 没有导入过名为 {} 的文件", as_of->iso(), options.file),
               fmt::format("no file named {} was imported as of {}", options.file, as_of->iso())},
              {}});
}

}  // namespace

void add_refusals(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "refusals", registration.help("给报送单位的核对单：哪一行哪一列有什么问题",
                                      "the answer to a file's sender: which rows need a look, and why"));
    add_store_options(*command, registration.console, options->store);
    command
        ->add_option("--as-of", options->as_of,
                     registration.help("报送日，YYYY-MM-DD", "the day of import, YYYY-MM-DD"))
        ->required();
    command->add_option("file", options->file, registration.help("文件名", "the file's name"))->required();
    command->add_option("--output,-o", options->output,
                        registration.help("写入 .csv、.json、.xlsx 或 .txt 文件",
                                          "write to a .csv, .json, .xlsx or .txt file"));
    command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return refusals(console, *options); };
    });
}

}  // namespace doudi::cli
