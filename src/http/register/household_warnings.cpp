// SPDX-License-Identifier: Apache-2.0
#include "http/register/household_warnings.h"

namespace doudi::http {

Result<bool> MonitoredWarnings::is_open(HouseholdId household) {
    return TRY(monitor::open_warning(folder_.database(), folder_.current(), household)).has_value();
}

Result<void> MonitoredWarnings::settle(PublishId publish, const upkeep::SettledWarnings& settled) {
    has_staged_ = true;
    return monitor::stage_succession(folder_, publish,
                                     {.change = settled.change.value(),
                                      .household = settled.household,
                                      .heir = settled.heir,
                                      .ended_on = settled.ended_on,
                                      .reason = settled.reason});
}

Result<void> MonitoredWarnings::restore(PublishId publish, upkeep::CaseId change) {
    has_staged_ = true;
    return monitor::stage_restored(folder_, publish, change.value());
}

Result<std::vector<WarningAtStake>> warnings_at_stake(store::DataFolder& folder, const upkeep::Case& change) {
    std::vector<WarningAtStake> all;
    const bool decided = change.in_force || (change.state() != upkeep::State::proposed && !change.waits());
    if (decided) return all;
    for (const upkeep::Ending& ending : upkeep::endings_of(change)) {
        auto warning = TRY(monitor::open_warning(folder.database(), folder.current(), ending.household));
        if (!warning) continue;
        WarningAtStake stake{ending.household, std::move(*warning), {}, ending.heir != 0, false};
        if (ending.heir > 0) stake.heir = HouseholdId(static_cast<std::uint32_t>(ending.heir));
        if (ending.heir > 0)
            stake.heir_has_one =
                TRY(monitor::open_warning(folder.database(), folder.current(), stake.heir)).has_value();
        all.push_back(std::move(stake));
    }
    return all;
}

}  // namespace doudi::http
