// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdint>

#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/usage.h"
#include "synth/synth.h"

namespace doudi::cli {
namespace {

constexpr std::uint64_t most_seed = 999'999'999'999;  // shorter than any number that would be masked

ExitCode synth(const Console& console, const synth::SynthOptions& options) {
    ProgressBar bar(console, {"生成", "writing"});
    constexpr double parts = 10000;
    const auto report = synth::make_county(options, [&](std::string_view, double share) {
        bar.show(static_cast<std::uint64_t>(share * parts), static_cast<std::uint64_t>(parts));
    });
    if (!report) return console.report(report.error());
    console.line(
        {fmt::format("已生成 {}：{} 户 {} 人，部门数据 {} 行，共 {} 个文件 {:.1f} MB；应有预警 {} "
                     "条、自然减员 {} 户（见 truth/）",
                     options.out.string(), report->households, report->persons, report->rows, report->files,
                     static_cast<double>(report->bytes) / 1e6, report->warnings, report->exits),
         fmt::format("{} is made: {}, {}, {}, {}, {:.1f} MB; {} and {} must come out (truth/)",
                     options.out.string(), counted(report->households, "household", "households"),
                     counted(report->persons, "person", "persons"),
                     counted(report->rows, "feed row", "feed rows"), counted(report->files, "file", "files"),
                     static_cast<double>(report->bytes) / 1e6,
                     counted(report->warnings, "warning", "warnings"),
                     counted(report->exits, "natural exit", "natural exits"))});
    return ExitCode::done;
}

}  // namespace

void add_synth(Registration registration) {
    auto options = std::make_shared<synth::SynthOptions>();
    auto style = std::make_shared<std::string>("untidy");
    auto* command = registration.app.add_subcommand(
        "synth", registration.help("生成一个虚构的县，附标准答案",
                                   "make an invented county with the truth beside it"));
    command
        ->add_option("out", options->out,
                     registration.help("输出文件夹（不存在或为空）", "the folder to write (absent or empty)"))
        ->required();
    allow_range(*command->add_option("--residents", options->residents,
                                     registration.help("常住人口（每二十人一人在册）",
                                                       "residents; one in twenty is registered")),
                registration.console, synth::least_residents, synth::most_residents);
    allow_range(*command->add_option(
                    "--seed", options->seed,
                    registration.help("随机种子：种子相同，文件相同", "the same seed gives the same bytes")),
                registration.console, 0, most_seed);
    allow_words(*command->add_option("--style", *style,
                                     registration.help("untidy：各种格式；csv：全部 UTF-8 CSV",
                                                       "untidy: as offices send; csv: plain UTF-8 CSV")),
                registration.console, {"untidy", "csv"});
    allow_range(*command->add_option(
                    "--feed-rows", options->feed_rows,
                    registration.help("部门数据总行数（0：自然数量）", "feed rows in all (0: as it comes)")),
                registration.console, 0, synth::most_feed_rows);
    allow_range(
        *command->add_option("--quarters", options->quarters, registration.help("季度数", "quarters")),
        registration.console, 1, 2);
    command->add_flag("--clean", options->clean,
                      registration.help("不安排任何在册人员的事件", "plant no event at all"));
    command->callback([registration, options, style]() mutable {
        options->style = *style == "csv" ? synth::Style::plain_csv : synth::Style::untidy;
        registration.run = [&console = registration.console, options] { return synth(console, *options); };
    });
}

}  // namespace doudi::cli
