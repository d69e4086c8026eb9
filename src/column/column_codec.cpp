// SPDX-License-Identifier: Apache-2.0
#include "column/column_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "base/crc32c.h"

namespace doudi::column {

namespace {

// Bytes that hold 0 … range.
std::uint8_t width_for(std::uint64_t range) {
    if (range == 0) return 0;
    if (range <= 0xFF) return 1;
    if (range <= 0xFFFF) return 2;
    return range <= 0xFFFFFFFF ? 4 : 8;
}

std::size_t lane_bytes(std::size_t rows, std::size_t width) {
    return align_up(rows * width, chunk_alignment);
}
std::size_t status_bytes(std::size_t rows) {
    return align_up((rows + 3) / 4, chunk_alignment);
}

// Adds `bytes` zero bytes and returns where they begin.
std::byte* grow(Bytes& out, std::size_t bytes) {
    const std::size_t at = out.size();
    out.resize(at + bytes);
    return out.data() + at;
}

template <class Narrow, class Wide>
void narrow_lane(const Wide* from, std::size_t rows, Wide base, std::byte* to) {
    // Through a local array: the target's bytes could alias anything, which would keep the loop scalar.
    constexpr std::size_t step = 1024;
    Narrow part[step];
    for (std::size_t at = 0; at < rows; at += step) {
        const std::size_t count = std::min(step, rows - at);
        for (std::size_t i = 0; i < count; ++i) part[i] = static_cast<Narrow>(from[at + i] - base);
        std::memcpy(to + at * sizeof(Narrow), part, count * sizeof(Narrow));
    }
}

template <class Wide>
void put_lane(const Wide* from, std::size_t rows, Wide base, std::uint8_t width, Bytes& out) {
    std::byte* to = grow(out, lane_bytes(rows, width));
    if (width == 1) narrow_lane<std::uint8_t>(from, rows, base, to);
    if (width == 2) narrow_lane<std::uint16_t>(from, rows, base, to);
    if (width == 4) narrow_lane<std::uint32_t>(from, rows, base, to);
    if (width == 8) narrow_lane<std::uint64_t>(from, rows, base, to);
}

template <class Narrow, class Wide>
void widen_lane(const std::byte* from, std::size_t rows, Wide base, Wide* to) {
    constexpr std::size_t step = 1024;
    Narrow part[step];
    for (std::size_t at = 0; at < rows; at += step) {
        const std::size_t count = std::min(step, rows - at);
        std::memcpy(part, from + at * sizeof(Narrow), count * sizeof(Narrow));
        for (std::size_t i = 0; i < count; ++i)
            to[at + i] = static_cast<Wide>(base + static_cast<Wide>(part[i]));
    }
}

template <class Wide>
void get_lane(const std::byte* from, std::size_t rows, std::uint8_t width, Wide base, Wide* to) {
    if (width == 0) std::fill_n(to, rows, base);
    if (width == 1) widen_lane<std::uint8_t>(from, rows, base, to);
    if (width == 2) widen_lane<std::uint16_t>(from, rows, base, to);
    if (width == 4) widen_lane<std::uint32_t>(from, rows, base, to);
    if (width == 8) widen_lane<std::uint64_t>(from, rows, base, to);
}

bool has_value(const Column& column, std::size_t row) {
    return column.status_at(row) == Status::value;
}

Result<bool> needs_status(const Column& column, std::size_t rows) {
    if (column.status.empty()) return false;
    const auto* begin = column.status.data();
    const Status most = *std::max_element(begin, begin + rows);
    if (most <= Status::unknown) return most != Status::value;
    return fail(ErrorKind::invalid, "segment_status",
                {"求值错误不能写入段文件", "an evaluation error cannot be stored in a segment"});
}

void put_status(const Column& column, std::size_t rows, Bytes& out) {
    std::byte* to = grow(out, status_bytes(rows));
    const Status* from = column.status.data();
    const auto bits = [from](std::size_t row) { return static_cast<unsigned>(from[row]) << (row % 4 * 2); };
    std::size_t row = 0;
    for (; row + 4 <= rows; row += 4) {
        to[row / 4] = static_cast<std::byte>(bits(row) | bits(row + 1) | bits(row + 2) | bits(row + 3));
    }
    for (; row < rows; ++row) to[row / 4] |= static_cast<std::byte>(bits(row));
}

void put_numbers(const Column& column, std::size_t rows, ChunkHeader& header, Bytes& out) {
    static thread_local std::vector<std::uint64_t> scratch;
    scratch.resize(rows);
    std::memcpy(scratch.data(), column.numbers.data(), rows * sizeof(std::uint64_t));
    std::int64_t low = std::numeric_limits<std::int64_t>::max();
    std::int64_t high = std::numeric_limits<std::int64_t>::min();
    if (header.has_status == 0) {
        for (std::size_t row = 0; row < rows; ++row) {
            low = std::min(low, column.numbers[row]);
            high = std::max(high, column.numbers[row]);
        }
    } else {
        for (std::size_t row = 0; row < rows; ++row) {
            if (!has_value(column, row)) continue;
            low = std::min(low, column.numbers[row]);
            high = std::max(high, column.numbers[row]);
        }
        for (std::size_t row = 0; row < rows; ++row) {
            if (!has_value(column, row)) scratch[row] = static_cast<std::uint64_t>(low);
        }
    }
    header.min = low;
    header.max = high;
    const auto base = static_cast<std::uint64_t>(low);
    header.width = low > high ? std::uint8_t{0} : width_for(static_cast<std::uint64_t>(high) - base);
    put_lane(scratch.data(), rows, base, header.width, out);
}

void put_text(const Column& column, std::size_t rows, ChunkHeader& header, Bytes& out) {
    static thread_local std::vector<std::uint32_t> lengths;
    lengths.resize(rows);
    const std::uint32_t* ends = column.text.ends.data();
    lengths[0] = ends[0];
    for (std::size_t row = 1; row < rows; ++row) lengths[row] = ends[row] - ends[row - 1];
    if (header.has_status == 1) {
        for (std::size_t row = 0; row < rows; ++row) {
            if (!has_value(column, row)) lengths[row] = 0;
        }
    }
    std::uint64_t total = 0;
    std::uint32_t low = lengths[0];
    std::uint32_t high = lengths[0];
    for (std::size_t row = 0; row < rows; ++row) {
        total += lengths[row];
        low = std::min(low, lengths[row]);
        high = std::max(high, lengths[row]);
    }
    header.min = low;
    header.max = high;
    header.text_bytes = total;
    header.width = width_for(high - low);
    put_lane(lengths.data(), rows, low, header.width, out);
    std::byte* to = grow(out, align_up(total, chunk_alignment));
    if (total == column.text.bytes.size()) {
        if (total > 0) std::memcpy(to, column.text.bytes.data(), total);
        return;
    }
    for (std::size_t row = 0; row < rows; ++row) {
        if (lengths[row] == 0) continue;
        std::memcpy(to, column.text.bytes.data() + column.text.ends[row] - lengths[row], lengths[row]);
        to += lengths[row];
    }
}

// The writer keeps the words in the order in which rows first use them, and no others.
void put_dictionary(const Column& column, std::size_t rows, ChunkHeader& header, Bytes& out) {
    const std::vector<std::string>& words = column.dictionary.words;
    std::vector<std::uint32_t> lengths;
    std::uint32_t longest = 0;
    for (const std::string& word : words) {
        lengths.push_back(static_cast<std::uint32_t>(word.size()));
        longest = std::max(longest, lengths.back());
        header.text_bytes += word.size();
    }
    header.words = static_cast<std::uint32_t>(words.size());
    header.width = width_for(words.empty() ? 0 : words.size() - 1);
    header.word_width = width_for(longest);
    put_lane(column.dictionary.codes.data(), rows, std::uint32_t{0}, header.width, out);
    put_lane(lengths.data(), lengths.size(), std::uint32_t{0}, header.word_width, out);
    std::byte* to = grow(out, align_up(header.text_bytes, chunk_alignment));
    for (const std::string& word : words) {
        if (!word.empty()) std::memcpy(to, word.data(), word.size());
        to += word.size();
    }
}

bool is_width(std::uint8_t width) {
    return width <= 2 || width == 4 || width == 8;
}

// The chunk's parts, all within its bytes.
struct ChunkParts {
    const std::byte* status = nullptr;
    const std::byte* lane = nullptr;
    const std::byte* word_lengths = nullptr;
    const std::byte* text = nullptr;
};

Result<ChunkParts> locate(std::span<const std::byte> chunk, const ChunkHeader& header,
                          std::string_view what) {
    if (!is_width(header.width) || !is_width(header.word_width) || header.has_status > 1)
        return damaged_segment(what);
    const std::size_t most_text =
        std::min<std::size_t>(chunk.size(), std::numeric_limits<std::uint32_t>::max());
    if (header.words > header.rows || header.text_bytes > most_text) return damaged_segment(what);
    if (header.kind != Kind::number && (header.width > 4 || header.word_width > 4))
        return damaged_segment(what);
    const std::size_t status = header.has_status == 1 ? status_bytes(header.rows) : 0;
    const std::size_t lane = lane_bytes(header.rows, header.width);
    const std::size_t words = lane_bytes(header.words, header.word_width);
    const std::size_t need =
        chunk_header_bytes + status + lane + words + align_up(header.text_bytes, chunk_alignment);
    if (need != header.chunk_bytes) return damaged_segment(what);
    ChunkParts parts;
    parts.status = chunk.data() + chunk_header_bytes;
    parts.lane = parts.status + status;
    parts.word_lengths = parts.lane + lane;
    parts.text = parts.word_lengths + words;
    return parts;
}

bool get_status(const std::byte* from, std::size_t rows, std::vector<Status>& out) {
    static constexpr auto spread = [] {
        std::array<std::array<Status, 4>, 256> table{};
        for (unsigned byte = 0; byte < 256; ++byte) {
            for (unsigned i = 0; i < 4; ++i) table[byte][i] = static_cast<Status>(byte >> (i * 2) & 3U);
        }
        return table;
    }();
    out.resize(align_up(rows, 4));
    unsigned both_bits = 0;
    for (std::size_t row = 0; row < rows; row += 4) {
        const auto byte = std::to_integer<unsigned>(from[row / 4]);
        both_bits |= byte & byte >> 1U;
        std::memcpy(out.data() + row, spread[byte].data(), 4);
    }
    out.resize(rows);
    return (both_bits & 0x55U) == 0;
}

void get_numbers(const ChunkParts& parts, const ChunkHeader& header, Column& out) {
    static_assert(sizeof(std::int64_t) == sizeof(std::uint64_t));
    out.numbers.resize(header.rows);
    auto* to = reinterpret_cast<std::uint64_t*>(out.numbers.data());
    get_lane(parts.lane, header.rows, header.width, static_cast<std::uint64_t>(header.min), to);
    for (std::size_t row = 0; row < out.status.size(); ++row) {
        if (out.status[row] != Status::value) out.numbers[row] = 0;
    }
}

bool get_text(const ChunkParts& parts, const ChunkHeader& header, TextColumn& out) {
    out.ends.resize(header.rows);
    get_lane(parts.lane, header.rows, header.width, static_cast<std::uint32_t>(header.min), out.ends.data());
    std::uint64_t end = 0;
    for (std::uint32_t& entry : out.ends) {
        end += entry;
        entry = static_cast<std::uint32_t>(end);
    }
    if (end != header.text_bytes) return false;
    out.bytes.assign(reinterpret_cast<const char*>(parts.text), header.text_bytes);
    return true;
}

bool get_dictionary(const ChunkParts& parts, const ChunkHeader& header, DictionaryColumn& out) {
    out.codes.resize(header.rows);
    get_lane(parts.lane, header.rows, header.width, std::uint32_t{0}, out.codes.data());
    std::vector<std::uint32_t> lengths(header.words);
    get_lane(parts.word_lengths, header.words, header.word_width, std::uint32_t{0}, lengths.data());
    out.words.clear();
    std::uint64_t at = 0;
    for (const std::uint32_t length : lengths) {
        if (length > header.text_bytes - at) return false;
        out.words.emplace_back(reinterpret_cast<const char*>(parts.text + at), length);
        at += length;
    }
    // No row has a value: code 0 of the rows still wants a word to stand for.
    if (out.words.empty()) out.words.emplace_back();
    std::uint32_t highest = 0;
    for (const std::uint32_t code : out.codes) highest = std::max(highest, code);
    return at == header.text_bytes && highest < out.words.size();
}

}  // namespace

Result<ChunkHeader> encode_chunk(const Column& column, std::size_t rows, Bytes& out) {
    ensure(rows > 0 && rows <= segment_block_rows, "rows of a block");
    const std::size_t begin = out.size();
    ChunkHeader header;
    header.kind = column.kind;
    header.rows = static_cast<std::uint32_t>(rows);
    header.has_status = TRY(needs_status(column, rows)) ? 1 : 0;
    grow(out, chunk_header_bytes);
    if (header.has_status == 1) put_status(column, rows, out);
    switch (column.kind) {
        case Kind::number:
            put_numbers(column, rows, header, out);
            break;
        case Kind::text:
            put_text(column, rows, header, out);
            break;
        case Kind::dictionary:
            put_dictionary(column, rows, header, out);
            break;
    }
    header.chunk_bytes = out.size() - begin;
    std::memcpy(out.data() + begin, &header, sizeof header);
    header.crc = crc32c(out.data() + begin + sizeof header.crc, header.chunk_bytes - sizeof header.crc);
    store(out.data() + begin, header.crc);
    return header;
}

Result<void> decode_chunk(std::span<const std::byte> chunk, Kind kind, std::size_t rows,
                          std::string_view what, Column& out) {
    if (chunk.size() < chunk_header_bytes) return damaged_segment(what);
    const std::uint64_t claimed = load<std::uint64_t>(chunk.data() + offsetof(ChunkHeader, chunk_bytes));
    if (claimed != chunk.size() ||
        load<std::uint32_t>(chunk.data()) != crc32c(chunk.data() + 4, chunk.size() - 4)) {
        return damaged_segment(what);
    }
    const auto header = load<ChunkHeader>(chunk.data());
    if (header.kind != kind || header.rows != rows) return damaged_segment(what);
    const ChunkParts parts = TRY(locate(chunk, header, what));
    out.status.clear();
    bool sound = header.has_status == 0 || get_status(parts.status, rows, out.status);
    switch (kind) {
        case Kind::number:
            get_numbers(parts, header, out);
            break;
        case Kind::text:
            sound = get_text(parts, header, out.text) && sound;
            break;
        case Kind::dictionary:
            sound = get_dictionary(parts, header, out.dictionary) && sound;
            break;
    }
    if (!sound) return damaged_segment(what);
    return {};
}

}  // namespace doudi::column
