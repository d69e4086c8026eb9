// SPDX-License-Identifier: Apache-2.0
// A data folder with those whom its office exchanges with: what the commands of `exchange` share.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "access/audit.h"
#include "cli/case_office.h"
#include "exchange/desk.h"
#include "http/office/exchange_rounds.h"

namespace doudi::cli {

struct ExchangeOffice {
    ExchangeOffice(std::unique_ptr<CaseOffice> the_cases, exchange::Peers the_peers)
        : cases(std::move(the_cases)),
          peers(std::move(the_peers)),
          case_desk(cases->desk()),
          facts(cases->store(), cases->office->policy),
          desk{cases->store(), case_desk,    cases->units,
               peers,          cases->clock, http::facts_by(facts, cases->clock)} {}

    std::unique_ptr<CaseOffice> cases;
    exchange::Peers peers;
    casework::Desk case_desk;
    oversight::FactWords facts;
    exchange::Desk desk;
    std::unique_ptr<access::AuditLog> log;  // only where the folder was opened for writing
};
// `peers`: the file of `doudi serve --peers`, whose keys are read with it. Reports what is wrong and returns
// nothing.
[[nodiscard]] std::unique_ptr<ExchangeOffice> open_exchange(const Console& console,
                                                            const StoreOptions& options,
                                                            const std::filesystem::path& peers,
                                                            store::Access access);

// "peer_unknown", with those that there are.
[[nodiscard]] Result<const exchange::Peer*> need_peer(const ExchangeOffice& office, const std::string& id);
// A look of the one who runs the program; durable when this returns.
[[nodiscard]] Result<void> log_exchange(ExchangeOffice& office, access::Verb verb, std::string what,
                                        std::vector<HouseholdId> households);

}  // namespace doudi::cli
