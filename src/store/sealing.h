// SPDX-License-Identifier: Apache-2.0
// The keys of a data folder while it is open: what segments, originals and columns are sealed with
// (docs/security.md). A folder is sealed as a whole or not at all; which cipher, and which ring, stand in its
// settings, the wrapped data keys in the table data_key, the master keys in a file outside.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "column/seal.h"
#include "store/database.h"
#include "vault/key_ring.h"
#include "vault/key_tree.h"

namespace doudi::store {

// How a new folder is to be sealed. By default it is not.
struct SealChoice {
    std::optional<vault::Suite> suite;
    std::filesystem::path key_file;  // empty: beside the folder. Made if it is not there, else used.
    Date today;                      // noted with keys that are made
};

// The name in the setting `cipher`, and back: "aes-256-gcm", "sm4-ctr-hmac-sm3".
[[nodiscard]] std::string setting_of(vault::Suite suite);
[[nodiscard]] std::optional<vault::Suite> suite_of_setting(std::string_view setting);

// <folder>.keys: beside the data, so that it is not lost with a home directory; outside, so that a copy of
// the folder is of no use without it.
[[nodiscard]] std::filesystem::path default_key_file(const std::filesystem::path& folder);

enum class SubjectKind : std::uint8_t { person = 1, household = 2 };

class FolderSeal : public column::Sealing {
  public:
    using Covers = std::array<std::shared_ptr<const vault::KeyCover>, 2>;  // by SubjectKind, from 1
    FolderSeal(std::shared_ptr<const vault::KeyRing> ring, Covers covers);
    [[nodiscard]] const vault::KeyRing& ring() const { return *ring_; }
    // The same keys of the folder, after some of single people were destroyed.
    [[nodiscard]] std::shared_ptr<const FolderSeal> with(Covers covers) const {
        return std::make_shared<const FolderSeal>(ring_, std::move(covers));
    }
    // From which the keys of single people and households follow, but for those that were destroyed. Null:
    // the folder was sealed by an older program and not yet opened for writing.
    [[nodiscard]] const std::shared_ptr<const vault::KeyCover>& cover(SubjectKind kind) const {
        return covers_[static_cast<std::size_t>(kind) - 1];
    }
    [[nodiscard]] column::SealMark mark() const override;
    [[nodiscard]] Result<std::shared_ptr<const column::PartSeal>> find(
        const column::SealMark& mark) const override;
    // The keys of a purpose under a key that something was sealed with.
    [[nodiscard]] Result<std::shared_ptr<const vault::SealKey>> key(const column::SealMark& mark,
                                                                    std::string_view purpose) const;

  private:
    std::shared_ptr<const vault::KeyRing> ring_;
    Covers covers_;
};

// Finds or makes the key file for a new folder; says nothing in the folder yet. Refused inside the folder.
[[nodiscard]] Result<vault::KeyFile> prepare_key_file(const std::filesystem::path& folder,
                                                      const SealChoice& choice);
// What a new folder's settings say of it beside others, and its first data key. Within a write().
[[nodiscard]] Result<void> insert_seal(Database& database, const vault::KeyFile& file,
                                       const SealChoice& choice);

// For a plain folder that is to be sealed (store/seal_in_place.h): the keys that were made when this was
// begun before, or new ones. The settings say of it what they will say, under other names.
[[nodiscard]] Result<std::shared_ptr<const FolderSeal>> prepare_pending_seal(
    Database& database, const std::filesystem::path& folder, const SealChoice& choice);
// Within a write(): from its commit on the folder is sealed.
[[nodiscard]] Result<void> settle_pending_seal(Database& database);

// Null if the folder is not sealed. The key file is `given`, or the one beside the folder, or the one that
// was named when the folder was made.
[[nodiscard]] Result<std::shared_ptr<const FolderSeal>> open_seal(Database& database,
                                                                  const std::filesystem::path& folder,
                                                                  const std::filesystem::path& given);
[[nodiscard]] Result<vault::KeyFile> find_key_file(Database& database, const std::filesystem::path& folder,
                                                   const std::filesystem::path& given);
[[nodiscard]] Result<std::vector<vault::WrappedKey>> read_data_keys(Database& database);  // by number
[[nodiscard]] Result<void> insert_data_key(Database& database, const vault::WrappedKey& key);

}  // namespace doudi::store
