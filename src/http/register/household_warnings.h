// SPDX-License-Identifier: Apache-2.0
// The warnings that monitoring keeps, for the register's upkeep: neither of the two rooms knows the other.
#pragma once
#include "monitor/succession.h"
#include "upkeep/warnings.h"

namespace doudi::http {

// As of what the folder shows. The folder must outlive it.
class MonitoredWarnings final : public upkeep::HouseholdWarnings {
  public:
    explicit MonitoredWarnings(store::DataFolder& folder) : folder_(folder) {}

    [[nodiscard]] Result<bool> is_open(HouseholdId household) override;
    [[nodiscard]] Result<void> settle(PublishId publish, const upkeep::SettledWarnings& settled) override;
    [[nodiscard]] Result<void> restore(PublishId publish, upkeep::CaseId change) override;

    // Something was settled or restored: the cases at the door are to be told.
    [[nodiscard]] bool has_staged() const { return has_staged_; }

  private:
    store::DataFolder& folder_;
    bool has_staged_ = false;
};

// An open warning of a household that the case ends, and who would go on with it.
struct WarningAtStake {
    HouseholdId household;
    monitor::OpenWarning warning;
    HouseholdId heir;  // 0: nobody, or a household that the case opens
    bool has_heir = false;
    bool heir_has_one = false;
};
[[nodiscard]] Result<std::vector<WarningAtStake>> warnings_at_stake(store::DataFolder& folder,
                                                                    const upkeep::Case& change);

}  // namespace doudi::http
