// SPDX-License-Identifier: Apache-2.0
#include "store/sealed_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/crc32c.h"
#include "column/segment_format.h"
#include "vault/purpose.h"

namespace doudi::store {

namespace {

using column::Bytes;

constexpr std::string_view magic = "DOUDISEA";
constexpr std::string_view trailer_magic = "AESIDUOD";
constexpr std::uint32_t version = 1;
constexpr std::size_t header_bytes = 4096;
constexpr std::size_t header_crc_at = header_bytes - 4;
constexpr std::size_t trailer_bytes = 32;
constexpr std::size_t name_bytes = sizeof(vault::Digest);
constexpr std::size_t directory_head = 8 + name_bytes;
enum class Part : std::uint32_t { chunk = 1, directory = 2 };

Bytes header_of(const column::SealMark& mark) {
    Bytes page(header_bytes);
    std::memcpy(page.data(), magic.data(), magic.size());
    column::store(page.data() + 8, version);
    column::store(page.data() + 12, mark.cipher);
    column::store(page.data() + 16, std::uint64_t{stream_chunk_bytes});
    column::store(page.data() + 24, mark.ring);
    column::store(page.data() + 32, mark.key);
    column::store(page.data() + header_crc_at, crc32c(page.data(), header_crc_at));
    return page;
}

// What a part's seal is bound to.
std::array<std::byte, 56> about(const column::SealMark& mark, Part part, std::uint64_t number) {
    std::array<std::byte, 56> bytes{};
    std::memcpy(bytes.data(), magic.data(), magic.size());
    column::store(bytes.data() + 8, version);
    column::store(bytes.data() + 12, mark.cipher);
    column::store(bytes.data() + 16, std::uint64_t{stream_chunk_bytes});
    column::store(bytes.data() + 24, mark.ring);
    column::store(bytes.data() + 32, mark.key);
    column::store(bytes.data() + 40, part);
    column::store(bytes.data() + 48, number);
    return bytes;
}

std::uint64_t chunks_of(std::uint64_t size) {
    return size / stream_chunk_bytes + (size % stream_chunk_bytes != 0 ? 1 : 0);
}

std::unexpected<Error> damaged(const column::ByteSource& file, std::string_view what) {
    return fail(ErrorKind::unreadable, "stream_damaged",
                {fmt::format("加密文件已损坏或被截断（{}）", what),
                 fmt::format("the sealed file is damaged or cut off ({})", what)},
                file.name());
}

std::unexpected<Error> broken(const column::ByteSource& file, std::string_view what,
                              const column::SealMark& mark) {
    return fail(
        ErrorKind::unreadable, "stream_seal",
        {fmt::format("加密文件未通过认证（{}）：内容被改动、调换或截断，或密钥 {} 不符", what,
                     column::key_name(mark)),
         fmt::format(
             "the sealed file fails its authentication ({}): it was changed, swapped or cut, or key {} "
             "is another one",
             what, column::key_name(mark))},
        file.name());
}

class SealedSource : public column::ByteSource {
  public:
    SealedSource(std::shared_ptr<const column::ByteSource> file, column::SealMark mark,
                 std::shared_ptr<const vault::SealKey> key, std::uint64_t size, Bytes seals)
        : file_(std::move(file)), mark_(mark), key_(std::move(key)), size_(size), seals_(std::move(seals)) {}

