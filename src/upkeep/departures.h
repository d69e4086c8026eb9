// SPDX-License-Identifier: Apache-2.0
// That a household ended, and who is in it no more: since when, where to, and by which case.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "registry/records.h"
#include "store/data_folder.h"
#include "upkeep/records.h"

namespace doudi::upkeep {

struct Ended {
    Date on;  // from that day it is none any more
    std::optional<HouseholdId> successor;
    CaseId by;  // 0: by no case
};
// None: it stands.
[[nodiscard]] Result<std::optional<Ended>> ended(store::DataFolder& folder, PublishId publish,
                                                 HouseholdId household);

struct Left {
    registry::Member member;  // as they were in the household last
    Date on;                  // from that day they are not in it
    HouseholdId to;           // 0: they left the register
    CaseId by;                // 0: by a register's file
};
// Who was in the household on some day and is not now, by id; who never was, for the case that brought them
// was taken back, is not among them.
[[nodiscard]] Result<std::vector<Left>> who_left(store::DataFolder& folder, PublishId publish,
                                                 HouseholdId household);
// The same of those who were in it once (registry::once_in).
[[nodiscard]] Result<std::vector<Left>> who_left(store::DataFolder& folder, PublishId publish,
                                                 HouseholdId household, std::span<const PersonId> once);

}  // namespace doudi::upkeep
