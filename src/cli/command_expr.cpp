// SPDX-License-Identifier: Apache-2.0
// Conditions by themselves, for who writes them: cases evaluated, a folder of tests run, a text checked as a
// pack's is.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>

#include "cli/counted.h"
#include "cli/packs_root.h"
#include "expr/notation.h"
#include "policy/condition.h"
#include "policy/folder.h"
#include "policy/load.h"
#include "policy/row_schema.h"

namespace doudi::cli {
namespace {

namespace fs = std::filesystem;

Error cannot_open(const fs::path& path) {
    return {ErrorKind::not_found,
            "cannot_read",
            {"没有这个文件，或者不能读取", "there is no such file, or it cannot be read"},
            shown_file_name(path.string())};
}

// --- eval ---

// What one line comes to, as a line. False: it was no case.
bool answer_line(const Console& console, const std::string& line, std::uint64_t number) {
    const auto one = expr::read_case(line);
    if (!one) {
        const std::string message = fmt::format(fmt::runtime(console.say({"第 {} 行：{}", "line {}: {}"})),
                                                number, console.say(one.error().text));
        fmt::print("{}\n", expr::error_json(message, number));
        return false;
    }
    const auto value = expr::answer_of(*one);
    fmt::print("{}\n",
               value ? expr::answer_json(*value) : expr::error_json(value.error().message(console.lang)));
    return true;
}

ExitCode answer_lines(const Console& console, std::istream& in, bool at_once) {
    std::uint64_t number = 0;
    std::uint64_t bad = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.ends_with('\r')) line.pop_back();
        if (line.find_first_not_of(" \t") == std::string::npos) continue;
        if (!answer_line(console, line, number)) ++bad;
        if (at_once) std::fflush(stdout);  // whoever writes the cases may wait for each answer
    }
    if (bad == 0) return ExitCode::done;
    console.note({fmt::format("{} 行不是用例，其余已求值", bad),
                  fmt::format("{} no case; the rest was evaluated", counted(bad, "line was", "lines were"))});
    return ExitCode::failure;
}

ExitCode eval(const Console& console, const std::string& file) {
    if (file.empty() || file == "-") return answer_lines(console, std::cin, true);
    std::error_code ignored;
    std::ifstream in(file, std::ios::binary);
    if (!in || fs::is_directory(file, ignored)) return console.report(cannot_open(file));
    return answer_lines(console, in, false);
}

void add_eval(Command& group, Registration registration) {
    auto file = std::make_shared<std::string>();
    auto* command =
        group.add_subcommand("eval", registration.help("逐行求值：每行一个用例，输出一行答案",
                                                       "evaluate cases: one a line, an answer a line"));
    command
        ->add_option(
            "--jsonl", *file,
            registration.help(
                "用例文件，每行如 {\"expr\": \"x + 1\", \"bindings\": {\"x\": {\"int\": \"2\"}}}；- 或省略："
                "标准输入",
                "the cases, each like {\"expr\": \"x + 1\", \"bindings\": {\"x\": {\"int\": \"2\"}}}; - or "
                "nothing: standard input"))
        ->expected(0, 1)
        ->type_name("FILE")
        ->required();
    registration.on(*command, file, eval);
}

// --- test ---

struct Tally {
    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
};

void print_failure(const Console& console, const std::string& id, const std::string& expression,
                   const Text& how) {
    fmt::print("{}{}: {}{}{}\n", console.say({"未通过：", "failed: "}), id, expression,
               expression.empty() ? "" : " — ", console.say(how));
}

void run_file(const Console& console, const fs::path& path, Tally& tally) {
    const std::string name = shown_file_name(path.filename().string());
    const auto text = policy::read_whole_file(path);
    const auto outcomes = text ? expr::run_tests(*text) : std::unexpected(text.error());
    if (!outcomes) {
        ++tally.failed;
        return print_failure(console, name, "", outcomes.error().text);
    }
    for (const expr::TestOutcome& outcome : *outcomes) {
        ++(outcome.failure ? tally.failed : tally.passed);
        if (outcome.failure) print_failure(console, outcome.id, outcome.expression, *outcome.failure);
    }
}

ExitCode test(const Console& console, const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code failure;
    for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure))
        if (at->path().extension() == ".json") files.push_back(at->path());
    if (failure) return console.report(cannot_open(folder));
    if (files.empty()) {
        return console.report(Error{ErrorKind::not_found,
                                    "no_tests",
                                    {"文件夹里没有 .json 文件", "there are no .json files in the folder"},
                                    shown_file_name(folder.string())});
    }
    std::ranges::sort(files);
    Tally tally;
    for (const fs::path& path : files) run_file(console, path, tally);
    fmt::print("{} passed, {} failed\n", tally.passed, tally.failed);  // for programs too: never translated
    return tally.failed == 0 ? ExitCode::done : ExitCode::failure;
}

