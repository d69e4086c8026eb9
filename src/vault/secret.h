// SPDX-License-Identifier: Apache-2.0
// Bytes that nobody else may see: pages of their own, kept out of the swap where the system lets us, out of
// core dumps always, and zeroed when they go. And the two things that go with them: random bytes and a
// comparison that takes as long whatever it finds.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace doudi::vault {

class Secret {
  public:
    Secret() = default;
    explicit Secret(std::size_t size);  // zeros
    [[nodiscard]] static Secret random(std::size_t size);
    [[nodiscard]] static Secret copy_of(std::span<const std::byte> bytes);
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    [[nodiscard]] std::span<std::byte> bytes() { return {data_, size_}; }
    [[nodiscard]] std::span<const std::byte> bytes() const { return {data_, size_}; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

  private:
    std::byte* data_ = nullptr;
    std::size_t size_ = 0;
};

// Zeroes them so that no optimiser leaves it out.
void wipe(std::span<std::byte> bytes);
// From the system's generator (OpenSSL's, seeded by it). A machine without one stops the program.
void fill_random(std::span<std::byte> out);
// Of the same size and the same content; the time does not tell where they differ.
[[nodiscard]] bool equal_in_constant_time(std::span<const std::byte> left, std::span<const std::byte> right);

[[nodiscard]] std::string hex_of(std::span<const std::byte> bytes);  // lower case
// Nothing unless it is an even number of hexadecimal digits.
[[nodiscard]] std::optional<std::vector<std::byte>> bytes_of_hex(std::string_view hex);

}  // namespace doudi::vault
