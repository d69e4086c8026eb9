// SPDX-License-Identifier: Apache-2.0
// law: what two people put into force for this office, and the figures of its own that hold.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "ruledesk/law_in_force.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::optional<std::uint64_t> enactment;
    ListOptions list;
};

ExitCode enactments(const Console& console, const Options& options) {
    auto office = open_office(console, options.store, store::Access::read);
    if (!office) return console.failed();
    const auto all = ruledesk::list_enactments(office->store.database());
    if (!all) return console.report(all.error());
    Table people{.headings = {{{"序号", "number"}, true},
                              {{"类别", "kind"}},
                              {{"规则包", "pack"}},
                              {{"自", "from"}},
                              {{"提请", "proposal"}, true}},
                 .rows = {}};
    intake::Table data{
        .columns =
            {{"number", true}, {"kind"}, {"pack"}, {"version"}, {"from"}, {"proposal", true}, {"content"}},
        .rows = {}};
    for (const auto& one : *all) {
        const std::string kind(ruledesk::name_of(one.kind));
        const std::string number = std::to_string(one.number);
        const std::string proposal = std::to_string(one.proposal);
        people.rows.push_back({number, kind, one.pack, one.from.iso(), proposal});
        data.rows.push_back({number, kind, one.pack, one.version, one.from.iso(), proposal, one.content});
    }
    return put_list(console, options.list, people, data,
                    {"还没有生效过任何规则包或数值", "nothing was put into force yet"});
}

ExitCode figures(const Console& console, const Options& options) {
    auto office = open_office(console, options.store, store::Access::read);
    if (!office) return console.failed();
    const auto all = ruledesk::list_figures(office->store.database(), options.enactment);
    if (!all) return console.report(all.error());
    Table people{.headings = {{{"参数", "parameter"}},
                              {{"地区", "region"}},
                              {{"城乡", "residence"}},
                              {{"自", "from"}},
                              {{"值", "value"}, true},
                              {{"依据", "by"}}},
                 .rows = {}};
    intake::Table data{.columns = {{"parameter"},
                                   {"region"},
                                   {"residence"},
                                   {"from"},
                                   {"to"},
                                   {"value", true},
                                   {"status"},
                                   {"source"}},
                       .rows = {}};
    for (const auto& one : *all) {
        people.rows.push_back(
            {one.parameter, one.region, one.residence, one.from.iso(), one.value, one.source});
        data.rows.push_back({one.parameter, one.region, one.residence, one.from.iso(),
                             one.to ? one.to->iso() : "", one.value, one.sample ? "sample" : "", one.source});
    }
    return put_list(console, options.list, people, data,
                    {"本单位还没有设定过数值", "the office has set no figures yet"});
}

}  // namespace

void add_law(Registration registration) {
    auto* law = registration.app.add_subcommand(
        "law",
        registration.help("本单位生效的规则包和数值", "packs and figures that the office put into force"));
    law->require_subcommand(1);
    auto options = std::make_shared<Options>();
    auto* list = law->add_subcommand("list", registration.help("列出生效记录", "the enactments, by number"));
    add_store_options(*list, registration.console, options->store);
    add_list_options(*list, registration.console, options->list);
    registration.on(*list, options, enactments);
    auto of_figures = std::make_shared<Options>();
    auto* shown = law->add_subcommand("figures", registration.help("列出现行数值", "the figures that hold"));
    add_store_options(*shown, registration.console, of_figures->store);
    shown->add_option("--enactment", of_figures->enactment,
                      registration.help("只到第几号生效记录为止", "as known after that enactment"));
    add_list_options(*shown, registration.console, of_figures->list);
    registration.on(*shown, of_figures, figures);
}

}  // namespace doudi::cli
