// SPDX-License-Identifier: Apache-2.0
// The file with an office's master keys. It lies outside the data folder, is its owner's alone (0600), and is
// all that is needed beside the data to read it: without it the data cannot be read by anyone. Lines of text,
// so that it can be printed and put into a safe:
//   doudi-keys 1
//   ring 5f0c8d2a91b3e764
//   master m1 2026-11-26 active 64 hexadecimal digits
//   check 64 hexadecimal digits      (SM3 of all lines before it: a slip of a typing hand is seen)
// A master key only wraps data keys (key_ring.h); changing it re-encrypts nothing but those.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "vault/secret.h"

namespace doudi::vault {

struct MasterKey {
    std::string id;  // "m1", "m2" …: its number is never used again
    Date created_on;
    bool active = false;  // one is: the others unwrap what was wrapped with them
    Secret key;           // 32 bytes
};

class KeyFile {
  public:
    // Makes a ring with one master key. The file must not be there; its folder must.
    [[nodiscard]] static Result<KeyFile> create(const std::filesystem::path& path, Date created_on);
    // key_file_missing, key_file_open (readable by others: refused), key_file_damaged.
    [[nodiscard]] static Result<KeyFile> open(const std::filesystem::path& path);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::uint64_t ring() const { return ring_; }
    [[nodiscard]] std::span<const MasterKey> masters() const { return masters_; }
    [[nodiscard]] const MasterKey& active() const;
    [[nodiscard]] const MasterKey* find(std::string_view id) const;  // null: not in this file
    // A new one becomes the active one; the file is replaced as a whole. The others stay: backups want them.
    [[nodiscard]] Result<void> add_master(Date created_on);
    // One that is not the active one goes for good: what only it wraps, in backups, opens no more.
    [[nodiscard]] Result<void> forget_master(std::string_view id);

  private:
    [[nodiscard]] Secret text() const;
    [[nodiscard]] Result<void> save() const;
    std::filesystem::path path_;
    std::uint64_t ring_ = 0;
    std::vector<MasterKey> masters_;
};

[[nodiscard]] std::string ring_name(std::uint64_t ring);  // 16 hexadecimal digits

}  // namespace doudi::vault
