// SPDX-License-Identifier: Apache-2.0
// A fast hash of byte strings, for tables and filters; not against an adversary who knows it, and not for
// signing anything. It is our own (a multiply-and-fold in the manner of wyhash) and fixed for ever: values of
// it may stand in files, and golden values in hash_test.cpp hold it to that. The same on every machine,
// whatever its byte order.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace doudi {

// A bijection of 64 bits in which every bit of the input reaches every bit of the output (splitmix64's
// finalizer).
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t value) {
    value ^= value >> 30U;
    value *= 0xBF58476D1CE4E5B9U;
    value ^= value >> 27U;
    value *= 0x94D049BB133111EBU;
    value ^= value >> 31U;
    return value;
}

namespace hash_detail {

inline constexpr std::uint64_t key0 = 0xA0761D6478BD642FU;
inline constexpr std::uint64_t key1 = 0xE7037ED1A0B428DBU;
inline constexpr std::uint64_t key2 = 0x8EBC6AF09C88C6E3U;

__extension__ using wide = unsigned __int128;

[[nodiscard]] constexpr std::uint64_t fold_product(std::uint64_t left, std::uint64_t right) {
    const wide product = static_cast<wide>(left) * right;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

template <class Word>
[[nodiscard]] inline std::uint64_t load_little(const char* bytes) {
    Word word = 0;
    std::memcpy(&word, bytes, sizeof word);
    if constexpr (std::endian::native == std::endian::big) {
        Word swapped = 0;
        for (std::size_t i = 0; i < sizeof word; ++i) {
            swapped = static_cast<Word>(swapped << 8U | (word >> (8U * i) & 0xFFU));
        }
        word = swapped;
    }
    return word;
}

// 0 to 16 bytes in two words that overlap for lengths between; the length itself goes in separately.
inline void load_short(const char* bytes, std::size_t size, std::uint64_t& low, std::uint64_t& high) {
    if (size >= 8) {
        low = load_little<std::uint64_t>(bytes);
        high = load_little<std::uint64_t>(bytes + size - 8);
    } else if (size >= 4) {
        low = load_little<std::uint32_t>(bytes);
        high = load_little<std::uint32_t>(bytes + size - 4);
    } else if (size > 0) {
        low = load_little<std::uint8_t>(bytes) << 16U | load_little<std::uint8_t>(bytes + size / 2) << 8U |
              load_little<std::uint8_t>(bytes + size - 1);
        high = 0;
    } else {
        low = 0;
        high = 0;
    }
}

}  // namespace hash_detail

[[nodiscard]] inline std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0) {
    using hash_detail::fold_product;
    using hash_detail::load_little;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t state = mix64(seed ^ hash_detail::key0);
    while (left > 16) {
        state = fold_product(load_little<std::uint64_t>(at) ^ hash_detail::key1,
                             load_little<std::uint64_t>(at + 8) ^ state);
        at += 16;
        left -= 16;
    }
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    hash_detail::load_short(at, left, low, high);
    const std::uint64_t last = fold_product(low ^ hash_detail::key1, high ^ state);
    return fold_product(last ^ hash_detail::key2, bytes.size() ^ hash_detail::key0);
}

}  // namespace doudi
