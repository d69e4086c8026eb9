// SPDX-License-Identifier: Apache-2.0
// Which columns name files of the shelves. The one list: a file on a shelf that none of them names is removed
// when the folder is next opened for writing. Whoever adds a column that names a blob adds it here, or loses
// the blob.
#pragma once
#include "store/data_folder.h"

namespace doudi::store {

struct BlobReference {
    Shelf shelf;
    const char* table;
    const char* column;
};

inline constexpr BlobReference blob_references[] = {
    {Shelf::segments, "arrival", "segment"}, {Shelf::segments, "arrival", "findings"},
    {Shelf::originals, "arrival", "sha256"}, {Shelf::segments, "cycle_memory", "segment"},
    {Shelf::segments, "roster", "segment"},  {Shelf::segments, "register_keys", "segment"},
};

}  // namespace doudi::store
