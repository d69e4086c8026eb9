// SPDX-License-Identifier: Apache-2.0
// Seals the secrets of second factors under the office's key file, which lies outside the data folder.
#pragma once
#include "access/sealer.h"
#include "vault/key_file.h"
#include "vault/sealer.h"

namespace doudi::http {

class TotpSealer final : public access::Sealer {
  public:
    explicit TotpSealer(const vault::KeyFile& keys);
    [[nodiscard]] Result<std::string> seal(std::string_view secret, std::string_view place) const override;
    [[nodiscard]] Result<std::string> open(std::string_view sealed, std::string_view place) const override;

  private:
    vault::SealKey key_;
};

}  // namespace doudi::http
