// SPDX-License-Identifier: Apache-2.0
// Collects what an interrupted run left: rows staged above current, temporary files, files that no row names
// (blob_references.h).
#pragma once
#include <filesystem>

#include "base/id.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::store {

// Every table with a column `publish` (asked of the schema) loses its rows above current, the note of the run
// last: killed on the way, the next opening goes on. Does nothing, and reads next to nothing, if no run is
// open.
[[nodiscard]] Result<void> sweep_rows(Database& database, PublishId current);
// After sweep_rows: what only swept rows named goes too.
[[nodiscard]] Result<void> sweep_files(Database& database, const std::filesystem::path& folder);

}  // namespace doudi::store
