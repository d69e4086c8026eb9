// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/text_fold.h"
#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/input_file.h"
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
        if (cells.empty()) return {};
        constexpr std::size_t looked_at = 30;  // titles and remarks stand above the headings
        if (head.size() < looked_at) {
            std::vector<std::string>& row = head.emplace_back();
            for (const intake::Cell& cell : cells) row.emplace_back(trim(cell.text));
        }
        const std::string_view value = trim(cells[0].text);
        if (!value.empty() && !intake::is_footer_text(value))
            values.emplace_back(value);  // 合计 and its like
        return {};
    }
    std::vector<std::string> values;
    std::vector<std::vector<std::string>> head;  // its first rows
};

bool has_column(const policy::Dataset& dataset, const std::string& heading) {
    return std::ranges::any_of(dataset.columns, [&](const policy::DatasetColumn& column) {
        return std::ranges::find(column.headings, heading) != column.headings.end();
    });
}

// The headings of our own lists, or any word that the register's datasets have for one of their columns.
bool is_heading(const std::string& text, const policy::DatasetCatalogue& catalogue) {
    if (text == "household_id" || text == "household") return true;
    return std::ranges::any_of(catalogue.datasets, [&](const policy::Dataset& dataset) {
        return dataset.kind != policy::DatasetKind::feed && has_column(dataset, text);
    });
}

// The file of a dataset is no list of what was settled: it would close the whole county.
const policy::Dataset* file_of_dataset(const std::vector<std::vector<std::string>>& head,
                                       const policy::DatasetCatalogue& catalogue) {
    const auto found = std::ranges::find_if(catalogue.datasets, [&](const policy::Dataset& dataset) {
        return std::ranges::any_of(head, [&](const std::vector<std::string>& row) {
            const auto known = std::ranges::count_if(
                row, [&](const std::string& heading) { return has_column(dataset, heading); });
            return known > 1 && 2 * known > static_cast<std::ptrdiff_t>(dataset.columns.size());
        });
    });
    return found == catalogue.datasets.end() ? nullptr : &*found;
}

Result<std::vector<std::string>> households_of_list(const std::filesystem::path& list,
                                                    const policy::DatasetCatalogue& catalogue) {
    TRY_VOID(need_file(list));
    FirstColumn column;
    if (auto read = intake::read_sheets(list, intake::Limits{}, column); !read) {
        auto error = std::move(read).error();
        error.where = shown_file_name(list.string());
        return std::unexpected(std::move(error));
    }
    if (const policy::Dataset* dataset = file_of_dataset(column.head, catalogue)) {
        return fail(ErrorKind::usage, "list_is_dataset",
                    {fmt::format("这是“{}”的数据文件，不是办结名单；未办结任何预警", dataset->title.zh),
                     fmt::format("this is a file of '{}' and no list of what was settled: nothing was closed",
                                 dataset->title.en)},
                    shown_file_name(list.string()));
    }
    std::erase_if(column.values, [&](const std::string& value) { return is_heading(value, catalogue); });
    return std::move(column.values);
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
    if (!office) return console.failed();
    std::vector<std::string> households = options.households;
    if (!options.list.empty()) {
        auto listed = households_of_list(options.list, office->policy.catalogue);
        if (!listed) return console.report(listed.error());
        std::ranges::move(*listed, std::back_inserter(households));
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
