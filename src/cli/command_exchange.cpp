// SPDX-License-Identifier: Apache-2.0
// exchange: where the office stands with the platforms that it exchanges with.
#include "cli/commands.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "exchange/status_repository.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    ListOptions list;
};

constexpr std::string_view out_states[] = {exchange::out::queued,    exchange::out::sent,
                                           exchange::out::receipted, exchange::out::refused,
                                           exchange::out::given_up,  exchange::out::held};
constexpr std::string_view in_states[] = {exchange::in::kept, exchange::in::taken, exchange::in::refused};

std::vector<std::string> row_of(const exchange::repository::PeerStatus& one) {
    std::vector<std::string> row{one.peer};
    for (const std::string_view state : out_states) row.push_back(std::to_string(one.out_in(state)));
    for (const std::string_view state : in_states) row.push_back(std::to_string(one.in_in(state)));
    row.push_back(std::to_string(one.differences));
    row.push_back(one.standing.failure);
    return row;
}

ExitCode status(const Console& console, const Options& options) {
    auto office = open_office(console, options.store, store::Access::read);
    if (!office) return ExitCode::failure;
    exchange::repository::Shelf shelf{office->store.database(), office->store.seal()};
    const auto all = exchange::repository::read_status(shelf);
    if (!all) return console.report(all.error());
    Table people{.headings = {{{"对方", "peer"}},
                              {{"待发", "queued"}, true},
                              {{"已达", "sent"}, true},
                              {{"已回执", "receipted"}, true},
                              {{"被退", "refused"}, true},
                              {{"放弃", "given up"}, true},
                              {{"待处理", "held"}, true},
                              {{"收到待办", "kept"}, true},
                              {{"已接办", "taken"}, true},
                              {{"已退", "refused by us"}, true},
                              {{"名册差异", "differences"}, true},
                              {{"上次故障", "last failure"}}},
                 .rows = {}};
    intake::Table data{.columns = {{"peer"},
                                   {"queued", true},
                                   {"sent", true},
                                   {"receipted", true},
                                   {"refused", true},
                                   {"given_up", true},
                                   {"held", true},
                                   {"kept", true},
                                   {"taken", true},
                                   {"refused_by_us", true},
                                   {"differences", true},
                                   {"failure"}},
                       .rows = {}};
    for (const auto& one : *all) {
        people.rows.push_back(row_of(one));
        data.rows.push_back(row_of(one));
    }
    return put_list(console, options.list, people, data,
                    {"还没有与任何平台交换过", "nothing was exchanged with anybody yet"});
}

}  // namespace

void add_exchange(Registration registration) {
    auto* group = registration.app.add_subcommand(
        "exchange", registration.help("与其他平台的数据交换", "the exchange with other platforms"));
    group->require_subcommand(1);
    auto options = std::make_shared<Options>();
    auto* command = group->add_subcommand(
        "status", registration.help("与各方交换到哪一步", "where the office stands with each peer"));
    add_store_options(*command, registration.console, options->store);
    add_list_options(*command, registration.console, options->list);
    registration.on(*command, options, status);
}

}  // namespace doudi::cli