    [[nodiscard]] std::uint64_t size() const override { return size_; }
    [[nodiscard]] std::string name() const override { return file_->name(); }
    [[nodiscard]] Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override {
        if (offset > size_ || out.size() > size_ - offset) {
            return fail(ErrorKind::unreadable, "short_read",
                        {"文件比预期短", "the file is shorter than expected"}, name());
        }
        vault::Sealer sealer(*key_);
        Bytes part;  // of a chunk that is not wanted whole
        while (!out.empty()) {
            const std::uint64_t number = offset / stream_chunk_bytes;
            const std::size_t skip = offset % stream_chunk_bytes;
            const std::size_t whole =
                std::min<std::uint64_t>(stream_chunk_bytes, size_ - number * stream_chunk_bytes);
            const std::size_t count = std::min(whole - skip, out.size());
            if (count == whole) {
                TRY_VOID(open_chunk(sealer, number, out.first(count)));
            } else {
                part.resize(whole);
                TRY_VOID(open_chunk(sealer, number, part));
                std::copy_n(part.begin() + static_cast<std::ptrdiff_t>(skip), count, out.begin());
                vault::wipe(part);
            }
            out = out.subspan(count);
            offset += count;
        }
        return {};
    }

  private:
    [[nodiscard]] Result<void> open_chunk(vault::Sealer& sealer, std::uint64_t number,
                                          std::span<std::byte> chunk) const {
        TRY_VOID(file_->read(header_bytes + number * stream_chunk_bytes, chunk));
        const std::size_t each = vault::Sealer::seal_bytes(key_->suite());
        const auto seal = std::span<const std::byte>(seals_).subspan(number * each, each);
        if (sealer.open(about(mark_, Part::chunk, number), chunk, seal)) return {};
        return broken(*file_, fmt::format("block {}", number), mark_);
    }

