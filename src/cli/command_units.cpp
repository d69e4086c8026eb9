// SPDX-License-Identifier: Apache-2.0
// units: load and list the offices, and say to which one a household belongs.
#include <fmt/format.h>

#include "access/tiles.h"
#include "cli/access_office.h"
#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/table.h"
#include "cli/units_table.h"
#include "cli/usage.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::filesystem::path file;
    std::string day;
    ListOptions list;
};

ExitCode load(const Console& console, const Options& options) {
    const auto rows = read_units_table(options.file);
    if (!rows) return console.report(rows.error());
    std::vector<access::UnitTile> tiles;  // a table names none
    if (const auto ending = options.file.extension(); ending == ".yaml" || ending == ".yml") {
        auto told = access::read_unit_tiles(options.file);
        if (!told) return console.report(told.error());
        tiles = std::move(*told);
    }
    auto office = open_access(console, options.store, store::Access::write);
    if (office == nullptr) return console.failed();
    const auto loaded = access::load_units(office->store.database(), *rows);
    if (!loaded) return console.report(loaded.error());
    const auto laid = access::put_tiles(office->store.database(), tiles);
    if (!laid) return console.report(laid.error());
    const auto logged = record(*office, access::Verb::change, access::Thing::unit,
                               fmt::format("units load: {} added, {} changed, {} moved", loaded->added,
                                           loaded->changed, loaded->moved));
    if (!logged) return console.report(logged.error());
    console.line(
        {fmt::format("单位：新增 {}，变更 {}，移动 {}，未变 {}", loaded->added, loaded->changed,
                     loaded->moved, loaded->unchanged),
         fmt::format("{} added, {} changed, {} moved, {} as before", counted(loaded->added, "unit", "units"),
                     loaded->changed, loaded->moved, loaded->unchanged)});
    return ExitCode::done;
}

ExitCode list(const Console& console, const Options& options) {
    Date day = civil_day(SystemClock().now());
    if (!options.day.empty()) {
        const auto told = Date::parse_iso(options.day);
        if (!told) return console.report(parse_date_option("--day", options.day).error());
        day = *told;
    }
    auto office = open_access(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    const auto tree = access::read_units(office->store.database());
    if (!tree) return console.report(tree.error());
    Table for_people;
    for_people.headings = {
        {{"代码", "code"}}, {{"类别", "kind"}}, {{"区划代码", "region"}}, {{"隶属", "stands in"}}};
    intake::Table data{
        .columns = {{"code"}, {"title"}, {"kind"}, {"parent"}, {"region"}, {"department"}, {"path"}},
        .rows = {}};
    for (const access::Unit& unit : tree->units()) {
        const access::UnitPlace* place = tree->place(unit.id, day);
        if (place == nullptr) continue;
        const std::string region = unit.region ? unit.region->text() : "";
        const std::string path = tree->shown_path(unit.id, day);
        for_people.rows.push_back({unit.code, std::string(name_of(unit.kind)), region, path});
        data.rows.push_back({unit.code, unit.title, std::string(name_of(unit.kind)),
                             code_of_unit(*tree, place->parent), region, unit.department, path});
    }
    return put_list(console, options.list, for_people, data, {"还没有单位", "there are no units yet"});
}

}  // namespace

void add_units(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* units = registration.app.add_subcommand("units", registration.help("单位", "the offices"));
    units->require_subcommand(1);
    auto* load_command = units->add_subcommand(
        "load",
        registration.help("载入或更新单位（YAML、CSV、XLSX）", "load or renew them (YAML, CSV, XLSX)"));
    add_store_options(*load_command, registration.console, options->store);
    load_command->add_option("file", options->file, registration.help("单位文件", "the file of units"))
        ->required();
    load_command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return load(console, *options); };
    });
    auto* list_command =
        units->add_subcommand("list", registration.help("列出某日的单位", "show them as of a day"));
    add_store_options(*list_command, registration.console, options->store);
    list_command->add_option("--day", options->day, registration.help("日期（默认今天）", "the day (today)"));
    add_list_options(*list_command, registration.console, options->list);
    list_command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return list(console, *options); };
    });
}

}  // namespace doudi::cli
