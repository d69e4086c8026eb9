// SPDX-License-Identifier: Apache-2.0
// packs test: every golden case of a pack, and what came out otherwise.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "determine/golden.h"
#include "policy/load.h"

namespace doudi::cli {
namespace {

struct Options {
    std::vector<std::string> ids;
    std::filesystem::path root;
};

struct Count {
    std::size_t passed = 0;
    std::size_t failed = 0;
};

void say_failure(const Console& console, const std::string& pack, const determine::GoldenResult& result) {
    console.line({fmt::format("{} {}：{}（{}）", pack, result.id, result.says.zh, result.where),
                  fmt::format("{} {}: {} ({})", pack, result.id, result.says.en, result.where)});
    for (const Text& difference : result.differences)
        console.line({"    " + difference.zh, "    " + difference.en});
}

// A pack or a case that cannot be read counts as one that failed.
void test_pack(const Console& console, const std::filesystem::path& root, const std::string& id,
               const policy::DatasetCatalogue& catalogue, Count& count) {
    const auto pack = policy::load_pack(root / "packs", id, catalogue);
    if (!pack) {
        console.report(pack.error());
        ++count.failed;
        return;
    }
    const auto cases = determine::read_golden_cases(root / "packs" / id / "cases", pack->law);
    if (!cases) {
        console.report(cases.error());
        ++count.failed;
        return;
    }
    for (const determine::GoldenCase& golden : *cases) {
        const determine::GoldenResult result = determine::run_golden(pack->law, golden);
        ++(result.passed() ? count.passed : count.failed);
        if (!result.passed()) say_failure(console, id, result);
    }
}

ExitCode run(const Console& console, const Options& options) {
    const auto root = options.root.empty() ? policy::find_policy_root() : Result<std::filesystem::path>(options.root);
    if (!root) return console.report(root.error());
    const auto catalogue = policy::load_datasets(*root / "datasets");
    if (!catalogue) return console.report(catalogue.error());
    Count count;
    for (const std::string& id : options.ids.empty() ? policy::pack_ids(*root / "packs") : options.ids)
        test_pack(console, *root, id, *catalogue, count);
    console.line({fmt::format("{} passed, {} failed", count.passed, count.failed),
                  fmt::format("{} passed, {} failed", count.passed, count.failed)});
    return count.failed == 0 ? ExitCode::done : ExitCode::failure;
}

}  // namespace

void add_packs_test(Registration registration) {
    auto* group = registration.app.get_subcommand_no_throw("packs");
    if (group == nullptr) {
        group = registration.app.add_subcommand("packs", registration.help("政策包", "packs"));
        group->require_subcommand(1);
        group->fallthrough();
    }
    auto options = std::make_shared<Options>();
    auto* command = group->add_subcommand(
        "test", registration.help("运行政策包的样板案卷", "run the golden cases of packs"));
    command->add_option("id", options->ids,
                        registration.help("政策包（默认全部）", "the packs (default: all of them)"));
    command->add_option("--root", options->root,
                        registration.help("含 datasets、packs、calendar 的目录（默认为程序自带的）",
                                          "the folder with datasets, packs and calendar (default: the program's own)"));
    command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return run(console, *options); };
    });
}

}  // namespace doudi::cli