void add_test(Command& group, Registration registration) {
    auto folder = std::make_shared<fs::path>();
    auto* command = group.add_subcommand(
        "test", registration.help("运行一个文件夹里的测试（*.json）", "run the tests of a folder (*.json)"));
    command->add_option("folder", *folder, registration.help("测试文件夹", "the folder of tests"))
        ->required();
    registration.on(*command, folder, test);
}

// --- check ---

struct CheckOptions {
    std::string text;
    std::string dataset;
    std::string policy;
    fs::path root;
    bool household = false;
    bool value = false;
};

// Of a household of the register, with the figures of a pack; or all that a pack's own conditions may name.
policy::Loaded<expr::Schema> schema_of_pack(const CheckOptions& options, const fs::path& root,
                                            const policy::DatasetCatalogue& catalogue) {
    auto pack = policy::load_pack(root / "packs", options.policy, catalogue);
    if (!pack) return std::unexpected(std::move(pack.error()));
    if (!options.household) return std::move(pack->law.names.schema);
    expr::Schema schema = policy::household_schema(catalogue);
    policy::add_parameters(schema, pack->law);
    return schema;
}

// The names that may stand in the condition.
policy::Loaded<expr::Schema> schema_for(const CheckOptions& options) {
    if (options.dataset.empty() && options.policy.empty() && !options.household) return expr::Schema();
    const auto root = packs_root(options.root);
    if (!root) return std::unexpected(std::vector{root.error()});
    auto catalogue = policy::load_datasets(*root / "datasets");
    if (!catalogue) return std::unexpected(std::move(catalogue.error()));
    if (!options.policy.empty()) return schema_of_pack(options, *root, *catalogue);
    if (options.household) return policy::household_schema(*catalogue);
    const int found = catalogue->index_of(options.dataset);
    if (found >= 0) return policy::row_schema(catalogue->datasets[static_cast<std::size_t>(found)]);
    std::vector<std::string_view> ids;
    for (const policy::Dataset& dataset : catalogue->datasets) ids.push_back(dataset.id);
    const Text hint = policy::nearest_hint(options.dataset, ids);
    return std::unexpected(
        std::vector{Error{ErrorKind::usage,
                          "no_dataset",
                          {fmt::format("没有数据集 {}{}", options.dataset, hint.zh),
                           fmt::format("there is no dataset {}{}", options.dataset, hint.en)},
                          {}}});
}

ExitCode check(const Console& console, const CheckOptions& options) {
    const auto schema = schema_for(options);
    if (!schema) return console.report(schema.error());
    const auto mode = options.value ? expr::CheckMode::pack_value : expr::CheckMode::pack_condition;
    const auto program = policy::check_condition(options.text, *schema, mode);
    if (!program) {
        const ExitCode code = console.report(program.error());
        const bool about_names = program.error().front().code == "cel_unknown_name";
        if (about_names && schema->variables().empty())
            console.note({"没有 --dataset、--household 或 --policy，条件里不能有名称",
                          "without --dataset, --household or --policy no name may stand in a condition"});
        return code;
    }
    const Text type = expr::type_text(program->result_type());
    console.line({"成立，类型：" + type.zh, "it holds together; its type: " + type.en});
    return ExitCode::done;
}

void add_check(Command& group, Registration registration) {
    auto options = std::make_shared<CheckOptions>();
    auto* command = group.add_subcommand(
        "check", registration.help("按政策包的规定检查一个条件", "check a condition as packs do"));
    command->add_option("text", options->text, registration.help("条件", "the condition"))->required();
    auto* dataset = command->add_option(
        "--dataset", options->dataset,
        registration.help("条件针对该数据集的一行，如 hr.unemployment_roll",
                          "it is about a row of this dataset, such as hr.unemployment_roll"));
    command
        ->add_flag("--household", options->household,
                   registration.help("条件针对名册中的一户", "it is about a household of the register"))
        ->excludes(dataset);
    command
        ->add_option("--policy", options->policy,
                     registration.help(
                         "条件可用该政策包的名称（事实、类别、param.…）；与 --household 同用时只加 param.…",
                         "it may name what this pack knows: facts, categories, param.…; with "
                         "--household only param.… besides"))
        ->excludes(dataset);
    add_root_option(*command, registration.console, options->root);
    command->add_flag(
        "--value", options->value,
        registration.help("不是条件，而是金额或其他值", "it is no condition but an amount or another value"));
    registration.on(*command, options, check);
}

}  // namespace

void add_expr(Registration registration) {
    auto* group = registration.app.add_subcommand(
        "expr",
        registration.help("条件语言：求值、测试、检查", "the language of conditions: evaluate, test, check"));
    group->require_subcommand(1);
    group->fallthrough();
    add_eval(*group, registration);
    add_test(*group, registration);
    add_check(*group, registration);
}

}  // namespace doudi::cli
