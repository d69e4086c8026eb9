// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/interrupt.h"
#include "cli/place_households.h"
#include "cli/register_office.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "http/feeds/kept_headings.h"
#include "match/import.h"
#include "registry/proposals.h"

namespace doudi::cli {
namespace {

struct ImportOptions {
    StoreOptions store;
    std::string as_of;
    std::vector<std::filesystem::path> paths;
    std::string unit;     // for which the files came
    bool accept = false;  // what a register's files propose
    unsigned threads = default_threads();
    std::size_t chunk_kib = 256;
};

using match::Bucket;
using match::FileReport;

std::string count_of(const FileReport& file, Bucket bucket) {
    return std::to_string(file.buckets[bucket]);
}

// An empty table is not to pass for a quiet quarter.
std::string rows_of(const Console& console, const FileReport& file) {
    if (file.buckets.rows != 0) return std::to_string(file.buckets.rows);
    return console.say({"没有数据行", "no rows"});
}

// A row a file, the buckets in the order of `doudi quality`.
void print_feeds(const Console& console, const match::ImportReport& report) {
    Table table;
    table.headings = {
        {{"文件", "file"}},           {{"行数", "rows"}, true},           {{"精确", "exact"}, true},
        {{"疑似", "probable"}, true}, {{"不在册", "off register"}, true}, {{"待核", "review"}, true},
        {{"暂存", "held"}, true},     {{"退回", "rejected"}, true},       {{"重复", "duplicate"}, true}};
    for (const auto& file : report.files) {
        if (file.refused || file.is_register || file.known_already) continue;
        table.rows.push_back({shown_file_name(file.file_name), rows_of(console, file),
                              count_of(file, Bucket::exact), count_of(file, Bucket::probable),
                              count_of(file, Bucket::off_roster), count_of(file, Bucket::review),
                              count_of(file, Bucket::held), count_of(file, Bucket::rejected),
                              count_of(file, Bucket::duplicate)});
    }
    if (!table.rows.empty()) print_table(console, table);
}

void print_others(const Console& console, const match::ImportReport& report) {
    for (const auto& file : report.files) {
        if (file.refused) {
            fmt::print(stderr, "{}{}: {}\n",
                       console.lang == Lang::zh ? "未导入：" : "refused: ", shown_file_name(file.file_name),
                       file.refused->message(console.lang));
        } else if (file.known_already) {
            console.line(
                {fmt::format("{}：同一天已导入过完全相同的文件，没有改动", shown_file_name(file.file_name)),
                 fmt::format("{}: the same file was imported for this day before; nothing changed",
                             shown_file_name(file.file_name))});
        } else if (file.is_register) {
            console.line(
                {fmt::format("{}：名册新增 {}，变更 {}，未变 {}", shown_file_name(file.file_name), file.added,
                             file.changed, file.unchanged),
                 fmt::format("{}: register: {} new, {} changed, {} as before",
                             shown_file_name(file.file_name), file.added, file.changed, file.unchanged)});
        }
        for (const auto& remark : file.remarks)
            console.note({fmt::format("{}：{}", shown_file_name(file.file_name), remark.zh),
                          fmt::format("{}: {}", shown_file_name(file.file_name), remark.en)});
    }
}

// As it is typed at a shell.
std::string as_typed(const std::string& word) {
    return word.find_first_of(" ()&;'|") == std::string::npos ? word : '"' + word + '"';
}

// Rows that their senders should look at, and the command that writes the answer to one of them.
void point_to_refusals(const Console& console, const match::ImportReport& report,
                       const ImportOptions& options) {
    std::uint64_t files = 0;
    std::uint64_t findings = 0;
    std::uint64_t rejected = 0;
    std::string first;
    for (const auto& file : report.files) {
        if (file.refused || file.known_already || file.findings == 0) continue;
        if (files++ == 0) first = shown_file_name(file.file_name);
        findings += file.findings;
        rejected += file.buckets[Bucket::rejected];
    }
    if (files == 0) return;
    const std::string command =
        fmt::format("doudi refusals --data {} --as-of {} {}", as_typed(options.store.data.string()),
                    options.as_of, as_typed(first));
    console.note({fmt::format("{} 个文件有 {} 条需要报送单位核对（退回 {} 行）；每个文件的核对单：{}", files,
                              findings, rejected, command),
                  fmt::format("{} in {} for the senders to look at ({} rejected); the answer to each: {}",
                              counted(findings, "finding", "findings"), counted(files, "file", "files"),
                              counted(rejected, "row", "rows"), command)});
}

// What stays of an import that did not come to its end: the register's files are published before the
// departments' are read, as a proposal where a register stands.
Text what_stays(store::DataFolder& store, PublishId before) {
    const PublishId now = store.current();
    if (now == before)
        return {"本次导入没有保留任何内容，数据目录与导入前相同",
                "nothing of this import was kept, the data folder is as it was before"};
    const auto proposal = registry::find_proposal(store, now);
    const auto rows = registry::count_rows(store, now);
    if (proposal && *proposal && rows && rows->open() != 0)
        return {fmt::format("名册文件已作为第 {} 号提请保留待决，名册没有改动，部门数据一行也没有保留",
                            now.value()),
                fmt::format("the register's files were kept as proposal {}, which waits for a decision, the "
                            "register is as it was, nothing of the departments' files was kept",
                            now.value())};
    return {"名册已导入并保留，部门数据一行也没有保留",
            "the register was imported and stays, nothing of the departments' files was kept"};
}

Error interrupted(const Text& stays) {
    return {ErrorKind::cancelled,
            "cancelled",
            {fmt::format("已取消：{}；请重新运行同一命令", stays.zh),
             fmt::format("cancelled: {}; run the same command again", stays.en)},
            {}};
}

// A full disk, with what it left behind.
Error out_of_space(Error error, const Text& stays) {
    error.text = {fmt::format("{}；{}", error.text.zh, stays.zh),
                  fmt::format("{}; {}", error.text.en, stays.en)};
    return error;
}

ExitCode import(const Console& console, const ImportOptions& options) {
    const auto as_of = parse_date_option("--as-of", options.as_of);
    if (!as_of) return console.report(as_of.error());
    auto office = open_office(console, options.store, store::Access::write);
    if (!office || !take_law_in_force(console, *office, *as_of)) return console.failed();
    if (const auto known = check_unit(office->store, options.unit); !known)
        return console.report(known.error());

    const auto unit = unit_of_file(office->store, options.unit, *as_of);
    if (!unit) return console.report(unit.error());
    if (const auto due = take_due_changes(console, office->store, *as_of); !due)
        return console.report(due.error());

    const auto kept = http::headings_kept_for(office->store.database(), access::UnitId(*unit), *as_of);
    if (!kept) return console.report(kept.error());
    const PublishId before = office->store.current();
    AboutLeftOut about;
    match::RegisterTerms terms{.accept = options.accept,
                               .by = {0, machine_session().user_name},
                               .unit = *unit,
                               .at = Instant(std::chrono::days(as_of->days()))};
    terms.left_out = [&](const match::RegisterProposed& proposed) -> Result<void> {
        return about.ask(office->store, proposed, terms, *as_of);
    };
    ProgressBar bar(console, {"导入", "importing"});
    const match::ImportSettings settings{
        .as_of = AsOf{*as_of},
        .threads = options.threads,
        .chunk_bytes = options.chunk_kib << 10U,
        .progress = [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); },
        .stop = interrupt_token(),
        .terms = terms,
        .kept = *kept};
    const auto report = match::import_files(office->store, office->policy, options.paths, settings);
    if (!report && report.error().kind == ErrorKind::cancelled)
        return console.report(interrupted(what_stays(office->store, before)));
    if (!report && report.error().code == "disk_full")
        return console.report(out_of_space(report.error(), what_stays(office->store, before)));
    if (!report) return console.report(report.error());
    print_feeds(console, *report);
    print_others(console, *report);
    for (const auto& remark : report->remarks)
        console.note({shown_file_name(remark.zh), shown_file_name(remark.en)});
    point_to_refusals(console, *report, options);
    if (report->files.empty()) {
        return console.report(Error{
            ErrorKind::not_found, "no_files", {"没有可导入的文件", "there are no files to import"}, {}});
    }
    if (const auto placed = place_households(console, office->store, options.unit, *as_of);
        placed != ExitCode::done)
        return placed;
    if (report->proposed) report_proposed(console, *report->proposed, about);
    return report->any_refused() ? ExitCode::file_refused : ExitCode::done;
}

}  // namespace

