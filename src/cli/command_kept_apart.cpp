// SPDX-License-Identifier: Apache-2.0
// kept-apart: rows that tell something of people's means and that no signed paper covers. They are not used,
// and not lost.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "oversight/register_cases.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::string as_of;
    ListOptions list;
};

Result<std::vector<oversight::KeptApart>> rows_of(Office& office, Date day) {
    const auto law = ruledesk::law_in_force(office.store.database(), office.program,
                                            {.day = day, .known = {}, .pack = {}});
    if (!law) return std::unexpected(law.error().front());
    return oversight::read_kept_apart(office.store, law->policy.catalogue, law->policy.pack.law, AsOf{day});
}

ExitCode kept_apart(const Console& console, const Options& options) {
    const auto as_of = parse_date_option("--as-of", options.as_of);
    if (!as_of) return console.report(as_of.error());
    auto office = open_office(console, options.store, store::Access::read);
    if (!office) return console.failed();
    const auto rows = rows_of(*office, *as_of);
    if (!rows) return console.report(rows.error());
    Table people{.headings = {{{"来源文件", "file"}},
                              {{"行", "row"}, true},
                              {{"事实", "fact"}},
                              {{"户编号", "household"}},
                              {{"日期", "date"}},
                              {{"原因", "reason"}}},
                 .rows = {}};
    intake::Table data{
        .columns =
            {{"file"}, {"row", true}, {"dataset"}, {"fact"}, {"household_id"}, {"told_on"}, {"reason"}},
        .rows = {}};
    for (const auto& row : *rows) {
        const std::string file = shown_file_name(row.file_name);
        const std::string number = std::to_string(row.row);
        people.rows.push_back(
            {file, number, row.fact, row.code, row.told_on.iso(), console.say(access::describe(row.why))});
        data.rows.push_back({file, number, row.dataset, row.fact, row.code, row.told_on.iso(),
                             std::string(access::name_of(row.why))});
    }
    return put_list(console, options.list, people, data, {"没有等待授权的行", "no row waits for a paper"});
}

}  // namespace

void add_kept_apart(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "kept-apart",
        registration.help(
            "没有授权书、未予采用的财产收入信息",
            "rows about people's means that no signed paper covers, so that they are not used"));
    add_store_options(*command, registration.console, options->store);
    command
        ->add_option("--as-of", options->as_of, registration.help("日期，YYYY-MM-DD", "the day, YYYY-MM-DD"))
        ->required();
    add_list_options(*command, registration.console, options->list);
    registration.on(*command, options, kept_apart);
}

}  // namespace doudi::cli
