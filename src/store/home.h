// SPDX-License-Identifier: Apache-2.0
// The two halves of a store, folder and database: made together, found together.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "store/data_folder.h"
#include "store/folder_lock.h"

namespace doudi::store {

// The folder that a path means, in full.
[[nodiscard]] Result<std::filesystem::path> whole_path(const std::filesystem::path& given);

// A store that is being made. Nothing of it counts before finish(); ended before, it may be begun again.
struct NewHome {
    // Folder (absent, empty or unfinished) and database (absent, empty or unfinished) at this schema.
    [[nodiscard]] static Result<NewHome> begin(const Place& place, std::size_t schema);
    // All rows, in one transaction: it also makes a PostgreSQL database this folder's own.
    [[nodiscard]] Result<void> fill(const std::function<Result<void>()>& rows);
    [[nodiscard]] Result<void> finish();

    Place place;
    std::optional<FolderLock> lock;  // before the database, so that it is freed after it
    std::optional<Database> database;
    std::string store_id;  // of PostgreSQL; empty: SQLite
};

// A store that is there, its halves held against each other.
struct Home {
    [[nodiscard]] static Result<Home> open(const Place& place, Access access);

    Place place;
    std::optional<FolderLock> lock;
    std::optional<Database> database;
};

// One more connection to a store that is open.
[[nodiscard]] Result<Database> connect_to(const Place& place, Access access);

}  // namespace doudi::store
