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
inline constexpr std::uint8_t keyed_kind = 3;  // in a schema: a number column under the keyed permutation

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
    Bytes seal;  // empty where there is no cipher
    std::vector<Part> columns;
};

struct Footer {
    Schema schema;
    std::uint64_t rows = 0;
    std::vector<BlockEntry> blocks;
};

struct Header {
    std::uint64_t schema_hash = 0;
    SealMark mark;
};

// Of the schema as it stands in the footer: where nothing is sealed, no column is keyed.
[[nodiscard]] std::uint64_t schema_hash(const Schema& schema);
[[nodiscard]] Schema stored_schema(Schema schema, const SealMark& mark);
[[nodiscard]] Bytes header_bytes(const Header& header);
// Refuses other magic, version and a damaged page.
[[nodiscard]] Result<Header> parse_header(std::span<const std::byte> page);
[[nodiscard]] Bytes footer_bytes(const Footer& footer);
// Every number in it has been checked against the file's size when it returns. `seal_bytes`: of each block.
[[nodiscard]] Result<Footer> parse_footer(std::span<const std::byte> bytes, std::uint64_t footer_offset,
                                          std::size_t seal_bytes = 0);

// What the seal of a part is bound to: all that the header says, which part it is and where it begins.
enum class Part : std::uint8_t { block = 1, footer = 2 };
inline constexpr std::size_t about_bytes = 64;
[[nodiscard]] std::array<std::byte, about_bytes> about_part(const Header& header, Part part,
                                                            std::uint64_t number, std::uint64_t offset);

struct Trailer {
    std::uint64_t footer_offset = 0;
    std::uint64_t footer_size = 0;
    std::uint32_t footer_crc = 0;
};
[[nodiscard]] std::array<std::byte, segment_trailer_bytes> trailer_bytes(const Trailer& trailer);
[[nodiscard]] Result<Trailer> parse_trailer(std::span<const std::byte> bytes, std::uint64_t file_size);

// A part that was changed, swapped or cut, or whose key is another one.
[[nodiscard]] std::unexpected<Error> broken_seal(std::string_view what, const SealMark& mark);
// "5f0c8d2a91b3e764/1": the key's name as people see it.
[[nodiscard]] std::string key_name(const SealMark& mark);

// Why a file is no sound segment. `what` names the part: "header", "directory", "block 3, column name".
[[nodiscard]] std::unexpected<Error> damaged_segment(std::string_view what);

}  // namespace doudi::column
