// SPDX-License-Identifier: Apache-2.0
// A plain folder is sealed where it lies. Each file gets a sealed copy beside it, one after the other; then
// one transaction seals all rows and names the copies; then the plain files go. Killed before that
// transaction, the folder is plain and works as before, and the copies that are ready need not be made again;
// killed after it, the folder is sealed and the next opening takes the plain files away. It wants room for a
// second copy.
#pragma once
#include <cstdint>
#include <functional>
#include <span>

#include "base/result.h"
#include "store/data_folder.h"

namespace doudi::store {

// Seals the rows of one room in the folder, which has keys by then. Within the one transaction.
using SealRows = std::function<Result<void>(DataFolder&)>;

// Conflict "sealed_already". `progress`: bytes of files.
[[nodiscard]] Result<void> seal_in_place(
    DataFolder& folder, const SealChoice& choice, std::span<const SealRows> rows,
    const std::function<void(std::uint64_t done, std::uint64_t total)>& progress);

}  // namespace doudi::store
