// SPDX-License-Identifier: Apache-2.0
// packs mutate: whether the golden cases notice when something in a pack is changed.
#include <fmt/format.h>

#include "cli/interrupt.h"
#include "cli/packs_root.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "determine/mutation_run.h"
#include "policy/load.h"

namespace doudi::cli {
namespace {

struct Options {
    std::vector<std::string> ids;
    std::filesystem::path root;
    std::size_t every = 1;
    ListOptions list;
};

struct Tally {
    std::size_t made = 0, refused = 0, survive = 0;
    Table people{.headings = {{{"文件", "file"}},
                              {{"行", "line"}, true},
                              {{"要素", "element"}},
                              {{"项", "key"}},
                              {{"原文", "as it is"}},
                              {{"改为（未被发现）", "changed, and nothing noticed"}}},
                 .rows = {}};
    intake::Table data{.columns = {{"pack"}, {"file"}, {"line"}, {"element"}, {"key"}, {"before"}, {"after"}},
                       .rows = {}};

    void add(const Console& console, const std::string& pack, const determine::MutantFate& fate) {
        using Kind = determine::MutantFate::Kind;
        ++made;
        if (fate.kind == Kind::refused) ++refused;
        if (fate.kind != Kind::survives) return;
        ++survive;
        const determine::Mutant& one = fate.mutant;
        const std::string line = std::to_string(one.line);
        const bool is_dropped = one.edit == determine::Mutant::Edit::drop;
        people.rows.push_back({"packs/" + pack + "/" + one.file, line, one.element, one.key, one.before,
                               is_dropped ? console.say({"（删去）", "(dropped)"}) : one.after});
        data.rows.push_back({pack, one.file, line, one.element, one.key, one.before, one.after});
    }
};

ExitCode run(const Console& console, const Options& options) {
    const auto root = packs_root(options.root);
    if (!root) return console.report(root.error());
    const auto catalogue = policy::load_datasets(*root / "datasets");
    if (!catalogue) return console.report(catalogue.error());
    Tally tally;
    for (const std::string& id : options.ids.empty() ? pack_and_profile_ids(*root / "packs") : options.ids) {
        ProgressBar bar(console, {id, id});
        const determine::PackPlace place{*root / "packs", id, *catalogue};
        const auto fates = determine::run_mutants(
            place, {.every = options.every,
                    .threads = default_threads(),
                    .families = *root / "tests/families",
                    .progress = [&](std::size_t done, std::size_t total) { bar.show(done, total); },
                    .stop = interrupt_token()});
        if (!fates) return console.report(fates.error());
        for (const determine::MutantFate& fate : *fates) tally.add(console, id, fate);
    }
    const ExitCode listed = put_list(console, options.list, tally.people, tally.data,
                                     {"每一处改动都被发现", "every change is noticed"});
    if (listed != ExitCode::done) return listed;
    console.note({fmt::format("其中 {} 处被载入检查拒绝", tally.refused),
                  fmt::format("{} of them are refused when the pack is loaded", tally.refused)});
    const Text count{fmt::format("{} mutants, {} survive", tally.made, tally.survive),
                     fmt::format("{} mutants, {} survive", tally.made, tally.survive)};
    // A list for a program holds nothing else.
    if (format_of(options.list) == "table") {
        console.line(count);
    } else {
        console.note(count);
    }
    return tally.survive == 0 ? ExitCode::done : ExitCode::failure;
}

}  // namespace

void add_packs_mutate(Command& packs, const Registration& registration) {
    auto options = std::make_shared<Options>();
    auto* command = packs.add_subcommand(
        "mutate", registration.help("逐处改动政策包，看样板案卷是否发现",
                                    "change each thing in a pack and see whether a golden case notices"));
    add_pack_options(*command, registration.console, options->ids, options->root);
    allow_range(*command->add_option("--every", options->every,
                                     registration.help("每几处改动取一处（默认 1：每处都改）",
                                                       "take one change in so many (default 1: every one)")),
                registration.console, 1, 1'000'000);
    add_list_options(*command, registration.console, options->list);
    registration.on(*command, options, run);
}

}  // namespace doudi::cli
