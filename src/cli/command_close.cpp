// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/usage.h"
#include "intake/row_words.h"
#include "intake/sheet.h"
#include "monitor/verbs.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::string as_of;
    std::filesystem::path list;
    std::vector<std::string> households;
};

// The first column of a list; a heading is known by not being a household.
class FirstColumn : public intake::SheetSink {
  public:
    Result<void> row(std::uint32_t, std::span<const intake::Cell> cells) override {
        if (cells.empty() || cells[0].text.empty()) return {};
        if (!intake::is_footer_text(cells[0].text)) values.emplace_back(cells[0].text);  // 合计 and its like
        return {};
    }
    std::vector<std::string> values;
};

// Our own lists' heading, or any word that the register's datasets have for one of their columns.
bool is_heading(const std::string& text, const policy::DatasetCatalogue& catalogue) {
    if (text == "household_id") return true;
    return std::ranges::any_of(catalogue.datasets, [&](const policy::Dataset& dataset) {
        return dataset.kind != policy::DatasetKind::feed &&
               std::ranges::any_of(dataset.columns, [&](const policy::DatasetColumn& column) {
                   return std::ranges::find(column.headings, text) != column.headings.end();
               });
    });
}

std::string joined(const std::vector<std::string>& codes) {
    constexpr std::size_t shown = 10;
    std::string text;
    for (std::size_t i = 0; i < codes.size() && i < shown; ++i) text += (i == 0 ? "" : " ") + codes[i];
    return codes.size() > shown ? text + " …" : text;
}

void print_report(const Console& console, const monitor::CloseReport& report) {
    console.line({fmt::format("已办结 {} 户的预警", report.closed.size()),
                  counted(report.closed.size(), "warning was closed", "warnings were closed")});
    if (!report.not_open.empty()) {
        console.line(
            {fmt::format("没有未办结预警、未作改动 {} 户：{}", report.not_open.size(),
                         joined(report.not_open)),
             fmt::format("{}: {}",
                         counted(report.not_open.size(), "household without an open warning, left as it is",
                                 "households without an open warning, left as they are"),
                         joined(report.not_open))});
    }
    if (!report.unknown.empty()) {
        console.line(
            {fmt::format("名册里没有 {} 户：{}", report.unknown.size(), joined(report.unknown)),
             fmt::format("{} not on the register: {}", report.unknown.size(), joined(report.unknown))});
    }
}

ExitCode close(const Console& console, const Options& options) {
    const auto as_of = parse_date_option("--as-of", options.as_of);
    if (!as_of) return console.report(as_of.error());
    auto office = open_office(console, options.store, store::Access::write);
    if (!office) return ExitCode::failure;
    std::vector<std::string> households = options.households;
    if (!options.list.empty()) {
        FirstColumn column;
        if (auto read = intake::read_sheets(options.list, intake::Limits{}, column); !read) {
            auto error = std::move(read).error();
            error.where = options.list.string();
            return console.report(error);
        }
        for (auto& value : column.values) {
            if (!is_heading(value, office->policy.catalogue)) households.push_back(std::move(value));
        }
    }
    if (households.empty()) {
        return console.report(
            Error{ErrorKind::usage,
                  "nothing_to_close",
                  {"请给出户编号，或用 --list 给出名单", "name households, or a file with --list"},
                  {}});
    }
    const auto report = monitor::close_warnings(office->store, AsOf{*as_of}, households);
    if (!report) return console.report(report.error());
    print_report(console, *report);
    return report->unknown.empty() ? ExitCode::done : ExitCode::failure;
}

}  // namespace

void add_close(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "close", registration.help("办结预警", "close warnings that were settled"));
    add_store_options(*command, registration.console, options->store);
    command
        ->add_option("--as-of", options->as_of,
                     registration.help("办结日，YYYY-MM-DD", "the day of closing, YYYY-MM-DD"))
        ->required();
    command->add_option(
        "--list", options->list,
        registration.help("名单文件，第一列为户编号", "a list; its first column holds household numbers"));
    command->add_option("households", options->households, registration.help("户编号", "household numbers"));
    command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return close(console, *options); };
    });
}

}  // namespace doudi::cli
