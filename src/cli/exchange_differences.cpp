// SPDX-License-Identifier: Apache-2.0
// Where registers differ, and that a person says of one such place that it is settled.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/exchange_commands.h"
#include "cli/exchange_office.h"
#include "cli/exchange_text.h"
#include "exchange/differences.h"

namespace doudi::cli {
namespace {

using exchange::Peer;
namespace repository = exchange::repository;

struct Differing {
    Table people;
    intake::Table data;
    std::vector<HouseholdId> households;
};

Result<Differing> differing(const Console& console, ExchangeOffice& office, const ExchangeOptions& options) {
    Differing all{
        {.headings = {{{"对方", "peer"}},
                      {{"序号", "number"}, true},
                      {{"户编号", "household"}},
                      {{"差异", "difference"}},
                      {{"名册提请", "proposal"}, true},
                      {{"时间", "at"}}},
         .rows = {}},
        {.columns = {{"peer"}, {"number"}, {"household"}, {"kind"}, {"proposal"}, {"at"}}, .rows = {}},
        {}};
    auto shelf = office.desk.shelf();
    if (!options.peer.empty()) (void)TRY(need_peer(office, options.peer));
    for (const Peer& peer : office.peers.all) {
        if (!options.peer.empty() && peer.id != options.peer) continue;
        for (const auto& one : TRY(exchange::open_differences(office.desk.data, shelf, peer.id))) {
            if (!options.state.empty() && one.kind != options.state) continue;
            const std::string proposal = number_text(static_cast<std::int64_t>(one.proposal.value()));
            all.people.rows.push_back({peer.id, std::to_string(one.number), one.code,
                                       console.say(difference_kind(one.kind)), proposal, shown_time(one.at)});
            all.data.rows.push_back(
                {peer.id, std::to_string(one.number), one.code, one.kind, proposal, shown_time(one.at)});
            if (one.household != HouseholdId()) all.households.push_back(one.household);
        }
    }
    TRY_VOID(log_exchange(office, look_of(options), "exchange.differences", all.households));
    return all;
}

}  // namespace

ExitCode list_differences(const Console& console, const ExchangeOptions& options) {
    auto office = open_exchange(console, options.store, options.peers, store::Access::write);
    if (office == nullptr) return console.failed();
    const auto all = differing(console, *office, options);
    if (!all) return console.report(all.error());
    return put_list(console, options.list, all->people, all->data,
                    {"名册没有待处理的差异", "no register says otherwise than ours"});
}

namespace {

// The difference that a person says is settled.
Result<void> settle_one(ExchangeOffice& office, const ExchangeOptions& options) {
    const Peer* peer = TRY(need_peer(office, options.peer));
    auto shelf = office.desk.shelf();
    const auto open = TRY(exchange::open_differences(office.desk.data, shelf, peer->id));
    const auto found = std::ranges::find_if(
        open, [&](const exchange::Difference& one) { return std::cmp_equal(one.number, options.number); });
    bool settled = false;
    if (found != open.end()) {
        const std::string by = machine_session().user_name;
        TRY_VOID(shelf.database.write_beside([&]() -> Result<void> {
            settled = TRY(
                repository::settle_difference(shelf, peer->id, found->number, by, office.cases->clock.now()));
            return {};
        }));
    }
    if (!settled)
        return fail(ErrorKind::not_found, "no_such_difference",
                    {"没有这样一处待处理的差异", "there is no such open difference"});
    std::vector<HouseholdId> households;
    if (found->household != HouseholdId()) households.push_back(found->household);
    return log_exchange(office, access::Verb::change,
                        fmt::format("exchange.settle {} {}", peer->id, options.number),
                        std::move(households));
}

}  // namespace

ExitCode settle_difference(const Console& console, const ExchangeOptions& options) {
    auto office = open_exchange(console, options.store, options.peers, store::Access::write);
    if (office == nullptr) return console.failed();
    if (const auto done = settle_one(*office, options); !done) return console.report(done.error());
    console.line({fmt::format("{} 第 {} 号消息的差异已记为处理完毕", options.peer, options.number),
                  fmt::format("{}: the difference of message {} is settled", options.peer, options.number)});
    return ExitCode::done;
}

}  // namespace doudi::cli
