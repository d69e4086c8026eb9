// SPDX-License-Identifier: Apache-2.0
#include "jobs/uploads.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <random>

#include "base/utf8.h"
#include "jobs/repository.h"
#include "store/durable_file.h"
#include "store/sha256.h"

namespace doudi::jobs {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t id_digits = 32;

bool is_id(std::string_view id) {
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return id.size() == id_digits && std::ranges::all_of(id, is_hex);
}

std::string new_id() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

std::unexpected<Error> no_such_upload() {
    return fail(ErrorKind::not_found, "no_such_upload",
                {"没有这个上传：可能已取消或过期", "there is no such upload: it may have been given up"});
}

// An open piece file that is ours alone while it is written.
class PieceFile {
  public:
    static Result<PieceFile> open(const fs::path& path) {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
        if (descriptor < 0 && errno == ENOENT) return no_such_upload();
        if (descriptor < 0) return store::system_error(errno, path.filename());
        PieceFile file(descriptor);
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
            return fail(ErrorKind::conflict, "upload_busy",
                        {"同一文件的另一块正在写入", "another piece of the same file is being written"});
        return file;
    }
    PieceFile(PieceFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    PieceFile& operator=(PieceFile&&) = delete;
    ~PieceFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    [[nodiscard]] Result<std::uint64_t> size() const {
        struct stat status{};
        if (::fstat(descriptor_, &status) != 0) return store::system_error(errno, "upload");
        return static_cast<std::uint64_t>(status.st_size);
    }
    [[nodiscard]] Result<void> append(std::uint64_t offset, std::string_view bytes) {
        while (!bytes.empty()) {
            const auto count = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return store::system_error(errno, "upload");
            bytes.remove_prefix(static_cast<std::size_t>(count));
            offset += static_cast<std::uint64_t>(count);
        }
        if (::fdatasync(descriptor_) != 0) return store::system_error(errno, "upload");
        return {};
    }
    [[nodiscard]] Result<void> clear() {
        if (::ftruncate(descriptor_, 0) != 0) return store::system_error(errno, "upload");
        return {};
    }
    [[nodiscard]] Result<std::string> sha256() const {
        store::Sha256 hash;
        std::vector<std::byte> block(std::size_t{1} << 20U);
        for (off_t at = 0;;) {
            const auto count = ::pread(descriptor_, block.data(), block.size(), at);
            if (count < 0) return store::system_error(errno, "upload");
            if (count == 0) return hash.hex();
            hash.add(std::span(block.data(), static_cast<std::size_t>(count)));
            at += count;
        }
    }

  private:
    explicit PieceFile(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

Upload upload_of(const UploadRow& row, std::uint64_t received) {
    return {row.id, row.file_name, row.bytes, received, row.state, row.made_by};
}

}  // namespace

bool Uploads::is_good_name(std::string_view name) {
    if (name.empty() || name.size() > longest_name || !is_valid_utf8(name)) return false;
    if (name.starts_with('.') || name.find_first_of("/\\") != std::string_view::npos) return false;
    constexpr char first_printable = 0x20;
    constexpr char deleted = 0x7f;
    return std::ranges::none_of(name, [](char c) {
        return (static_cast<unsigned char>(c) < static_cast<unsigned char>(first_printable)) || c == deleted;
    });
}

Result<Uploads> Uploads::open(fs::path folder, Board& board, const Clock& clock) {
    TRY_VOID(store::make_folder(folder));
    Uploads uploads(std::move(folder), board, clock);
    (void)TRY(uploads.sweep());
    return uploads;
}

fs::path Uploads::file_of(std::string_view id) const {
    return folder_ / fmt::format("{}.part", id);
}

Result<Upload> Uploads::begin(store::Database& database, const NewUpload& upload) {
    ensure(is_good_name(upload.file_name) && upload.bytes <= most_bytes, "checked by the caller");
    UploadRow row;
    row.id = new_id();
    row.file_name = upload.file_name;
    row.bytes = upload.bytes;
    row.sha256 = upload.sha256;
    row.state = "receiving";
    row.made_by = upload.made_by;
    row.made_at = row.touched_at = micros_of(clock_->now());
    // The file before the row: a row without a file could never be filled, a file without a row is swept.
    {
        auto file = TRY(store::DurableFile::create(file_of(row.id)));
        TRY_VOID(file.sync());
    }
    TRY_VOID(store::sync_folder(folder_));
    TRY_VOID(insert_upload(database, row));
    return upload_of(row, 0);
}

Result<Upload> Uploads::find(std::string_view id) {
    if (!is_id(id)) return no_such_upload();
    std::optional<UploadRow> row;
    TRY_VOID(board_->read([&](store::Database& database) -> Result<void> {
        row = TRY(find_upload(database, id));
        return {};
    }));
    if (!row) return no_such_upload();
    if (row->state == "used") return upload_of(*row, row->bytes);
    std::error_code failure;
    const auto received = fs::file_size(file_of(id), failure);
    if (failure) return no_such_upload();
    return upload_of(*row, received);
}

Result<Upload> Uploads::append(std::string_view id, std::uint64_t offset, std::string_view piece) {
    Upload upload = TRY(find(id));
    if (upload.state != "receiving")
        return fail(ErrorKind::conflict, "upload_complete",
                    {"该文件已上传完毕，不能再追加", "the upload is complete: nothing can be added"});
    PieceFile file = TRY(PieceFile::open(file_of(id)));
    upload.received = TRY(file.size());
    if (offset != upload.received)
        return fail(ErrorKind::conflict, "upload_offset",
                    {fmt::format("应从第 {} 字节处继续", upload.received),
                     fmt::format("go on at byte {}", upload.received)});
    if (piece.size() > upload.bytes - upload.received)
        return fail(ErrorKind::limit, "upload_too_long",
                    {"内容超过了声明的长度", "there is more than the announced length"});
    TRY_VOID(file.append(offset, piece));
    upload.received += piece.size();
    TRY_VOID(mark(id, "receiving"));
    return upload;
}

Result<Upload> Uploads::complete(std::string_view id) {
    Upload upload = TRY(find(id));
    if (upload.state != "receiving") return upload;  // said twice
    PieceFile file = TRY(PieceFile::open(file_of(id)));
    if (TRY(file.size()) != upload.bytes)
        return fail(ErrorKind::conflict, "upload_incomplete",
                    {fmt::format("还没有传完：{} / {} 字节", upload.received, upload.bytes),
                     fmt::format("not all has arrived: {} of {} bytes", upload.received, upload.bytes)});
    std::optional<std::string> expected;
    TRY_VOID(board_->read([&](store::Database& database) -> Result<void> {
        const auto row = TRY(find_upload(database, id));
        if (row) expected = row->sha256;
        return {};
    }));
    if (expected && TRY(file.sha256()) != *expected) {
        TRY_VOID(file.clear());
        return fail(ErrorKind::invalid, "upload_hash",
                    {"内容与声明的 SHA-256 不符，已清空，请从头重传",
                     "the bytes do not have the announced SHA-256; they were dropped, send them again"});
    }
    TRY_VOID(mark(id, "complete"));
    upload.state = "complete";
    return upload;
}

Result<void> Uploads::mark(std::string_view id, std::string_view state) {
    return board_->write([&](store::Database& database) {
        return mark_upload(database, id, state, micros_of(clock_->now()));
    });
}

Result<void> Uploads::abandon(std::string_view id) {
    const Upload upload = TRY(find(id));
    TRY_VOID(board_->write([&](store::Database& database) { return delete_upload(database, id); }));
    return store::remove_file(file_of(upload.id));
}

Uploads::Lent::~Lent() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

Result<Uploads::Lent> Uploads::lend(std::span<const std::string> ids, std::string_view for_what) {
    Lent lent;
    lent.folder_ = folder_ / fmt::format("work-{}", for_what);
    std::error_code failure;
    fs::remove_all(lent.folder_, failure);  // of a run that was killed
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const Upload upload = TRY(find(ids[i]));
        if (upload.state != "complete")
            return fail(ErrorKind::conflict, "upload_not_complete",
                        {fmt::format("上传 {} 尚未完成或已使用", upload.id),
                         fmt::format("upload {} is not complete, or was used", upload.id)});
        const fs::path place = lent.folder_ / fmt::format("{}", i);  // two files may have one name
        fs::create_directories(place, failure);
        if (!failure) fs::create_hard_link(file_of(upload.id), place / upload.file_name, failure);
        if (failure) return store::system_error(failure.value(), "upload");
        lent.paths_.push_back(place / upload.file_name);
    }
    return lent;
}

Result<void> Uploads::used(std::span<const std::string> ids) {
    for (const std::string& id : ids) {
        TRY_VOID(mark(id, "used"));
        TRY_VOID(store::remove_file(file_of(id)));
    }
    return {};
}

Result<std::size_t> Uploads::sweep() {
    std::vector<std::string> old;
    TRY_VOID(board_->read([&](store::Database& database) -> Result<void> {
        old = TRY(uploads_untouched_since(database, micros_of(clock_->now() - kept_untouched)));
        return {};
    }));
    for (const std::string& id : old) {
        TRY_VOID(board_->write([&](store::Database& database) { return delete_upload(database, id); }));
        TRY_VOID(store::remove_file(file_of(id)));
    }
    std::error_code failure;
    std::vector<fs::path> nameless;
    for (const auto& entry : fs::directory_iterator(folder_, failure)) {
        const std::string id = entry.path().stem().string();
        // A file is there a moment before its record.
        if (!is_id(id) ||
            fs::file_time_type::clock::now() - entry.last_write_time(failure) < std::chrono::hours(1))
            continue;
        if (const auto known = find(id); !known && known.error().kind == ErrorKind::not_found)
            nameless.push_back(entry.path());
    }
    for (const fs::path& path : nameless) TRY_VOID(store::remove_file(path));
    return old.size() + nameless.size();
}

}  // namespace doudi::jobs