    std::shared_ptr<const column::ByteSource> file_;
    column::SealMark mark_;
    std::shared_ptr<const vault::SealKey> key_;
    std::uint64_t size_;
    Bytes seals_;
};

Result<column::SealMark> read_header(const column::ByteSource& file) {
    Bytes page(header_bytes);
    if (file.size() < header_bytes + trailer_bytes) return damaged(file, "header");
    TRY_VOID(file.read(0, page));
    if (!is_sealed_stream(page)) {
        return fail(ErrorKind::unreadable, "stream_not_sealed",
                    {"数据目录是加密的，这个文件却没有加密：不予读取",
                     "the data folder is sealed and this file is not: it is not read"},
                    file.name());
    }
    const column::SealMark mark{static_cast<column::Cipher>(column::load<std::uint32_t>(page.data() + 12)),
                                column::load<std::uint64_t>(page.data() + 24),
                                column::load<std::uint32_t>(page.data() + 32)};
    const bool known =
        mark.cipher == column::Cipher::aes_256_gcm || mark.cipher == column::Cipher::sm4_ctr_hmac_sm3;
    if (!known || page != header_of(mark)) return damaged(file, "header");
    return mark;
}

// Where the directory lies, by the trailer.
Result<Bytes> read_directory(const column::ByteSource& file, std::uint64_t& offset) {
    std::array<std::byte, trailer_bytes> tail{};
    const std::uint64_t body = file.size() - trailer_bytes;
    TRY_VOID(file.read(body, tail));
    const bool sound = std::memcmp(tail.data() + 24, trailer_magic.data(), trailer_magic.size()) == 0 &&
                       column::load<std::uint32_t>(tail.data() + 20) == crc32c(tail.data(), 20);
    if (!sound) return damaged(file, "trailer");
    offset = column::load<std::uint64_t>(tail.data());
    const auto size = column::load<std::uint64_t>(tail.data() + 8);
    if (offset < header_bytes || offset > body || size != body - offset) return damaged(file, "trailer");
    Bytes directory(size);
    TRY_VOID(file.read(offset, directory));
    if (crc32c(directory.data(), directory.size()) != column::load<std::uint32_t>(tail.data() + 16))
        return damaged(file, "directory");
    return directory;
}

}  // namespace

StreamSealer::StreamSealer(column::SealMark mark, std::shared_ptr<const vault::SealKey> key, vault::Hmac name)
    : mark_(mark), key_(std::move(key)), sealer_(*key_), name_(std::move(name)) {}

// The name is by the first data key: it stays what it is when another one seals.
Result<StreamSealer> StreamSealer::create(std::shared_ptr<const FolderSeal> seal) {
    const column::SealMark mark = seal->mark();
    auto key = TRY(seal->key(mark, vault::purpose_stream));
    const vault::KeyRing& ring = seal->ring();
    const vault::Secret name_key = ring.derived(ring.first(), vault::purpose_stream_name, 32);
    const auto hash = ring.suite() == vault::Suite::aes_256_gcm ? vault::Hash::sha256 : vault::Hash::sm3;
    return StreamSealer(mark, std::move(key), vault::Hmac(hash, name_key.bytes()));
}

std::vector<std::byte> StreamSealer::header() const {
    return header_of(mark_);
}

void StreamSealer::seal_chunk(std::span<std::byte> chunk) {
    ensure(size_ % stream_chunk_bytes == 0 && chunk.size() <= stream_chunk_bytes,
           "whole chunks but the last");
    const std::size_t each = vault::Sealer::seal_bytes(key_->suite());
    seals_.resize(seals_.size() + each);
    sealer_.seal(about(mark_, Part::chunk, size_ / stream_chunk_bytes), chunk, std::span(seals_).last(each));
    size_ += chunk.size();
}

StreamSealer::End StreamSealer::finish() {
    const vault::Digest name = name_.finish();
    const std::size_t each = vault::Sealer::seal_bytes(key_->suite());
    Bytes bytes(directory_head);
    column::store(bytes.data(), size_);
    std::ranges::copy(name, bytes.begin() + 8);
    bytes.insert(bytes.end(), seals_.begin(), seals_.end());
    const std::size_t content = bytes.size();
    bytes.resize(content + each);
    sealer_.seal(about(mark_, Part::directory, size_), std::span(bytes).first(content),
                 std::span(bytes).subspan(content));
    std::array<std::byte, trailer_bytes> tail{};
    column::store(tail.data(), header_bytes + size_);
    column::store(tail.data() + 8, std::uint64_t{bytes.size()});
    column::store(tail.data() + 16, crc32c(bytes.data(), bytes.size()));
    column::store(tail.data() + 20, crc32c(tail.data(), 20));
    std::memcpy(tail.data() + 24, trailer_magic.data(), trailer_magic.size());
    bytes.insert(bytes.end(), tail.begin(), tail.end());
    return {vault::hex_of(name), std::move(bytes)};
}

bool is_sealed_stream(std::span<const std::byte> first_bytes) {
    return first_bytes.size() >= magic.size() &&
           std::memcmp(first_bytes.data(), magic.data(), magic.size()) == 0;
}

Result<std::shared_ptr<const column::ByteSource>> open_sealed_stream(
    std::shared_ptr<const column::ByteSource> file, const FolderSeal& seal, std::string_view name) {
    const column::SealMark mark = TRY(read_header(*file));
    auto key = TRY(seal.key(mark, vault::purpose_stream));
    std::uint64_t offset = 0;
    Bytes directory = TRY(read_directory(*file, offset));
    const std::uint64_t size = offset - header_bytes;
    const std::size_t each = vault::Sealer::seal_bytes(key->suite());
    if (directory.size() != directory_head + (chunks_of(size) + 1) * each) return damaged(*file, "directory");
    const auto content = std::span(directory).first(directory.size() - each);
    if (!vault::Sealer(*key).open(about(mark, Part::directory, size), content,
                                  std::span(directory).last(each)))
        return broken(*file, "directory", mark);
    if (column::load<std::uint64_t>(content.data()) != size) return damaged(*file, "directory");
    // A file that was put in another's place is genuine, but not this one.
    if (vault::hex_of(content.subspan(8, name_bytes)) != name) return broken(*file, "name", mark);
    Bytes seals(content.begin() + directory_head, content.end());
    return std::make_shared<const SealedSource>(std::move(file), mark, std::move(key), size,
                                                std::move(seals));
}

}  // namespace doudi::store
