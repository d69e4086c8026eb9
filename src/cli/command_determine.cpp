// SPDX-License-Identifier: Apache-2.0
// determine: one application tried against every category and benefit of a pack, with the reasons.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <iterator>

#include "cli/commands.h"
#include "cli/usage.h"
#include "determine/case_reader.h"
#include "determine/determine.h"
#include "determine/explain.h"
#include "policy/folder.h"
#include "policy/load.h"
#include "policy/parameter_file.h"

namespace doudi::cli {
namespace {

struct Options {
    std::string pack;
    std::filesystem::path file;
    std::filesystem::path parameters;
    std::string format = "text";
};

Result<std::string> read_case_file(const std::filesystem::path& file) {
    if (file == "-") return std::string{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    std::error_code status;
    if (!std::filesystem::is_regular_file(file, status)) {
        const std::string shown = shown_file_name(file.string());
        return fail(ErrorKind::not_found, "no_case_file",
                    {fmt::format("没有这个文件：{}", shown), fmt::format("there is no such file: {}", shown)});
    }
    return policy::read_whole_file(file);
}

// What is wrong with the file; nothing if its figures now stand in the law.
std::vector<Error> lay_over(const std::filesystem::path& file, policy::Law& law) {
    policy::Faults faults;
    if (const auto value = policy::read_yaml_file(file, shown_file_name(file.string()), faults))
        policy::lay_parameters_over(*value, law);
    return std::move(faults).take();
}

ExitCode run(const Console& console, const Options& options) {
    const auto root = policy::find_policy_root();
    if (!root) return console.report(root.error());
    auto law = policy::load_policy(*root, options.pack);
    if (!law) return console.report(law.error());
    policy::Pack& pack = law->pack;
    determine::LawStamp stamp{.pack = pack.id,
                              .pack_version = pack.version,
                              .pack_hash = pack.content_hash,
                              .parameters_hash = {},
                              .calendar_hash = law->calendar_hash};
    if (!options.parameters.empty()) {
        const auto faults = lay_over(options.parameters, pack.law);
        if (!faults.empty()) return console.report(faults);
        stamp.parameters_hash = policy::fingerprint({options.parameters});
    }
    const auto text = read_case_file(options.file);
    if (!text) return console.report(text.error());
    const std::string shown = options.file == "-" ? "-" : shown_file_name(options.file.string());
    const auto told = determine::read_case(*text, shown, pack.law);
    if (!told) return console.report(told.error());
    const determine::Determination answer = determine::determine(pack.law, *told, stamp);
    const determine::Explained explained{pack.law, *told, answer, pack.title};
    fmt::print("{}", options.format == "json" ? determine::explanation_json(explained)
                                              : determine::explanation_text(explained, console.lang));
    return ExitCode::done;
}

}  // namespace

void add_determine(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "determine", registration.help("一次申请，逐类认定，并说明理由",
                                       "one application against every category, with the reasons"));
    command->add_option("--policy", options->pack, registration.help("规则包", "the pack"))->required();
    command
        ->add_option("case", options->file,
                     registration.help("案卷文件（JSON 或 YAML；- 为标准输入）",
                                       "the case (JSON or YAML; - is standard input)"))
        ->required();
    command->add_option("--parameters", options->parameters,
                        registration.help("本地参数文件，叠加在规则包上",
                                          "a file of local figures, laid over the pack's"));
    allow_words(*command->add_option("--format", options->format,
                                     registration.help("输出形式（默认 text）", "form of the answer (text)")),
                registration.console, {"text", "json"});
    command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return run(console, *options); };
    });
}

}  // namespace doudi::cli
