// SPDX-License-Identifier: Apache-2.0
#include "cli/exchange_office.h"

#include <fmt/format.h>

#include "cli/access_office.h"

namespace doudi::cli {

std::unique_ptr<ExchangeOffice> open_exchange(const Console& console, const StoreOptions& options,
                                              const std::filesystem::path& peers, store::Access access) {
    auto cases = open_cases(console, options, access);
    if (cases == nullptr) return nullptr;
    auto loaded = exchange::load_peers(peers, cases->office->program.root / "exchange");
    if (!loaded) {
        console.report(loaded.error());
        return nullptr;
    }
    if (const auto there = exchange::check_offices(*loaded, cases->units); !there) {
        console.report(there.error());
        return nullptr;
    }
    auto office = std::make_unique<ExchangeOffice>(std::move(cases), std::move(*loaded));
    if (access == store::Access::read) return office;
    auto log = open_log(office->cases->store(), office->cases->clock);
    if (!log) {
        console.report(log.error());
        return nullptr;
    }
    office->log = std::move(*log);
    return office;
}

Result<const exchange::Peer*> need_peer(const ExchangeOffice& office, const std::string& id) {
    if (const exchange::Peer* peer = office.peers.find(id)) return peer;
    std::string known;
    for (const exchange::Peer& peer : office.peers.all) known += (known.empty() ? "" : " ") + peer.id;
    return fail(ErrorKind::not_found, "peer_unknown",
                {fmt::format("没有交换对方“{}”；有：{}", id, known),
                 fmt::format("there is no peer '{}'; there are: {}", id, known)});
}

Result<void> log_exchange(ExchangeOffice& office, access::Verb verb, std::string what,
                          std::vector<HouseholdId> households) {
    access::Look look;
    look.who = machine_session();
    look.verb = verb;
    look.thing = access::Thing::feed;
    look.households = std::move(households);
    look.what = std::move(what);
    return office.log->append(look);
}

}  // namespace doudi::cli
