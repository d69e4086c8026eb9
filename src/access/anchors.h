// SPDX-License-Identifier: Apache-2.0
// The log's root of each day, handed to the unit above: a row that is addressed to it, a file for another
// machine. Whoever cuts or mends the log afterwards contradicts what is kept there.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "access/audit.h"
#include "access/units.h"
#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access {

struct UnitAnchor {
    Anchor anchor;  // its day is the day whose last record it names
    UnitId unit;    // to whom it is addressed
    Instant made_at;
    bool late = false;  // made later than on the day after: the program did not run
};

// The units that have none above them on that day.
[[nodiscard]] std::vector<UnitId> units_above_all(const UnitTree& tree, Date day);

// Of the last record of a day that is over, for these units. Twice: what was made first stays. None: the log
// was empty then. Conflict audit_broken: the record is not what its hash says.
[[nodiscard]] Result<std::optional<Anchor>> anchor_day(store::Database& database, const Clock& clock,
                                                       Date day, const std::vector<UnitId>& units,
                                                       std::string_view key = {});
// Where a page of them ends.
struct AnchorPlace {
    Date day = forever;
    UnitId unit;
};
// By day, the newest first, and unit; behind that place.
[[nodiscard]] Result<std::vector<UnitAnchor>> unit_anchors(store::Database& database,
                                                           const AnchorPlace& after, int most);

// anchor-YYYY-MM-DD.txt in the folder, whole or not there; the folder is the unit above's.
[[nodiscard]] Result<void> drop_anchor(const std::filesystem::path& folder, const Anchor& anchor);
// All of the folder's; of a file, those of its lines.
[[nodiscard]] Result<std::vector<Anchor>> read_anchors(const std::filesystem::path& file_or_folder);

}  // namespace doudi::access
