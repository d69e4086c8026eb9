// SPDX-License-Identifier: Apache-2.0
// Small secrets sealed by the office's key ring, and what else a data folder's ring gives to this room.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "access/sealer.h"
#include "store/data_folder.h"
#include "vault/key_ring.h"

namespace doudi::access {

// Sealed: the data key's number, a colon, hexadecimal digits. The ring must outlive it; any thread may ask.
class VaultSealer final : public Sealer {
  public:
    explicit VaultSealer(const vault::KeyRing& ring) : ring_(&ring) {}
    [[nodiscard]] Result<std::string> seal(std::string_view secret, std::string_view place) const override;
    // "sealed_damaged": another place, another key, or edited.
    [[nodiscard]] Result<std::string> open(std::string_view sealed, std::string_view place) const override;

  private:
    const vault::KeyRing* ring_;
};

// For an office without keys: it seals nothing, so nothing that must be sealed can be kept ("keys_missing").
class NoSealer final : public Sealer {
  public:
    [[nodiscard]] Result<std::string> seal(std::string_view secret, std::string_view place) const override;
    [[nodiscard]] Result<std::string> open(std::string_view sealed, std::string_view place) const override;
};

// Seals with the folder's ring and keeps it; of a folder that is not sealed: a NoSealer.
[[nodiscard]] std::unique_ptr<Sealer> sealer_of(const store::DataFolder& folder);
// The folder's key of a purpose (vault/purpose.h), always the same; empty: the folder is not sealed.
[[nodiscard]] std::string folder_key(const store::DataFolder& folder, std::string_view purpose);
// What the chain of the log is keyed with.
[[nodiscard]] std::string audit_key_of(const store::DataFolder& folder);

}  // namespace doudi::access
