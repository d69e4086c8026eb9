// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/event_words.h"
#include "cli/interrupt.h"
#include "cli/register_office.h"
#include "cli/usage.h"
#include "monitor/verbs.h"
#include "policy/profile_words.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::string as_of;
    unsigned threads = default_threads();
    std::vector<std::filesystem::path> parameters;
};

// What is to be done at a level, within which days; a target is said to be one.
Text term_words(const policy::Pack& pack, const policy::Level& level) {
    const Text how = channel_words(level.channel);
    if (level.working_days) {
        return {fmt::format("{} 个工作日内{}", *level.working_days, how.zh),
                how.en + " within " +
                    counted(static_cast<std::uint64_t>(*level.working_days), "working day", "working days")};
    }
    if (level.target < 0) return {how.zh + "，不设天数", how.en + "; no days are set"};
    const Text target = policy::target_words(pack, level);
    return {how.zh + "；" + target.zh, how.en + "; " + target.en};
}

void print_levels(const Console& console, const policy::Pack& pack, const monitor::CycleReport& report) {
    for (std::size_t i = 0; i < pack.levels.size() && i < report.open_by_level.size(); ++i) {
        const auto& level = pack.levels[i];
        const Text days = term_words(pack, level);
        const std::string clause = pack.profile ? level.clause() : level.cite.clause;
        console.line(
            {fmt::format("  {}\t{} 户\t{}（{}）", level.title.zh, report.open_by_level[i], days.zh, clause),
             fmt::format("  {}\t{}\t{} ({})", level.title.en, report.open_by_level[i], days.en, clause)});
    }
    if (pack.profile) console.note(policy::profile_words(pack));
}

// A cycle may compare more files than the last import brought: why.
void note_files_seen_before(const Console& console, const monitor::CycleReport& report) {
    if (report.files_again == 0) return;
    const std::string files =
        counted(report.files_again, "file of an earlier cycle is", "files of earlier cycles are");
    if (report.register_or_law_new) {
        console.note(
            {fmt::format("注意：其中 {} 个文件以前监测过，因名册或规则有变而重新比对", report.files_again),
             fmt::format("note: {} among them, as the register or the law has changed", files)});
    } else {
        console.note(
            {fmt::format("注意：其中 {} 个文件以前监测过，这次只看其中暂存到期的行", report.files_again),
             fmt::format("note: {} among them, for the rows that were held until their day", files)});
    }
}

void print_report(const Console& console, const policy::Pack& pack, const monitor::CycleReport& report) {
    const std::string day = report.as_of.date.iso();
    if (report.happened_before) {
        console.line(
            {fmt::format("{} 的监测已按同样的数据和规则做过，没有改动", day),
             fmt::format("the cycle of {} was run before with the same data and rules; nothing changed",
                         day)});
    } else {
        console.line(
            {fmt::format(
                 "{} 监测完成：比对 {} 个文件 {} 行，新计事件 {} 件，撤回 {} 件，新发预警 {} 条，关闭 {} 条",
                 day, report.files_streamed, report.rows_streamed, report.events_scored,
                 report.events_taken_back, report.warnings_opened, report.warnings_closed),
             fmt::format("cycle of {}: {} with {} compared; {} scored, {} taken back; {} opened, {} closed",
                         day, counted(report.files_streamed, "file", "files"),
                         counted(report.rows_streamed, "row", "rows"),
                         counted(report.events_scored, "event", "events"), report.events_taken_back,
                         counted(report.warnings_opened, "warning", "warnings"), report.warnings_closed)});
        note_files_seen_before(console, report);
    }
    console.line({fmt::format("现有未办结预警 {} 条", report.warnings_open),
                  counted(report.warnings_open, "warning is open", "warnings are open")});
    print_levels(console, pack, report);
    if (report.exits_proposed != 0) {
        console.line({fmt::format("新增建议自然减员 {} 户（doudi exits）", report.exits_proposed),
                      fmt::format("{} newly proposed for natural exit (doudi exits)",
                                  counted(report.exits_proposed, "household", "households"))});
    }
    if (report.provisional_dues != 0) {
        console.note(
            {fmt::format("注意：{} 条预警的期限超出已装载的放假安排，为暂定日期", report.provisional_dues),
             fmt::format("note: {} provisional, past the last loaded calendar year",
                         counted(report.provisional_dues, "due date is", "due dates are"))});
    }
    if (report.events_possible + report.events_to_review != 0) {
        console.note(
            {fmt::format("注意：{} 件事件的计分条件无法判断（可能 {} 件，待核 {} "
                         "件），未计分，请人工核对（doudi doubts）",
                         report.events_possible + report.events_to_review, report.events_possible,
                         report.events_to_review),
             fmt::format("note: {} in doubt ({} possible, {} to review) and not scored, a person must look "
                         "(doudi doubts)",
                         counted(report.events_possible + report.events_to_review, "event is", "events are"),
                         report.events_possible, report.events_to_review)});
    }
}

// Rows are compared before anything is staged, so that a cycle which is stopped has left nothing.
Error interrupted() {
    return {ErrorKind::cancelled,
            "cancelled",
            {"已取消：本次监测没有发布任何内容，预警与监测前相同；请重新运行同一命令",
             "cancelled: nothing of this cycle was published, the warnings are as they were before; "
             "run the same command again"},
            {}};
}

ExitCode monitor(const Console& console, const Options& options) {
    const auto as_of = parse_date_option("--as-of", options.as_of);
    if (!as_of) return console.report(as_of.error());
    auto office = open_office(console, options.store, store::Access::write);
    if (!office || !take_law_in_force(console, *office, *as_of)) return console.failed();
    for (const auto& file : options.parameters) {
        if (!take_figures(console, *office, file)) return console.failed();
    }
    if (const auto due = take_due_changes(console, office->store, *as_of); !due)
        return console.report(due.error());
    Result<monitor::CycleReport> report;
    {
        ProgressBar bar(console, {"监测", "monitoring"});
        report = monitor::run_cycle(
            office->store, office->policy, AsOf{*as_of},
            {.threads = options.threads,
             .progress = [&](std::uint64_t rows, std::uint64_t total) { bar.show(rows, total); },
             .stop = interrupt_token()});
    }
    if (!report && report.error().kind == ErrorKind::cancelled) return console.report(interrupted());
    if (!report) return console.report(report.error());
    print_report(console, office->policy.pack, *report);
    return ExitCode::done;
}

}  // namespace

void add_monitor(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "monitor",
        registration.help("运行一次监测，生成分级预警", "run a cycle: from events to graded warnings"));
    add_store_options(*command, registration.console, options->store);
    command
        ->add_option("--as-of", options->as_of,
                     registration.help("监测日，YYYY-MM-DD", "the day of the cycle, YYYY-MM-DD"))
        ->required();
    command->add_option("--parameters", options->parameters,
                        registration.help("含机关目标（办理天数）的数值文件，可给多个",
                                          "files with the office's figures, for its targets in days"));
    allow_range(*command->add_option("--threads", options->threads, registration.help("线程数", "threads")),
                registration.console, 1, 64);
    command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return monitor(console, *options); };
    });
}

}  // namespace doudi::cli
