// SPDX-License-Identifier: Apache-2.0
// What writer and reader of a segment share: the places of things in the file (docs/formats/segment.md says
// it in prose; the two must agree). All integers are little-endian. Every byte of a file is under a CRC or
// must be zero, so that no flipped bit passes.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "column/batch.h"
#include "column/segment.h"

namespace doudi::column {

static_assert(std::endian::native == std::endian::little, "lanes are copied as they lie in memory");

inline constexpr std::string_view segment_magic = "DOUDISEG";
inline constexpr std::string_view segment_trailer_magic = "SEGDOUDI";
inline constexpr std::uint32_t segment_version = 1;
inline constexpr std::size_t segment_alignment = 4096;
inline constexpr std::size_t segment_header_bytes = 4096;
inline constexpr std::size_t segment_trailer_bytes = 32;
inline constexpr std::size_t chunk_header_bytes = 48;
inline constexpr std::size_t chunk_alignment = 8;

enum class Cipher : std::uint32_t { none = 0, aes_256_gcm = 1, sm4_ctr_hmac_sm3 = 2 };

using Bytes = std::vector<std::byte>;

template <class T>
[[nodiscard]] T load(const std::byte* at) {
    static_assert(std::is_trivially_copyable_v<T>);
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

template <class T>
void store(std::byte* at, T value) {
    static_assert(std::is_trivially_copyable_v<T>);
    std::memcpy(at, &value, sizeof value);
}

template <class T>
void append_value(Bytes& out, T value) {
    const std::size_t at = out.size();
    out.resize(at + sizeof value);
    store(out.data() + at, value);
}

[[nodiscard]] constexpr std::size_t align_up(std::size_t bytes, std::size_t alignment) {
    return (bytes + alignment - 1) / alignment * alignment;
}

// The fixed head of a column's chunk in a block.
struct ChunkHeader {
    std::uint32_t crc = 0;  // CRC32C of all that follows in the chunk
    Kind kind = Kind::number;
    std::uint8_t width = 0;       // bytes of an entry of the main lane: 0, 1, 2, 4, 8
    std::uint8_t has_status = 0;  // 1: a 2-bit status lane comes first
    std::uint8_t word_width = 0;  // dictionary: bytes of an entry of the words' lengths
    std::uint32_t rows = 0;
    std::uint32_t words = 0;  // dictionary: how many
    std::int64_t min = 0;     // number: smallest and largest value; text: shortest and longest row
    std::int64_t max = 0;
    std::uint64_t text_bytes = 0;   // text: of all rows; dictionary: of all words
    std::uint64_t chunk_bytes = 0;  // with this header and the padding
};
static_assert(sizeof(ChunkHeader) == chunk_header_bytes);
static_assert(std::is_trivially_copyable_v<ChunkHeader>);

// Where a block lies and what its columns hold; the directory in the footer is a list of these.
struct BlockEntry {
    struct Part {
        std::uint64_t offset = 0;  // from the block's begin
        std::int64_t min = 0;
        std::int64_t max = 0;
    };
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;  // with the padding
    std::uint32_t rows = 0;
    std::vector<Part> columns;
};

struct Footer {
    Schema schema;
    std::uint64_t rows = 0;
    std::vector<BlockEntry> blocks;
};

[[nodiscard]] std::uint64_t schema_hash(const Schema& schema);
[[nodiscard]] Bytes header_bytes(const Schema& schema);
// The schema hash that the header states. Refuses other magic, version, cipher and a damaged page.
[[nodiscard]] Result<std::uint64_t> parse_header(std::span<const std::byte> page);
[[nodiscard]] Bytes footer_bytes(const Footer& footer);
// Every number in it has been checked against the file's size when it returns.
[[nodiscard]] Result<Footer> parse_footer(std::span<const std::byte> bytes, std::uint64_t footer_offset);

struct Trailer {
    std::uint64_t footer_offset = 0;
    std::uint64_t footer_size = 0;
    std::uint32_t footer_crc = 0;
};
[[nodiscard]] std::array<std::byte, segment_trailer_bytes> trailer_bytes(const Trailer& trailer);
[[nodiscard]] Result<Trailer> parse_trailer(std::span<const std::byte> bytes, std::uint64_t file_size);

// Why a file is no sound segment. `what` names the part: "header", "directory", "block 3, column name".
[[nodiscard]] std::unexpected<Error> damaged_segment(std::string_view what);

}  // namespace doudi::column
