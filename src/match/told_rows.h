// SPDX-License-Identifier: Apache-2.0
// Single rows of a landed segment, for whoever looks at one beside the register.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "match/verdicts.h"
#include "policy/dataset.h"
#include "store/data_folder.h"

namespace doudi::match {

struct TellingRow {
    std::uint32_t row = 0;
    std::optional<Date> event_date;
    std::vector<ToldPerson> persons;  // by role
    std::vector<std::optional<std::string>>
        cells;  // by Dataset::columns; nothing: blank, or not landed as such
};

// Those of `rows` (ascending) that the segment has, in its order. "rows_deleted" if its rows are kept no
// longer.
[[nodiscard]] Result<std::vector<TellingRow>> read_told_rows(store::DataFolder& folder,
                                                             const policy::Dataset& dataset,
                                                             std::string_view segment,
                                                             std::span<const std::uint32_t> rows);

}  // namespace doudi::match
