// SPDX-License-Identifier: Apache-2.0
// determine: one application tried against every category and benefit of a pack, with the reasons.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <iterator>

#include "cli/packs_root.h"
#include "cli/usage.h"
#include "determine/case_reader.h"
#include "determine/determine.h"
#include "determine/explain.h"
#include "policy/folder.h"
#include "policy/load.h"

namespace doudi::cli {
namespace {

struct Options {
    std::string pack;
    std::filesystem::path file;
    std::filesystem::path parameters;
    std::string format = "text";
    bool details = false;
    std::filesystem::path root;
};

Result<std::string> read_case_file(const std::filesystem::path& file) {
    if (file == "-")
        return std::string{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    std::error_code status;
    const std::string shown = shown_file_name(file.string());
    if (std::filesystem::is_directory(file, status))
        return fail(ErrorKind::usage, "case_is_folder",
                    {"这是一个目录；请给出一个案卷文件", "this is a folder: name the file of a case"}, shown);
    if (!std::filesystem::exists(file, status))
        return fail(ErrorKind::not_found, "no_case_file", {"没有这个文件", "there is no such file"}, shown);
    return policy::read_whole_file(file);
}

// The law of a day, an office's figures laid over it; the open versions without a day.
policy::Loaded<policy::Policy> law_on(const std::filesystem::path& root, const Options& options,
                                      std::optional<Date> day) {
    policy::LoadOptions how{.day = day, .parameter_files = {}};
    if (!options.parameters.empty()) how.parameter_files.push_back(options.parameters);
    return policy::load_policy(root, options.pack, how);
}

determine::LawStamp stamp_of(const policy::Policy& law, const Options& options) {
    determine::LawStamp stamp{.pack = law.pack.id,
                              .pack_version = law.pack.version,
                              .pack_hash = law.pack.content_hash,
                              .parameters_hash = {},
                              .calendar_hash = law.calendar_hash};
    if (!options.parameters.empty()) stamp.parameters_hash = policy::fingerprint({options.parameters});
    return stamp;
}

// A case from elsewhere or from another time is answered, but not without a word.
void remark_on_reach(const Console& console, const policy::Pack& pack, const determine::Case& told) {
    if (!told.region.starts_with(pack.region_scope))
        console.note(
            {fmt::format("注意：区划 {} 不在该政策包的适用范围（{}）内", told.region, pack.region_scope),
             fmt::format("note: region {} lies outside of where the pack holds ({})", told.region,
                         pack.region_scope)});
    const bool early = told.as_of < pack.effective_from;
    if (early || (pack.effective_to && told.as_of > *pack.effective_to))
        console.note({fmt::format("注意：{} 不在该政策包的施行期内", told.as_of.iso()),
                      fmt::format("note: the pack is not in force on {}", told.as_of.iso())});
}

ExitCode run(const Console& console, const Options& options) {
    const auto root = packs_root(options.root);
    if (!root) return console.report(root.error());
    auto law = law_on(*root, options, std::nullopt);
    if (!law) return console.report(law.error());
    const auto text = read_case_file(options.file);
    if (!text) return console.report(text.error());
    const std::string shown = options.file == "-" ? "-" : shown_file_name(options.file.string());
    auto told = determine::read_case(*text, shown, law->pack.law);
    if (!told) return console.report(told.error());
    // The day of the question decides which version answers; it is the case that says the day.
    law = law_on(*root, options, told->as_of);
    if (!law) return console.report(law.error());
    const policy::Pack& pack = law->pack;
    told = determine::read_case(*text, shown, pack.law);
    if (!told) return console.report(told.error());
    remark_on_reach(console, pack, *told);
    const determine::Determination answer = determine::determine(pack.law, *told, stamp_of(*law, options));
    const determine::Explained explained{pack.law, *told, answer, pack.title};
    fmt::print("{}", options.format == "json" ? determine::explanation_json(explained)
                     : options.details        ? determine::explanation_details(explained, console.lang)
                                              : determine::explanation_brief(explained, console.lang));
    return ExitCode::done;
}

}  // namespace

void add_determine(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "determine", registration.help("一次申请，逐类认定，并说明理由",
                                       "one application against every category, with the reasons"));
    command->add_option("--policy", options->pack, registration.help("政策包", "the pack"))->required();
    command
        ->add_option("case", options->file,
                     registration.help("案卷文件（JSON 或 YAML；- 为标准输入）",
                                       "the case (JSON or YAML; - is standard input)"))
        ->required();
    command->add_option(
        "--parameters", options->parameters,
        registration.help("本地参数文件，叠加在政策包上", "a file of local figures, laid over the pack's"));
    allow_words(*command->add_option("--format", options->format,
                                     registration.help("输出形式（默认 text）", "form of the answer (text)")),
                registration.console, {"text", "json"});
    command->add_flag("--details", options->details,
                      registration.help("逐项列出每个条件、事实及来源、还缺的每一项（默认只说要点）",
                                        "every condition, every fact with its source, all that is missing "
                                        "(default: what matters first)"));
    add_root_option(*command, registration.console, options->root);
    registration.on(*command, options, run);
}

}  // namespace doudi::cli
