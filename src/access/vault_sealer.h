// SPDX-License-Identifier: Apache-2.0
// Small secrets sealed by the office's key ring.
#pragma once
#include "access/sealer.h"
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

}  // namespace doudi::access
