// SPDX-License-Identifier: Apache-2.0
#include "store/piece_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "column/segment_format.h"
#include "store/durable_file.h"
#include "vault/digest.h"
#include "vault/purpose.h"

namespace doudi::store {

namespace {

// A sealed file is records of a length (4 bytes), a seal, so many bytes; each is bound to where its content
// stands in the whole.
constexpr std::size_t most_of_record = std::size_t{256} << 10U;
constexpr std::size_t length_bytes = 4;
constexpr std::size_t key_bytes = 32;

std::array<std::byte, 16> about(std::uint64_t offset, std::uint32_t length) {
    std::array<std::byte, 16> bytes{};
    column::store(bytes.data(), offset);
    column::store(bytes.data() + 8, std::uint64_t{length});
    return bytes;
}

std::unexpected<Error> no_such_file() {
    return fail(ErrorKind::not_found, "no_such_upload",
                {"没有这个上传，可能已放弃", "there is no such upload: it may have been given up"});
}

std::unexpected<Error> damaged() {
    return fail(ErrorKind::unreadable, "upload_seal",
                {"上传的内容被改动，或密钥不符：请重新上传",
                 "what was uploaded was changed, or the key is another: send it again"});
}

Result<std::uint64_t> size_of_file(int descriptor) {
    struct stat status{};
    if (::fstat(descriptor, &status) != 0) return system_error(errno, "upload");
    return static_cast<std::uint64_t>(status.st_size);
}

// False: the file ends before.
Result<bool> read_at(int descriptor, std::uint64_t offset, std::span<std::byte> out) {
    while (!out.empty()) {
        const auto count = ::pread(descriptor, out.data(), out.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return system_error(errno, "upload");
        if (count == 0) return false;
        out = out.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return true;
}

Result<void> write_at(int descriptor, std::uint64_t offset, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const auto count = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return system_error(errno, "upload");
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return {};
}

struct Extent {
    std::uint64_t content = 0;
    std::uint64_t file = 0;
};

// Goes through the records by their lengths.
class Records {
  public:
    Records(int descriptor, const vault::SealKey& key)
        : descriptor_(descriptor), sealer_(key), seal_bytes_(vault::Sealer::seal_bytes(key.suite())) {}

    // 0: no whole record begins here.
    Result<std::uint32_t> length_at(std::uint64_t at, std::uint64_t file_size) const {
        std::array<std::byte, length_bytes> head{};
        if (at + length_bytes > file_size || !TRY(read_at(descriptor_, at, head))) return std::uint32_t{0};
        const auto length = column::load<std::uint32_t>(head.data());
        const bool whole = length <= most_of_record && at + length_bytes + seal_bytes_ + length <= file_size;
        return whole ? length : std::uint32_t{0};
    }
    [[nodiscard]] std::uint64_t bytes_of(std::uint32_t length) const {
        return length_bytes + seal_bytes_ + length;
    }
    // False: it is not what was written.
    Result<bool> open(const Extent& at, std::uint32_t length, std::vector<std::byte>& out) {
        std::array<std::byte, vault::Sealer::most_seal_bytes> seal{};
        const auto seal_part = std::span(seal).first(seal_bytes_);
        out.resize(length);
        if (!TRY(read_at(descriptor_, at.file + length_bytes, seal_part))) return false;
        if (!TRY(read_at(descriptor_, at.file + length_bytes + seal_bytes_, out))) return false;
        return sealer_.open(about(at.content, length), out, seal_part);
    }
    std::vector<std::byte> sealed(std::uint64_t offset, std::span<const std::byte> content) {
        const auto length = static_cast<std::uint32_t>(content.size());
        std::vector<std::byte> record(length_bytes + seal_bytes_ + content.size());
        column::store(record.data(), length);
        const auto bytes = std::span(record).subspan(length_bytes + seal_bytes_);
        std::ranges::copy(content, bytes.begin());
        sealer_.seal(about(offset, length), bytes, std::span(record).subspan(length_bytes, seal_bytes_));
        return record;
    }
    // How far whole records reach; the last of them must open: a power cut may leave a length without bytes.
    Result<Extent> extent() {
        const std::uint64_t file_size = TRY(size_of_file(descriptor_));
        Extent reached;
        Extent last;
        std::uint32_t last_length = 0;
        while (const std::uint32_t length = TRY(length_at(reached.file, file_size))) {
            last = reached;
            last_length = length;
            reached = {reached.content + length, reached.file + bytes_of(length)};
        }
        if (last_length == 0) return reached;
        std::vector<std::byte> content;
        return TRY(open(last, last_length, content)) ? reached : last;
    }

  private:
    int descriptor_;
    vault::Sealer sealer_;
    std::size_t seal_bytes_;
};

Result<Extent> extent_of(int descriptor, const PieceKey& key) {
    if (key != nullptr) return Records(descriptor, *key).extent();
    const std::uint64_t size = TRY(size_of_file(descriptor));
    return Extent{size, size};
}

// The column's key opens what the row holds, bound to the file's id.
Result<std::shared_ptr<const vault::SealKey>> wrapping_key(const FolderSeal& seal, std::uint32_t number) {
    return seal.ring().seal_key(number, seal.ring().suite(), vault::purpose_upload);
}

}  // namespace

Result<WrappedPieceKey> new_piece_key(const FolderSeal& seal, std::string_view file_id) {
    const std::uint32_t number = seal.ring().active();
    const auto with = TRY(wrapping_key(seal, number));
    const std::size_t seal_bytes = vault::Sealer::seal_bytes(with->suite());
    std::vector<std::byte> bytes(key_bytes + seal_bytes);
    const auto secret = std::span(bytes).first(key_bytes);
    vault::fill_random(secret);
    auto key = std::make_shared<const vault::SealKey>(with->suite(), secret, vault::purpose_upload_piece);
    vault::Sealer(*with).seal(vault::bytes_of(file_id), secret, std::span(bytes).last(seal_bytes));
    return WrappedPieceKey{std::move(key), fmt::format("{}:{}", number, vault::hex_of(bytes))};
}

Result<PieceKey> open_piece_key(const FolderSeal& seal, std::string_view file_id, std::string_view wrapped) {
    std::uint32_t number = 0;
    const auto read = std::from_chars(wrapped.data(), wrapped.data() + wrapped.size(), number);
    const std::size_t colon = wrapped.find(':');
    if (read.ec != std::errc() || colon == std::string_view::npos) return damaged();
    auto bytes = vault::bytes_of_hex(wrapped.substr(colon + 1));
    const auto with = TRY(wrapping_key(seal, number));
    const std::size_t seal_bytes = vault::Sealer::seal_bytes(with->suite());
    if (!bytes || bytes->size() != key_bytes + seal_bytes) return damaged();
    const auto secret = std::span(*bytes).first(key_bytes);
    if (!vault::Sealer(*with).open(vault::bytes_of(file_id), secret, std::span(*bytes).last(seal_bytes)))
        return damaged();
    auto key = std::make_shared<const vault::SealKey>(with->suite(), secret, vault::purpose_upload_piece);
    vault::wipe(*bytes);
    return PieceKey(std::move(key));
}

Result<std::uint64_t> size_of_pieces(const std::filesystem::path& path, const PieceKey& key) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT) return no_such_file();
    if (descriptor < 0) return system_error(errno, path.filename());
    const auto extent = extent_of(descriptor, key);
    ::close(descriptor);
    if (!extent) return std::unexpected(extent.error());
    return extent->content;
}

Result<void> PieceFile::create(const std::filesystem::path& path) {
    auto file = TRY(DurableFile::create(path));
    return file.sync();
}

PieceFile::PieceFile(int descriptor, std::filesystem::path path, PieceKey key)
    : descriptor_(descriptor), path_(std::move(path)), key_(std::move(key)) {}
PieceFile::PieceFile(PieceFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      key_(std::move(other.key_)),
      size_(other.size_),
      end_(other.end_) {}
PieceFile::~PieceFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<PieceFile> PieceFile::open(const std::filesystem::path& path, PieceKey key) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT) return no_such_file();
    if (descriptor < 0) return system_error(errno, path.filename());
    PieceFile file(descriptor, path, std::move(key));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return fail(ErrorKind::conflict, "upload_busy",
                    {"同一文件的另一块正在写入", "another piece of the same file is being written"});
    const Extent extent = TRY(extent_of(descriptor, file.key_));
    file.size_ = extent.content;
    file.end_ = extent.file;
    return file;
}

