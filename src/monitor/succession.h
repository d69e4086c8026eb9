// SPDX-License-Identifier: Apache-2.0
// What becomes of the open warning of a household that ends, as a person decided: staged under the
// publication by which the household ends, so that both happen or neither. Where the heir has no open
// warning, this one becomes the heir's, with its clock; else it closes as carried, the heir's is due no later
// than it was, and from the next cycle on its events count for the heir's.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "store/data_folder.h"

namespace doudi::monitor {

struct OpenWarning {
    std::uint32_t id = 0;
    std::string level;  // id
    Date issued_on;
    std::optional<Date> due_on;
};
// As of a publish id; none: it has none.
[[nodiscard]] Result<std::optional<OpenWarning>> open_warning(store::Database& database, PublishId publish,
                                                              HouseholdId household);

struct Succession {
    std::uint64_t change = 0;  // number of the case by which the household ends
    HouseholdId household;
    HouseholdId heir;  // 0: the warning is closed
    Date ended_on;
    std::string reason;  // of closing
};
// A household without an open warning: nothing is staged.
[[nodiscard]] Result<void> stage_succession(store::DataFolder& store, PublishId publish,
                                            const Succession& succession);
// The case is taken back: what it closed is open again, what it carried is where it was, unless somebody has
// settled it since, by itself or with the heir's.
[[nodiscard]] Result<void> stage_restored(store::DataFolder& store, PublishId publish, std::uint64_t change);

}  // namespace doudi::monitor
