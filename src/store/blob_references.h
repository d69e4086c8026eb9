// SPDX-License-Identifier: Apache-2.0
// Which columns name files of the shelves. The one list: a file on a shelf that none of them names is removed
// when the folder is next opened for writing. Whoever adds a column that names a blob adds it here, or loses
// the blob.
#pragma once
#include <string>

#include "store/data_folder.h"

namespace doudi::store {

struct BlobReference {
    Shelf shelf;
    const char* table;
    const char* column;
    const char* removal = nullptr;  // a column that is not null once the file was deleted for good
};

// The name in the column names a file that is kept.
[[nodiscard]] inline std::string names_a_file(const BlobReference& reference) {
    std::string condition = std::string(reference.column) + " is not null";
    if (reference.removal != nullptr) condition += " and " + std::string(reference.removal) + " is null";
    return condition;
}

inline constexpr BlobReference blob_references[] = {
    {Shelf::segments, "arrival", "segment"},
    {Shelf::segments, "arrival", "findings"},
    {Shelf::originals, "arrival", "sha256", "original_removal"},  // the name stays: it knows the file again
    {Shelf::segments, "cycle_memory", "segment"},
    {Shelf::segments, "roster", "segment"},
    {Shelf::segments, "register_keys", "segment"},
    {Shelf::segments, "resealed_segment", "new_name"},
    {Shelf::originals, "resealed_original", "new_name"},
};

}  // namespace doudi::store
