// SPDX-License-Identifier: Apache-2.0
// What a power cut would take back of the store's own files: bytes not yet synced, names whose folder was not
// yet synced. Kept only under "N:lose". (A removal is not taken back: everything that is removed here is
// named by no row, so its return changes nothing.)
#pragma once
#include <cstdint>
#include <filesystem>

namespace doudi::store {

void ledger_created(const std::filesystem::path& path);
void ledger_wrote(const std::filesystem::path& path, std::uint64_t size_before);
void ledger_synced(const std::filesystem::path& path);
void ledger_renamed(const std::filesystem::path& from, const std::filesystem::path& to);
void ledger_synced_folder(const std::filesystem::path& folder);
void ledger_removed(const std::filesystem::path& path);

}  // namespace doudi::store
