// SPDX-License-Identifier: Apache-2.0
// The keys of single people and households as they lie in the store: a cover of two trees (vault/key_tree.h),
// its nodes wrapped by a key that wraps nothing else and that a master key wraps. A rotation makes that one
// anew and forgets the old: what an older backup holds then opens with an older master key only.
#pragma once
#include <cstdint>

#include "base/date.h"
#include "base/result.h"
#include "store/database.h"
#include "store/sealing.h"

namespace doudi::store {

// Numbers of keys in data_key that wrap nodes, not data.
[[nodiscard]] constexpr bool wraps_subjects(std::uint32_t number) {
    constexpr std::uint32_t first = 1U << 30U;
    return number >= first;
}

// New trees for a folder that has none. Within a write(), once there is a data key.
[[nodiscard]] Result<void> plant_subject_keys(Database& database, const vault::KeyFile& file,
                                              vault::Suite suite, Date today);
[[nodiscard]] Result<bool> has_subject_keys(Database& database);
[[nodiscard]] Result<FolderSeal::Covers> read_covers(Database& database, const vault::KeyRing& ring);

// Within a write(): nothing that the key sealed can be opened once it is committed and the folder's seal is
// read anew. False: it was destroyed before.
[[nodiscard]] Result<bool> destroy_subject_key(Database& database, const FolderSeal& seal, SubjectKind kind,
                                               std::uint32_t id);

// Within a write(): all nodes under a new key, wrapped by the file's active master key; the old one goes.
[[nodiscard]] Result<void> rewrap_subject_keys(Database& database, const vault::KeyFile& file,
                                               const vault::KeyRing& ring, Date today);

}  // namespace doudi::store
