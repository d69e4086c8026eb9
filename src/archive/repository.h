// SPDX-License-Identifier: Apache-2.0
// The rows of files of cases. SQL stands in repository.cpp only.
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "archive/records.h"
#include "casework/repository.h"
#include "store/kept_class.h"

namespace doudi::archive::repository {

using casework::repository::Shelf;

// Within write(): false if the case has a file of this number already.
[[nodiscard]] Result<bool> insert_file(Shelf& shelf, const SealedFile& file);
[[nodiscard]] Result<void> insert_item(Shelf& shelf, const SealedFile& file, int place,
                                       std::span<const std::byte> content);

// The newest; none: it was never sealed.
[[nodiscard]] Result<std::optional<SealedFile>> select_newest(Shelf& shelf, casework::CaseId of);
struct ItemContent {
    std::optional<std::vector<std::byte>> bytes;  // none: its key was destroyed
};
// None: there is no such row.
[[nodiscard]] Result<std::optional<ItemContent>> select_item(Shelf& shelf, const SealedFile& file, int place);

// Closed cases of which no file has all events, by id, after one.
[[nodiscard]] Result<std::vector<casework::CaseId>> select_unsealed(Shelf& shelf, casework::CaseId after,
                                                                    int limit);

// --- for its term, and for who is forgotten, within write() ---
// Closed cases whose newest file was closed before the day and is kept.
[[nodiscard]] Result<std::vector<store::Ended>> select_ended(store::Database& database, Date before);
[[nodiscard]] Result<void> delete_items(Shelf& shelf, casework::CaseId of);
[[nodiscard]] Result<void> put_released(Shelf& shelf, casework::CaseId of, std::int64_t proof);
// Of a folder that has just got its keys: items that lie in the clear.
[[nodiscard]] Result<void> seal_items(Shelf& shelf);

}  // namespace doudi::archive::repository
