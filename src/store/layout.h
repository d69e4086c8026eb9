// SPDX-License-Identifier: Apache-2.0
// The names inside a data folder.
#pragma once
#include <filesystem>
#include <string_view>

#include "store/data_folder.h"

namespace doudi::store {

inline constexpr std::string_view database_name = "doudi.sqlite";
inline constexpr std::string_view lock_name = "lock";
// Of a folder whose rows lie in PostgreSQL: the id that the database knows too.
inline constexpr std::string_view store_id_name = "store-id";
// There while create() is at work: a folder with it holds nothing yet and may be made anew.
inline constexpr std::string_view unfinished_name = "unfinished";
inline constexpr std::string_view temporary_prefix = "tmp-";

[[nodiscard]] inline std::filesystem::path shelf_folder(const std::filesystem::path& folder, Shelf shelf) {
    return folder / (shelf == Shelf::segments ? "segments" : "originals");
}

}  // namespace doudi::store
