// SPDX-License-Identifier: Apache-2.0
// A keyed permutation of 63-bit numbers, the top bit left as it is: how identity numbers (base/id_number.h:
// packed, the top bit says that the check character is wrong) stand where a column of numbers is kept. A
// Feistel network of six rounds over 31 and 32 bits whose round function is AES-128; equal numbers stay
// equal, and nothing else of them is left. Also a blind index: without false hits, because it is a bijection.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace doudi::vault {

// For one thread at a time. In bulk some ten to twenty nanoseconds a number.
class NumberPermutation {
  public:
    NumberPermutation(std::span<const std::byte> key, std::string_view purpose);
    NumberPermutation(NumberPermutation&&) noexcept;
    NumberPermutation& operator=(NumberPermutation&&) noexcept;
    ~NumberPermutation();
    void hide(std::span<std::uint64_t> numbers);
    void show(std::span<std::uint64_t> numbers);
    [[nodiscard]] std::uint64_t hidden(std::uint64_t number);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace doudi::vault
