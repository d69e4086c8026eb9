// SPDX-License-Identifier: Apache-2.0
// packs diff: what two packs state differently, element by element with both clauses. Who on the register
// that would touch, `doudi whatif --against` says.
#include <fmt/format.h>

#include <map>
#include <tuple>

#include "cli/packs_root.h"
#include "cli/table.h"
#include "policy/load.h"

namespace doudi::cli {
namespace {

struct Options {
    std::string before, after;
    std::filesystem::path root;
    ListOptions list;
};

// By section, id and key: the value as stated, and its clause.
using Statements =
    std::map<std::tuple<std::string, std::string, std::string>, std::pair<std::string, std::string>>;

Statements statements_of(const policy::Law& law) {
    Statements all;
    for (const policy::StatedElement& element : law.stated) {
        for (const auto& [key, value] : element.values) {
            if (key == "cite" || key == "inherit") continue;
            all[{element.section, element.id, key}] = {
                value, element.cite.clause.empty() ? "" : element.cite.text()};
        }
    }
    return all;
}

ExitCode diff(const Console& console, const Options& options) {
    const auto root = packs_root(options.root);
    if (!root) return console.report(root.error());
    const auto catalogue = policy::load_datasets(*root / "datasets");
    if (!catalogue) return console.report(catalogue.error());
    const auto before = policy::load_pack(*root / "packs", options.before, *catalogue);
    if (!before) return console.report(before.error());
    const auto after = policy::load_pack(*root / "packs", options.after, *catalogue);
    if (!after) return console.report(after.error());
    const Statements left = statements_of(before->law);
    Statements both = statements_of(after->law);
    const Statements right = both;
    both.insert(left.begin(), left.end());

    Table people{.headings = {{{"要素", "element"}},
                              {{"项", "key"}},
                              {{options.before, options.before}},
                              {{options.after, options.after}},
                              {{"依据", "clauses"}}},
                 .rows = {}};
    intake::Table data{
        .columns = {{"section"}, {"id"}, {"key"}, {"before"}, {"after"}, {"clause_before"}, {"clause_after"}},
        .rows = {}};
    const std::pair<std::string, std::string> nothing;
    for (const auto& [at, unused] : both) {
        const auto l = left.find(at);
        const auto r = right.find(at);
        const auto& was = l == left.end() ? nothing : l->second;
        const auto& is = r == right.end() ? nothing : r->second;
        if (was.first == is.first) continue;
        const auto& [section, id, key] = at;
        people.rows.push_back(
            {section + ":" + id, key, was.first, is.first,
             was.second + (was.second.empty() || is.second.empty() ? "" : " | ") + is.second});
        data.rows.push_back({section, id, key, was.first, is.first, was.second, is.second});
    }
    return put_list(console, options.list, people, data,
                    {"两个政策包没有不同", "the two packs state the same"});
}

}  // namespace

void add_packs_diff(Command& packs, const Registration& registration) {
    auto options = std::make_shared<Options>();
    auto* command = packs.add_subcommand(
        "diff",
        registration.help(
            "两个政策包的不同，逐项列出依据（涉及谁：doudi whatif --against）",
            "what two packs state differently, by clause (who that touches: doudi whatif --against)"));
    command->add_option("before", options->before, registration.help("政策包", "a pack"))->required();
    command->add_option("after", options->after, registration.help("另一政策包", "another"))->required();
    add_root_option(*command, registration.console, options->root);
    add_list_options(*command, registration.console, options->list);
    registration.on(*command, options, diff);
}

}  // namespace doudi::cli
