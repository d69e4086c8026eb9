// SPDX-License-Identifier: Apache-2.0
// SHA-256 as bytes go by (OpenSSL EVP, which takes the processor's instructions where there are any).
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace doudi::store {

class Sha256 {
  public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();
    void add(std::span<const std::byte> bytes);
    [[nodiscard]] std::string hex();  // 64 lower-case digits; once

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace doudi::store
