// SPDX-License-Identifier: Apache-2.0
// doubts: the events whose condition the facts do not settle. They do not score; a person must look.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/event_words.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "monitor/read.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    ListOptions list;
};

ExitCode doubts(const Console& console, const Options& options) {
    auto office = open_office(console, options.store, store::Access::read);
    if (!office) return console.failed();
    const auto rows = monitor::list_doubts(office->store);
    if (!rows) return console.report(rows.error());
    Table people{.headings = {{{"户编号", "household"}},
                              {{"事件日期", "date"}},
                              {{"指标", "indicator"}},
                              {{"情况", "what"}},
                              {{"缘由", "reason"}},
                              {{"成员", "member"}},
                              {{"来源文件", "file"}},
                              {{"行", "row"}, true}},
                 .rows = {}};
    intake::Table data{.columns = {{"household_id"},
                                   {"event_date"},
                                   {"indicator"},
                                   {"outcome"},
                                   {"reason"},
                                   {"relation"},
                                   {"id_number_masked"},
                                   {"match"},
                                   {"dataset"},
                                   {"file"},
                                   {"row", true},
                                   {"clause"}},
                       .rows = {}};
    for (const auto& row : *rows) {
        const std::string file = shown_file_name(row.file_name);
        people.rows.push_back(
            {row.household, row.date.iso(), console.say(indicator_title(office->policy.pack, row.indicator)),
             console.say(outcome_title(row)), console.say(reason_text(office->policy.catalogue, row)),
             row.relation + " " + row.number_masked, file, row_as_seen(console, file, row.row)});
        data.rows.push_back({row.household, row.date.iso(), row.indicator, row.outcome, row.reason,
                             row.relation, row.number_masked, row.grade, row.dataset, file,
                             std::to_string(row.row), row.clause});
    }
    return put_list(console, options.list, people, data, {"没有存疑的事件", "no event is in doubt"});
}

}  // namespace

void add_doubts(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "doubts", registration.help("列出计分条件无法判断的事件（未计分，待人工核对）",
                                    "list the events whose condition is not settled (not scored)"));
    add_store_options(*command, registration.console, options->store);
    add_list_options(*command, registration.console, options->list);
    command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return doubts(console, *options); };
    });
}

}  // namespace doudi::cli
