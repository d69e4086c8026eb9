// SPDX-License-Identifier: Apache-2.0
// Closed warnings, old doubts and old memories in the store.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "store/data_folder.h"
#include "store/kept_class.h"

namespace doudi::monitor {

// Keys: ids of warnings. Never the last one that was given an id: no id comes twice.
[[nodiscard]] Result<std::vector<store::Ended>> warnings_closed_before(store::DataFolder& folder,
                                                                       Date before);
[[nodiscard]] Result<void> delete_warning(store::Database& database, std::int64_t id);
// Keys: publish ids of cycles before the last one, as of before that day, of which there is something.
[[nodiscard]] Result<std::vector<store::Ended>> doubts_of_cycles_before(store::DataFolder& folder,
                                                                        Date before);
[[nodiscard]] Result<void> delete_doubts(store::Database& database, std::int64_t publish);
[[nodiscard]] Result<std::vector<store::Ended>> memories_before(store::DataFolder& folder, Date before);
// Returns the segment that it was.
[[nodiscard]] Result<std::optional<std::string>> delete_memory(store::Database& database,
                                                               std::int64_t publish);

}  // namespace doudi::monitor
