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

// A row without a value reads as 0 here too.
void show_numbers(const PartSeal& seal, Column& column) {
    seal.show_numbers(column.numbers);
    for (std::size_t row = 0; row < column.status.size(); ++row) {
        if (column.status[row] != Status::value) column.numbers[row] = 0;
    }
}

// Blocks are a few MB; a damaged directory must not make us ask for the file's size in memory unless the file
// is that large.
std::span<std::byte> thread_buffer(std::size_t bytes) {
    static thread_local AlignedBuffer buffer;
    return buffer.of(bytes);
}

}  // namespace

struct SegmentReader::State {
    std::shared_ptr<const ByteSource> source;
    Header header;
    std::shared_ptr<const PartSeal> seal;  // null: plain
    Footer footer;

    [[nodiscard]] static Result<std::shared_ptr<const State>> open(std::shared_ptr<const ByteSource> source);
    [[nodiscard]] Result<void> read_footer(const Trailer& trailer);
    [[nodiscard]] Result<void> read_block(std::size_t block, Batch& out) const;
};

namespace {

std::string cipher_name(Cipher cipher) {
    switch (cipher) {
        case Cipher::none:
            return "none";
        case Cipher::aes_256_gcm:
            return "AES-256-GCM";
        case Cipher::sm4_ctr_hmac_sm3:
            return "SM4-CTR + HMAC-SM3";
    }
    return fmt::format("#{}", static_cast<std::uint32_t>(cipher));
}

// A plain segment in a sealed place is not ours: whoever can write files there could put one in.
Result<std::shared_ptr<const PartSeal>> seal_of(const ByteSource& source, const SealMark& mark) {
    const auto sealing = source.sealing();
    const bool plain = mark.cipher == Cipher::none;
    if (sealing == nullptr && plain) return std::shared_ptr<const PartSeal>();
    if (plain) {
        return fail(ErrorKind::unreadable, "segment_not_sealed",
                    {"数据目录是加密的，这个段文件却没有加密：不予读取",
                     "the data folder is sealed and this segment is not: it is not read"});
    }
    const bool known = mark.cipher == Cipher::aes_256_gcm || mark.cipher == Cipher::sm4_ctr_hmac_sm3;
    if (sealing == nullptr || !known) {
        const std::string name = cipher_name(mark.cipher);
        return fail(
            ErrorKind::unreadable, "segment_cipher",
            {fmt::format("段文件以 {} 加密（密钥 {}），这里没有打开它的密钥", name, key_name(mark)),
             fmt::format("the segment is sealed with {} (key {}), and there is no key here that opens it",
                         name, key_name(mark))});
    }
    return sealing->find(mark);
}

// Whatever went wrong inside says in which file.
template <class T>
Result<T> in_file(Result<T> result, const ByteSource& source) {
    if (!result && result.error().where.empty()) result.error().where = source.name();
    return result;
}

}  // namespace

Result<void> SegmentReader::State::read_footer(const Trailer& trailer) {
    Bytes bytes(trailer.footer_size);
    TRY_VOID(source->read(trailer.footer_offset, bytes));
    if (crc32c(bytes.data(), bytes.size()) != trailer.footer_crc) return damaged_segment("directory");
    const std::size_t seal_bytes = seal != nullptr ? seal->seal_bytes() : 0;
    if (bytes.size() < seal_bytes) return damaged_segment("directory");
    const auto content = std::span(bytes).first(bytes.size() - seal_bytes);
    if (seal != nullptr) {
        const auto about = about_part(header, Part::footer, 0, trailer.footer_offset);
        if (!seal->open(about, content, std::span(bytes).subspan(content.size())))
            return broken_seal("directory", header.mark);
    }
    footer = TRY(parse_footer(content, trailer.footer_offset, seal_bytes));
    return {};
}

Result<SegmentReader> SegmentReader::open(std::shared_ptr<const ByteSource> source) {
    const auto from = source;
    SegmentReader reader;
    reader.state_ = TRY(in_file(State::open(std::move(source)), *from));
    return reader;
}

Result<std::shared_ptr<const SegmentReader::State>> SegmentReader::State::open(
    std::shared_ptr<const ByteSource> source) {
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
    auto state = std::make_shared<State>();
    state->header = TRY(parse_header(page));
    state->seal = TRY(seal_of(*source, state->header.mark));
    state->source = std::move(source);
    std::array<std::byte, segment_trailer_bytes> tail{};
    TRY_VOID(state->source->read(size - segment_trailer_bytes, tail));
    TRY_VOID(state->read_footer(TRY(parse_trailer(tail, size))));
    if (schema_hash(state->footer.schema) != state->header.schema_hash) return damaged_segment("schema");
    return state;
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
    const ColumnSpec& spec = state_->footer.schema.at(column);
    ensure(spec.kind == Kind::number && !spec.keyed, "the range of a number column");
    const BlockEntry::Part& part = state_->footer.blocks.at(block).columns.at(column);
    return {part.min, part.max};
}

Result<void> SegmentReader::read_block(std::size_t block, Batch& out) const {
    return in_file(state_->read_block(block, out), *state_->source);
}

Result<void> SegmentReader::State::read_block(std::size_t block, Batch& out) const {
    const BlockEntry& entry = footer.blocks.at(block);
    const Schema& schema = footer.schema;
    const std::span<std::byte> bytes = thread_buffer(entry.bytes);
    TRY_VOID(source->read(entry.offset, bytes));
    if (seal != nullptr &&
        !seal->open(about_part(header, Part::block, block, entry.offset), bytes, entry.seal))
        return broken_seal(fmt::format("block {}", block), header.mark);
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
        if (schema[i].keyed) show_numbers(*seal, out.columns[i]);
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
