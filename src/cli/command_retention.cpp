// SPDX-License-Identifier: Apache-2.0
// retention: what is kept how long, and removing what is older.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "access/retention.h"
#include "cli/access_office.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "policy/load.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    ListOptions list;
};

std::expected<access::RetentionTable, std::vector<Error>> load_table() {
    const auto root = policy::find_policy_root();
    if (!root) return std::unexpected(std::vector<Error>{root.error()});
    return access::RetentionTable::load(*root / "access" / "retention.yaml");
}

ExitCode list(const Console& console, const Options& options) {
    const auto table = load_table();
    if (!table) return console.report(table.error());
    auto office = open_access(console, options.store, store::Access::read);
    if (office == nullptr) return ExitCode::failure;
    const auto due = access::due_removals(office->store.database(), *table, office->clock);
    if (!due) return console.report(due.error());
    Table for_people;
    for_people.headings = {{{"类别", "class"}},
                           {{"用途", "purpose"}},
                           {{"天数", "days"}, true},
                           {{"依据", "basis"}},
                           {{"已到期", "due"}, true}};
    intake::Table data{
        .columns = {{"class"}, {"days", true}, {"due", true}, {"purpose"}, {"basis"}, {"basis_checked"}},
        .rows = {}};
    for (std::size_t i = 0; i < table->classes().size(); ++i) {
        const auto& one = table->classes()[i];
        const std::string rows = std::to_string((*due)[i].rows);
        for_people.rows.push_back({console.say(one.title), console.say(one.purpose), std::to_string(one.days),
                                   console.say(one.basis), rows});
        data.rows.push_back({one.id, std::to_string(one.days), rows, console.say(one.purpose),
                             console.say(one.basis), one.checked ? "yes" : "no"});
    }
    return put_list(console, options.list, for_people, data, {"没有保存期限", "no terms are stated"});
}

ExitCode run(const Console& console, const Options& options) {
    const auto table = load_table();
    if (!table) return console.report(table.error());
    auto office = open_access(console, options.store, store::Access::write);
    if (office == nullptr) return ExitCode::failure;
    const auto removed =
        access::remove_due(office->store.database(), *office->log, *table, office->clock, machine_session());
    if (!removed) return console.report(removed.error());
    std::uint64_t all = 0;
    for (const auto& one : *removed) {
        all += one.rows;
        if (one.rows == 0) continue;
        console.line({fmt::format("{}：删除 {} 条（{} 以前），证明 {}", one.id, one.rows,
                                  civil_day(one.before).iso(), one.keys_hash),
                      fmt::format("{}: {} removed (before {}), proof {}", one.id, one.rows,
                                  civil_day(one.before).iso(), one.keys_hash)});
    }
    if (all == 0) console.line({"没有到期的内容", "nothing is due"});
    return ExitCode::done;
}

}  // namespace

void add_retention(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* retention =
        registration.app.add_subcommand("retention", registration.help("保存期限", "terms of keeping"));
    retention->require_subcommand(1);
    auto* list_command = retention->add_subcommand(
        "list", registration.help("列出期限和已到期的数量", "show the terms, and how much is due"));
    add_store_options(*list_command, registration.console, options->store);
    add_list_options(*list_command, registration.console, options->list);
    list_command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return list(console, *options); };
    });
    auto* run_command =
        retention->add_subcommand("run", registration.help("删除已到期的内容，并在访问记录中留下证明",
                                                           "remove what is due, with a proof in the log"));
    add_store_options(*run_command, registration.console, options->store);
    run_command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return run(console, *options); };
    });
}

}  // namespace doudi::cli
