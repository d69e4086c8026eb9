// SPDX-License-Identifier: Apache-2.0
#include "column/segment_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "base/crc32c.h"
#include "base/hash.h"

namespace doudi::column {

namespace {

// Header page: the CRC of all before it stands at its end.
constexpr std::size_t header_crc_at = segment_header_bytes - 4;
constexpr std::size_t max_columns = 4096;

void append_text(Bytes& out, std::string_view text) {
    append_value(out, static_cast<std::uint32_t>(text.size()));
    const std::size_t at = out.size();
    out.resize(at + text.size());
    if (!text.empty()) std::memcpy(out.data() + at, text.data(), text.size());
}

void append_schema(Bytes& out, const Schema& schema) {
    append_value(out, static_cast<std::uint32_t>(schema.size()));
    for (const ColumnSpec& column : schema) {
        append_value(out, column.keyed ? keyed_kind : static_cast<std::uint8_t>(column.kind));
        append_text(out, column.name);
    }
}

// Reads values one after the other; past the end it remembers so and gives zeros.
class Cursor {
  public:
    explicit Cursor(std::span<const std::byte> bytes) : bytes_(bytes) {}

    template <class T>
    [[nodiscard]] T value() {
        if (bytes_.size() - at_ < sizeof(T)) {
            short_ = true;
            return T{};
        }
        const T result = load<T>(bytes_.data() + at_);
        at_ += sizeof(T);
        return result;
    }
    [[nodiscard]] Bytes bytes(std::size_t size) {
        if (bytes_.size() - at_ < size) {
            short_ = true;
            return {};
        }
        const auto part = bytes_.subspan(at_, size);
        at_ += size;
        return {part.begin(), part.end()};
    }
    [[nodiscard]] std::string text() {
        const auto size = value<std::uint32_t>();
        if (bytes_.size() - at_ < size) {
            short_ = true;
            return {};
        }
        std::string result(reinterpret_cast<const char*>(bytes_.data() + at_), size);
        at_ += size;
        return result;
    }
    [[nodiscard]] bool fits(std::uint64_t count, std::uint64_t each) const {
        return count <= (bytes_.size() - at_) / each;
    }
    [[nodiscard]] bool whole() const { return !short_ && at_ == bytes_.size(); }
    [[nodiscard]] bool cut() const { return short_; }

