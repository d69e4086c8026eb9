// SPDX-License-Identifier: Apache-2.0
// CRC-32C (Castagnoli, RFC 3720 appendix B.4): the check sum of segment blocks. By the processor's
// instruction where there is one, by a table elsewhere; both give the same value.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE4_2__
#include <nmmintrin.h>
#endif

namespace doudi {

namespace crc_detail {

inline constexpr std::array<std::uint32_t, 256> table = [] {
    std::array<std::uint32_t, 256> out{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? crc >> 1U ^ 0x82F63B78U : crc >> 1U;
        out[byte] = crc;
    }
    return out;
}();

}  // namespace crc_detail

[[nodiscard]] inline std::uint32_t crc32c_portable(const void* data, std::size_t size,
                                                   std::uint32_t before = 0) {
    const auto* bytes = static_cast<const unsigned char*>(data);
    std::uint32_t crc = ~before;
    for (std::size_t i = 0; i < size; ++i) crc = crc >> 8U ^ crc_detail::table[(crc ^ bytes[i]) & 0xFFU];
    return ~crc;
}

// Of `data`; of data that follows other data if `before` is the value of that.
[[nodiscard]] inline std::uint32_t crc32c(const void* data, std::size_t size, std::uint32_t before = 0) {
#ifdef __SSE4_2__
    const auto* bytes = static_cast<const unsigned char*>(data);
    std::uint64_t crc = ~before;
    for (; size >= 8; size -= 8, bytes += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes, 8);
        crc = _mm_crc32_u64(crc, word);
    }
    auto narrow = static_cast<std::uint32_t>(crc);
    for (; size > 0; --size, ++bytes) narrow = _mm_crc32_u8(narrow, *bytes);
    return ~narrow;
#else
    return crc32c_portable(data, size, before);
#endif
}

}  // namespace doudi
