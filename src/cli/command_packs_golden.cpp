// SPDX-License-Identifier: Apache-2.0
// packs test: every golden case of a pack, and what came out otherwise.
#include <fmt/format.h>

#include "cli/packs_root.h"
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
    const auto results = determine::run_pack_cases({root / "packs", id, catalogue});
    if (!results) {
        console.report(results.error());
        ++count.failed;
        return;
    }
    for (const determine::GoldenResult& result : *results) {
        ++(result.passed() ? count.passed : count.failed);
        if (!result.passed()) say_failure(console, id, result);
    }
}

ExitCode run(const Console& console, const Options& options) {
    const auto root = packs_root(options.root);
    if (!root) return console.report(root.error());
    const auto catalogue = policy::load_datasets(*root / "datasets");
    if (!catalogue) return console.report(catalogue.error());
    Count count;
    for (const std::string& id : options.ids.empty() ? pack_and_profile_ids(*root / "packs") : options.ids)
        test_pack(console, *root, id, *catalogue, count);
    console.line({fmt::format("{} passed, {} failed", count.passed, count.failed),
                  fmt::format("{} passed, {} failed", count.passed, count.failed)});
    return count.failed == 0 ? ExitCode::done : ExitCode::failure;
}

}  // namespace

void add_packs_test(Command& packs, const Registration& registration) {
    auto options = std::make_shared<Options>();
    auto* command = packs.add_subcommand(
        "test", registration.help("运行政策包的样板案卷", "run the golden cases of packs"));
    add_pack_options(*command, registration.console, options->ids, options->root);
    registration.on(*command, options, run);
}

}  // namespace doudi::cli
