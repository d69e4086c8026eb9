// SPDX-License-Identifier: Apache-2.0
// A whole store in one file, and back: what was current at one moment, rows and files, while others read and
// write on. The same file for both engines: a backup from SQLite is restored into PostgreSQL, and the other
// way round. It holds what the store holds, people's data too; keys are not in the store and not in it.
//   doudi-backup             format, schema, publish id, the tables with their columns
//   blobs/<shelf>/<name>     files as they lie on the shelf
//   tables/<name>/<number>   rows as row_text.h writes them, some thousands an entry
//   contents                 size and SHA-256 of each
#pragma once
#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "store/data_folder.h"

namespace doudi::store {

struct BackupReport {
    std::uint64_t rows = 0;
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;  // of the backup
    PublishId current;
};

// `to` must not be there; it is whole or not there.
[[nodiscard]] Result<BackupReport> back_up(DataFolder& store, const std::filesystem::path& to);

// Into an absent or empty folder (and an empty PostgreSQL database), or what an interrupted restore left. All
// is checked on the way; ended before it is done, nothing counts, and the same again completes it.
[[nodiscard]] Result<BackupReport> restore(const Place& place, const std::filesystem::path& from);

}  // namespace doudi::store
