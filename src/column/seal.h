// SPDX-License-Identifier: Apache-2.0
// How a segment is sealed, as this room sees it: blocks and the footer are encrypted and authenticated by
// something that store/ makes of the vault's keys. A place where segments lie hands its Sealing to whoever
// writes or reads there (ByteSink, ByteSource), so that nobody can forget it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/result.h"

namespace doudi::column {

enum class Cipher : std::uint32_t { none = 0, aes_256_gcm = 1, sm4_ctr_hmac_sm3 = 2 };

// What the header says of it: the cipher and the key, by name.
struct SealMark {
    Cipher cipher = Cipher::none;
    std::uint64_t ring = 0;
    std::uint32_t key = 0;
    friend bool operator==(const SealMark&, const SealMark&) = default;
};

// Seals or opens the parts of segments with one key. Any thread.
class PartSeal {
  public:
    virtual ~PartSeal() = default;
    [[nodiscard]] virtual std::size_t seal_bytes() const = 0;
    // Encrypts the bytes where they lie; `about` is bound in and not encrypted.
    virtual void seal(std::span<const std::byte> about, std::span<std::byte> bytes,
                      std::span<std::byte> seal) const = 0;
    // False if any bit of the three is another; the bytes are zeros then.
    [[nodiscard]] virtual bool open(std::span<const std::byte> about, std::span<std::byte> bytes,
                                    std::span<const std::byte> seal) const = 0;
    // The keyed permutation under which identity numbers stand (ColumnSpec::keyed).
    virtual void hide_numbers(std::span<std::int64_t> numbers) const = 0;
    virtual void show_numbers(std::span<std::int64_t> numbers) const = 0;
};

class Sealing {
  public:
    virtual ~Sealing() = default;
    [[nodiscard]] virtual SealMark mark() const = 0;  // of what is written from now on
    // The error names the key that is not there.
    [[nodiscard]] virtual Result<std::shared_ptr<const PartSeal>> find(const SealMark& mark) const = 0;
};

}  // namespace doudi::column