void add_import(Registration registration) {
    auto options = std::make_shared<ImportOptions>();
    auto* command = registration.app.add_subcommand(
        "import", registration.help("导入名册或部门数据（文件或文件夹）",
                                    "import the register or departments' files (files or folders)"));
    add_store_options(*command, registration.console, options->store);
    command
        ->add_option("--as-of", options->as_of,
                     registration.help("报送日，YYYY-MM-DD", "the day of import, YYYY-MM-DD"))
        ->required();
    command->add_option("paths", options->paths, registration.help("文件或文件夹", "files or folders"))
        ->required();
    command->add_option(
        "--for", options->unit,
        registration.help("报送单位的代码：区划不明的户归它",
                          "code of the unit they came for: it gets households of no known region"));
    command->add_flag(
        "--accept", options->accept,
        registration.help("名册已有内容时，直接采纳名册文件提请的增改",
                          "where a register stands, accept at once what the register's files propose"));
    allow_range(*command->add_option("--threads", options->threads, registration.help("线程数", "threads")),
                registration.console, 1, 64);
    allow_range(*command->add_option("--chunk-kib", options->chunk_kib,
                                     registration.help("每次读取的大小（KiB）", "size of a read (KiB)")),
                registration.console, 4, 65536);
    command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return import(console, *options); };
    });
}

}  // namespace doudi::cli
