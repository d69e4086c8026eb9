// SPDX-License-Identifier: Apache-2.0
// SM4 on single blocks (GB/T 32907), for making keys of keys; nothing that is kept is encrypted with it.
#pragma once
#include <cstddef>
#include <memory>
#include <span>

namespace doudi::vault {

// For one thread.
class BlockCipher {
  public:
    static constexpr std::size_t bytes = 16;  // of a key and of a block
    BlockCipher();
    BlockCipher(BlockCipher&&) noexcept;
    BlockCipher& operator=(BlockCipher&&) noexcept;
    ~BlockCipher();
    void set_key(std::span<const std::byte, bytes> key);
    // Whole blocks, where they lie.
    void encrypt(std::span<std::byte> blocks);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace doudi::vault