Result<void> PieceFile::append(std::string_view piece) {
    auto bytes = std::as_bytes(std::span(piece.data(), piece.size()));
    if (::ftruncate(descriptor_, static_cast<off_t>(end_)) != 0) return system_error(errno, "upload");
    std::uint64_t size = size_;
    std::uint64_t end = end_;
    while (!bytes.empty()) {
        const auto part = key_ != nullptr ? bytes.first(std::min(bytes.size(), most_of_record)) : bytes;
        if (key_ != nullptr) {
            const auto record = Records(descriptor_, *key_).sealed(size, part);
            TRY_VOID(write_at(descriptor_, end, record));
            end += record.size();
        } else {
            TRY_VOID(write_at(descriptor_, end, part));
            end += part.size();
        }
        size += part.size();
        bytes = bytes.subspan(part.size());
    }
    if (::fdatasync(descriptor_) != 0) return system_error(errno, "upload");
    size_ = size;
    end_ = end;
    return {};
}

Result<void> PieceFile::clear() {
    if (::ftruncate(descriptor_, 0) != 0) return system_error(errno, "upload");
    size_ = end_ = 0;
    return {};
}

Result<void> PieceFile::read(const std::function<Result<void>(std::span<const std::byte>)>& take) const {
    std::vector<std::byte> block;
    Extent at;
    std::optional<Records> records;
    if (key_ != nullptr) records.emplace(descriptor_, *key_);
    while (at.file < end_) {
        if (records) {
            const std::uint32_t length = TRY(records->length_at(at.file, end_));
            if (length == 0 || !TRY(records->open(at, length, block))) return damaged();
            at.file += records->bytes_of(length);
        } else {
            block.resize(std::min<std::uint64_t>(most_of_record, end_ - at.file));
            if (!TRY(read_at(descriptor_, at.file, block))) return damaged();
            at.file += block.size();
        }
        at.content += block.size();
        TRY_VOID(take(block));
    }
    return {};
}

}  // namespace doudi::store