  private:
    std::span<const std::byte> bytes_;
    std::size_t at_ = 0;
    bool short_ = false;
};

Result<Schema> parse_schema(Cursor& cursor) {
    const auto count = cursor.value<std::uint32_t>();
    if (count > max_columns || !cursor.fits(count, 5)) return damaged_segment("schema");
    Schema schema(count);
    for (ColumnSpec& column : schema) {
        const auto kind = cursor.value<std::uint8_t>();
        column.keyed = kind == keyed_kind;
        if (!column.keyed && kind > static_cast<std::uint8_t>(Kind::dictionary))
            return damaged_segment("schema");
        column.kind = column.keyed ? Kind::number : static_cast<Kind>(kind);
        column.name = cursor.text();
    }
    if (cursor.cut()) return damaged_segment("schema");
    return schema;
}

// The columns' chunks follow each other from the block's begin on.
bool parts_fit(const BlockEntry& block) {
    std::uint64_t at = 0;
    for (const BlockEntry::Part& part : block.columns) {
        const bool first = &part == block.columns.data();
        if (first ? part.offset != 0 : part.offset < at + chunk_header_bytes) return false;
        if (part.offset % chunk_alignment != 0) return false;
        if (part.offset > block.bytes || block.bytes - part.offset < chunk_header_bytes) return false;
        at = part.offset;
    }
    return true;
}

Result<void> check_blocks(const Footer& footer, std::uint64_t footer_offset) {
    std::uint64_t at = segment_header_bytes;
    std::uint64_t rows = 0;
    for (const BlockEntry& block : footer.blocks) {
        const bool last = &block == &footer.blocks.back();
        const bool rows_ok =
            last ? block.rows > 0 && block.rows <= segment_block_rows : block.rows == segment_block_rows;
        const bool place_ok =
            block.offset == at && block.bytes % segment_alignment == 0 && block.bytes <= footer_offset - at;
        if (!rows_ok || !place_ok || !parts_fit(block)) return damaged_segment("directory");
        at += block.bytes;
        rows += block.rows;
    }
    if (at != footer_offset || rows != footer.rows) return damaged_segment("directory");
    return {};
}

}  // namespace

std::unexpected<Error> damaged_segment(std::string_view what) {
    return fail(ErrorKind::unreadable, "segment_damaged",
                {fmt::format("段文件已损坏或被截断（{}）", what),
                 fmt::format("the segment is damaged or cut off ({})", what)});
}

std::uint64_t schema_hash(const Schema& schema) {
    Bytes bytes;
    append_schema(bytes, schema);
    return hash64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Schema stored_schema(Schema schema, const SealMark& mark) {
    for (ColumnSpec& column : schema) column.keyed = column.keyed && mark.cipher != Cipher::none;
    return schema;
}

std::string key_name(const SealMark& mark) {
    return fmt::format("{:016x}/{}", mark.ring, mark.key);
}

std::unexpected<Error> broken_seal(std::string_view what, const SealMark& mark) {
    return fail(
        ErrorKind::unreadable, "segment_seal",
        {fmt::format("段文件未通过认证（{}）：内容被改动、调换或截断，或密钥 {} 不符", what, key_name(mark)),
         fmt::format(
             "the segment fails its authentication ({}): it was changed, swapped or cut, or key {} is "
             "another one",
             what, key_name(mark))});
}

Bytes header_bytes(const Header& header) {
    Bytes page(segment_header_bytes);
    std::memcpy(page.data(), segment_magic.data(), segment_magic.size());
    store(page.data() + 8, segment_version);
    store(page.data() + 12, static_cast<std::uint32_t>(header.mark.cipher));
    store(page.data() + 16, header.schema_hash);
    store(page.data() + 24, segment_block_rows);
    store(page.data() + 32, header.mark.ring);
    store(page.data() + 40, header.mark.key);
    store(page.data() + header_crc_at, crc32c(page.data(), header_crc_at));
    return page;
}

Result<Header> parse_header(std::span<const std::byte> page) {
    if (page.size() < segment_header_bytes ||
        std::memcmp(page.data(), segment_magic.data(), segment_magic.size()) != 0) {
        return fail(ErrorKind::unreadable, "segment_magic", {"这不是段文件", "this is no segment file"});
    }
    // The version comes before the CRC: a later one may keep it elsewhere.
    const auto version = load<std::uint32_t>(page.data() + 8);
    if (version != segment_version) {
        return fail(ErrorKind::unreadable, "segment_version",
                    {fmt::format("段文件格式版本为 {}，本程序只能读取版本 {}", version, segment_version),
                     fmt::format("the segment has format version {}, this program reads version {}", version,
                                 segment_version)});
    }
    const Header header{load<std::uint64_t>(page.data() + 16),
                        {static_cast<Cipher>(load<std::uint32_t>(page.data() + 12)),
                         load<std::uint64_t>(page.data() + 32), load<std::uint32_t>(page.data() + 40)}};
    // Made anew and compared: whatever is not said is zero.
    if (!std::ranges::equal(header_bytes(header), page.first(segment_header_bytes)))
        return damaged_segment("header");
    return header;
}

std::array<std::byte, about_bytes> about_part(const Header& header, Part part, std::uint64_t number,
                                              std::uint64_t offset) {
    std::array<std::byte, about_bytes> about{};
    std::memcpy(about.data(), segment_magic.data(), segment_magic.size());
    store(about.data() + 8, segment_version);
    store(about.data() + 12, header.mark.cipher);
    store(about.data() + 16, header.schema_hash);
    store(about.data() + 24, segment_block_rows);
    store(about.data() + 28, static_cast<std::uint32_t>(part));
    store(about.data() + 32, header.mark.ring);
    store(about.data() + 40, header.mark.key);
    store(about.data() + 48, number);
    store(about.data() + 56, offset);
    return about;
}

Bytes footer_bytes(const Footer& footer) {
    Bytes out;
    append_schema(out, footer.schema);
    append_value(out, footer.rows);
    append_value(out, static_cast<std::uint32_t>(footer.blocks.size()));
    for (const BlockEntry& block : footer.blocks) {
        append_value(out, block.offset);
        append_value(out, block.bytes);
        append_value(out, block.rows);
        out.insert(out.end(), block.seal.begin(), block.seal.end());
        for (const BlockEntry::Part& part : block.columns) {
            append_value(out, part.offset);
            append_value(out, part.min);
            append_value(out, part.max);
        }
    }
    return out;
}

Result<Footer> parse_footer(std::span<const std::byte> bytes, std::uint64_t footer_offset,
                            std::size_t seal_bytes) {
    Cursor cursor(bytes);
    Footer footer;
    footer.schema = TRY(parse_schema(cursor));
    // Keyed columns are known to sealed segments alone.
    if (seal_bytes == 0 && std::ranges::any_of(footer.schema, &ColumnSpec::keyed))
        return damaged_segment("schema");
    footer.rows = cursor.value<std::uint64_t>();
    const auto count = cursor.value<std::uint32_t>();
    if (!cursor.fits(count, 20 + seal_bytes + 24 * footer.schema.size())) return damaged_segment("directory");
    footer.blocks.resize(count);
    for (BlockEntry& block : footer.blocks) {
        block.offset = cursor.value<std::uint64_t>();
        block.bytes = cursor.value<std::uint64_t>();
        block.rows = cursor.value<std::uint32_t>();
        block.seal = cursor.bytes(seal_bytes);
        block.columns.resize(footer.schema.size());
        for (BlockEntry::Part& part : block.columns) {
            part.offset = cursor.value<std::uint64_t>();
            part.min = cursor.value<std::int64_t>();
            part.max = cursor.value<std::int64_t>();
        }
    }
    if (!cursor.whole()) return damaged_segment("directory");
    TRY_VOID(check_blocks(footer, footer_offset));
    return footer;
}

std::array<std::byte, segment_trailer_bytes> trailer_bytes(const Trailer& trailer) {
    std::array<std::byte, segment_trailer_bytes> out{};
    store(out.data(), trailer.footer_offset);
    store(out.data() + 8, trailer.footer_size);
    store(out.data() + 16, trailer.footer_crc);
    store(out.data() + 20, crc32c(out.data(), 20));
    std::memcpy(out.data() + 24, segment_trailer_magic.data(), segment_trailer_magic.size());
    return out;
}

Result<Trailer> parse_trailer(std::span<const std::byte> bytes, std::uint64_t file_size) {
    const bool magic =
        std::memcmp(bytes.data() + 24, segment_trailer_magic.data(), segment_trailer_magic.size()) == 0;
    if (!magic || load<std::uint32_t>(bytes.data() + 20) != crc32c(bytes.data(), 20))
        return damaged_segment("trailer");
    const Trailer trailer{load<std::uint64_t>(bytes.data()), load<std::uint64_t>(bytes.data() + 8),
                          load<std::uint32_t>(bytes.data() + 16)};
    const std::uint64_t body = file_size - segment_trailer_bytes;
    const bool place = trailer.footer_offset >= segment_header_bytes && trailer.footer_offset <= body &&
                       trailer.footer_size == body - trailer.footer_offset;
    if (!place) return damaged_segment("trailer");
    return trailer;
}

}  // namespace doudi::column
