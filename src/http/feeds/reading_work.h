// SPDX-License-Identifier: Apache-2.0
// A kept original is read once more, by what a person said of its headings. First to be looked at: what its
// rows would come to against the register of today, and nothing is kept. Then as it was seen: the new reading
// stands instead of the one before, which stays as it was; the next cycle tells its events.
#pragma once
#include <string_view>

#include "http/office/work.h"
#include "match/repository.h"

namespace doudi::http {

inline constexpr std::string_view reading_name = "reading";

[[nodiscard]] jobs::Kind reading_kind(WorkPlace& place);

// Whether its original can be read again. Conflicts: "arrival_replaced" (another reading stands),
// "not_a_feed" (a register's file is a proposal), "arrival_rows_deleted" (what was removed by its term would
// come back); not_found "original_deleted".
[[nodiscard]] Result<void> check_readable(const match::StoredArrival& arrival,
                                          const policy::DatasetCatalogue& catalogue);

}  // namespace doudi::http
