// SPDX-License-Identifier: Apache-2.0
// The store itself: its schema brought up to date, a backup of it, and a backup made a store again.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/input_file.h"
#include "cli/usage.h"
#include "store/backup.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::filesystem::path file;
};

// The data folder, or what was said to be wrong with it.
std::optional<store::DataFolder> opened(const Console& console, const Options& options,
                                        store::Access access) {
    const auto place = options.store.place();
    if (!place) {
        console.report(place.error());
        return std::nullopt;
    }
    auto store = store::DataFolder::open(*place, access);
    if (!store) {
        console.report(store.error());
        return std::nullopt;
    }
    return std::move(*store);
}

// Opening for writing takes the steps that are missing.
ExitCode migrate(const Console& console, const Options& options) {
    auto store = opened(console, options, store::Access::write);
    if (!store) return console.failed();
    const auto state = store->database().engine().schema();
    if (!state) return console.report(state.error());
    console.line({fmt::format("数据库结构已是最新：第 {} 版", state->version),
                  fmt::format("the database is at the newest schema: {}", state->version)});
    return ExitCode::done;
}

ExitCode back_up(const Console& console, const Options& options) {
    auto store = opened(console, options, store::Access::read);
    if (!store) return console.failed();
    const auto above = options.file.parent_path();
    if (std::error_code failure; !above.empty() && !std::filesystem::is_directory(above, failure)) {
        return console.report(
            Error{ErrorKind::io,
                  "cannot_write",
                  {fmt::format("写不出文件 {}：目录不存在", options.file.string()),
                   fmt::format("cannot write {}: there is no such folder", options.file.string())},
                  {}});
    }
    const auto report = store::back_up(*store, options.file);
    if (!report) return console.report(report.error());
    console.line({fmt::format("已备份到 {}：{} 行记录、{} 个文件，共 {} 字节", options.file.string(),
                              report->rows, report->files, report->bytes),
                  fmt::format("backed up to {}: {} and {}, {} bytes", options.file.string(),
                              counted(report->rows, "row", "rows"), counted(report->files, "file", "files"),
                              report->bytes)});
    console.note({"备份含有个人信息，请像数据目录一样保管；密钥不在其中，须另行备份",
                  "it holds people's data: keep it as you keep the data folder; the keys are not in it"});
    return ExitCode::done;
}

ExitCode restore(const Console& console, const Options& options) {
    const auto place = options.store.place();
    if (!place) return console.report(place.error());
    if (const auto there = need_file(options.file); !there) return console.report(there.error());
    const auto report = store::restore(*place, options.file);
    if (!report) return console.report(report.error());
    console.line(
        {fmt::format("已恢复到 {}：{} 行记录、{} 个文件，校验无误", options.store.data.string(), report->rows,
                     report->files),
         fmt::format("restored into {}: {} and {}, all as they were", options.store.data.string(),
                     counted(report->rows, "row", "rows"), counted(report->files, "file", "files"))});
    return ExitCode::done;
}

}  // namespace

void add_store(Registration registration) {
    const auto add = [&registration](const char* name, Text help, auto run) {
        auto options = std::make_shared<Options>();
        auto* command = registration.app.add_subcommand(name, registration.console.say(help));
        add_store_options(*command, registration.console, options->store);
        command->callback([registration, options, run]() mutable {
            registration.run = [&console = registration.console, options, run] {
                return run(console, *options);
            };
        });
        return std::pair(command, options);
    };
    add("migrate", {"把数据库升级到本程序的结构", "bring the database to this program's schema"}, migrate);
    const auto [to, backup] = add("backup",
                                  {"备份数据库和文件，供任一种数据库恢复",
                                   "database and files into one file, for either kind of database"},
                                  back_up);
    to->add_option("--to", backup->file,
                   registration.help("备份文件（尚不存在）", "the backup, not there yet"))
        ->required();
    const auto [from, restored] = add("restore",
                                      {"从备份恢复到空的数据目录（和空的数据库）",
                                       "a backup into an empty data folder (and an empty database)"},
                                      restore);
    from->add_option("--from", restored->file, registration.help("备份文件", "the backup"))->required();
}

}  // namespace doudi::cli
