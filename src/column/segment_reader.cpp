// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <string>
#include <utility>

#include "base/crc32c.h"
#include "column/column_codec.h"
#include "column/segment.h"
#include "column/segment_format.h"

namespace doudi::column {

namespace {

// Page-aligned, kept by the thread: a read into memory at another residue is several times slower on some
// machines.
class AlignedBuffer {
  public:
    AlignedBuffer() = default;
    AlignedBuffer(const AlignedBuffer&) = delete;
    AlignedBuffer& operator=(const AlignedBuffer&) = delete;
    ~AlignedBuffer() { release(); }

    std::span<std::byte> of(std::size_t bytes) {
        if (bytes > size_) {
            release();
            data_ = static_cast<std::byte*>(::operator new(bytes, std::align_val_t{segment_alignment}));
            size_ = bytes;
        }
        return {data_, bytes};
    }

  private:
    void release() {
        if (data_ != nullptr) ::operator delete(data_, std::align_val_t{segment_alignment});
    }
    std::byte* data_ = nullptr;
    std::size_t size_ = 0;
};

// Blocks are a few MB; a damaged directory must not make us ask for the file's size in memory unless the file
// is that large.
std::span<std::byte> thread_buffer(std::size_t bytes) {
    static thread_local AlignedBuffer buffer;
    return buffer.of(bytes);
}

}  // namespace

struct SegmentReader::State {
    std::shared_ptr<const ByteSource> source;
    Footer footer;
};

Result<SegmentReader> SegmentReader::open(std::shared_ptr<const ByteSource> source) {
    const std::uint64_t size = source->size();
    Bytes page(segment_header_bytes);
    if (size < segment_header_bytes + segment_trailer_bytes) {
        page.resize(size);
        TRY_VOID(source->read(0, page));
        const bool ours = page.size() >= segment_magic.size() &&
                          std::memcmp(page.data(), segment_magic.data(), segment_magic.size()) == 0;
        if (ours) return damaged_segment("header");
        return fail(ErrorKind::unreadable, "segment_magic", {"这不是段文件", "this is no segment file"});
    }
    TRY_VOID(source->read(0, page));
    const std::uint64_t hash = TRY(parse_header(page));
    std::array<std::byte, segment_trailer_bytes> tail{};
    TRY_VOID(source->read(size - segment_trailer_bytes, tail));
    const Trailer trailer = TRY(parse_trailer(tail, size));
    Bytes footer(trailer.footer_size);
    TRY_VOID(source->read(trailer.footer_offset, footer));
    if (crc32c(footer.data(), footer.size()) != trailer.footer_crc) return damaged_segment("directory");
    auto state = std::make_shared<State>();
    state->footer = TRY(parse_footer(footer, trailer.footer_offset));
    if (schema_hash(state->footer.schema) != hash) return damaged_segment("schema");
    state->source = std::move(source);
    SegmentReader reader;
    reader.state_ = std::move(state);
    return reader;
}

const Schema& SegmentReader::schema() const {
    return state_->footer.schema;
}
std::uint64_t SegmentReader::rows() const {
    return state_->footer.rows;
}
std::size_t SegmentReader::blocks() const {
    return state_->footer.blocks.size();
}

std::pair<std::int64_t, std::int64_t> SegmentReader::range(std::size_t block, std::size_t column) const {
    ensure(state_->footer.schema.at(column).kind == Kind::number, "the range of a number column");
    const BlockEntry::Part& part = state_->footer.blocks.at(block).columns.at(column);
    return {part.min, part.max};
}

Result<void> SegmentReader::read_block(std::size_t block, Batch& out) const {
    const BlockEntry& entry = state_->footer.blocks.at(block);
    const Schema& schema = state_->footer.schema;
    const std::span<std::byte> bytes = thread_buffer(entry.bytes);
    TRY_VOID(state_->source->read(entry.offset, bytes));
    out.columns.resize(schema.size());
    out.rows = 0;
    std::uint64_t end = 0;
    for (std::size_t i = 0; i < schema.size(); ++i) {
        const std::string what = fmt::format("block {}, column {}", block, schema[i].name);
        const std::span<const std::byte> from = bytes.subspan(entry.columns[i].offset);
        const auto size = load<std::uint64_t>(from.data() + offsetof(ChunkHeader, chunk_bytes));
        const std::uint64_t next =
            i + 1 < schema.size() ? entry.columns[i + 1].offset : entry.columns[i].offset + size;
        if (next < entry.columns[i].offset || next > bytes.size()) return damaged_segment(what);
        out.columns[i].kind = schema[i].kind;
        TRY_VOID(decode_chunk(bytes.subspan(entry.columns[i].offset, next - entry.columns[i].offset),
                              schema[i].kind, entry.rows, what, out.columns[i]));
        end = next;
    }
    const auto rest = bytes.subspan(end);
    if (std::any_of(rest.begin(), rest.end(), [](std::byte b) { return b != std::byte{0}; })) {
        return damaged_segment(fmt::format("block {}, padding", block));
    }
    out.rows = entry.rows;
    return {};
}

}  // namespace doudi::column
