// SPDX-License-Identifier: Apache-2.0
// Seals small secrets of the database under a key that lies outside it; the room vault has the key ring.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace doudi::access {

class Sealer {
  public:
    Sealer() = default;
    Sealer(const Sealer&) = delete;
    Sealer& operator=(const Sealer&) = delete;
    virtual ~Sealer() = default;
    // `place` names table, column and row: a sealed text opens at its own place only.
    [[nodiscard]] virtual Result<std::string> seal(std::string_view secret, std::string_view place) const = 0;
    [[nodiscard]] virtual Result<std::string> open(std::string_view sealed, std::string_view place) const = 0;
};

}  // namespace doudi::access
