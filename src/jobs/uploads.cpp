// SPDX-License-Identifier: Apache-2.0
#include "jobs/uploads.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "base/utf8.h"
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

Result<Uploads> Uploads::open(fs::path folder, Board& board, const Clock& clock,
                              std::shared_ptr<const store::FolderSeal> seal) {
    TRY_VOID(store::make_folder(folder));
    Uploads uploads(std::move(folder), board, clock, std::move(seal));
    uploads.drop_lent();
    (void)TRY(uploads.sweep());
    return uploads;
}

fs::path Uploads::file_of(std::string_view id) const {
    return folder_ / fmt::format("{}.part", id);
}

// What a killed program was reading lies there as it is read: plain.
void Uploads::drop_lent() const {
    std::error_code failure;
    std::vector<fs::path> left;
    for (const auto& entry : fs::directory_iterator(folder_, failure)) {
        if (entry.path().filename().string().starts_with(work_prefix)) left.push_back(entry.path());
    }
    for (const fs::path& path : left) fs::remove_all(path, failure);
}

Result<store::PieceKey> Uploads::key_of(const UploadRow& row) const {
    if (!row.sealed_key) return store::PieceKey();
    if (seal_ == nullptr)
        return fail(ErrorKind::not_found, "keys_missing",
                    {"上传的文件是加密的，而数据目录没有密钥",
                     "the upload is sealed, and the data folder has no keys"});
    return store::open_piece_key(*seal_, row.id, *row.sealed_key);
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
    if (seal_ != nullptr) row.sealed_key = TRY(store::new_piece_key(*seal_, row.id)).wrapped;
    // The file before the row: a row without a file could never be filled, a file without a row is swept.
    TRY_VOID(store::PieceFile::create(file_of(row.id)));
    TRY_VOID(store::sync_folder(folder_));
    TRY_VOID(insert_upload(database, row));
    return upload_of(row, 0);
}

Result<UploadRow> Uploads::row_of(std::string_view id) {
    if (!is_id(id)) return no_such_upload();
    std::optional<UploadRow> row;
    TRY_VOID(board_->read([&](store::Database& database) -> Result<void> {
        row = TRY(find_upload(database, id));
        return {};
    }));
    if (!row) return no_such_upload();
    return std::move(*row);
}

Result<Upload> Uploads::find(std::string_view id) {
    const UploadRow row = TRY(row_of(id));
    if (row.state == "used") return upload_of(row, row.bytes);
    return upload_of(row, TRY(store::size_of_pieces(file_of(id), TRY(key_of(row)))));
}

Result<store::PieceFile> Uploads::file_for(const UploadRow& row) const {
    return store::PieceFile::open(file_of(row.id), TRY(key_of(row)));
}

Result<Upload> Uploads::append(std::string_view id, std::uint64_t offset, std::string_view piece) {
    const UploadRow row = TRY(row_of(id));
    if (row.state != "receiving")
        return fail(ErrorKind::conflict, "upload_complete",
                    {"该文件已上传完毕，不能再追加", "the upload is complete: nothing can be added"});
    store::PieceFile file = TRY(file_for(row));
    const std::uint64_t received = file.size();
    if (offset != received)
        return fail(
            ErrorKind::conflict, "upload_offset",
            {fmt::format("应从第 {} 字节处继续", received), fmt::format("go on at byte {}", received)});
    if (piece.size() > row.bytes - received)
        return fail(ErrorKind::limit, "upload_too_long",
                    {"内容超过了声明的长度", "there is more than the announced length"});
    TRY_VOID(file.append(piece));
    TRY_VOID(mark(id, "receiving"));
    return upload_of(row, file.size());
}

Result<Upload> Uploads::complete(std::string_view id) {
    const UploadRow row = TRY(row_of(id));
    if (row.state != "receiving") return find(id);  // said twice
    store::PieceFile file = TRY(file_for(row));
    if (file.size() != row.bytes)
        return fail(ErrorKind::conflict, "upload_incomplete",
                    {fmt::format("还没有传完：{} / {} 字节", file.size(), row.bytes),
                     fmt::format("not all has arrived: {} of {} bytes", file.size(), row.bytes)});
    if (row.sha256) {
        store::Sha256 hash;
        TRY_VOID(file.read([&](std::span<const std::byte> part) -> Result<void> {
            hash.add(part);
            return {};
        }));
        if (hash.hex() != *row.sha256) {
            TRY_VOID(file.clear());
            return fail(ErrorKind::invalid, "upload_hash",
                        {"内容与声明的 SHA-256 不符，已清空，请从头重传",
                         "the bytes do not have the announced SHA-256; they were dropped, send them again"});
        }
    }
    TRY_VOID(mark(id, "complete"));
    Upload upload = upload_of(row, file.size());
    upload.state = "complete";
    return upload;
}

Result<void> Uploads::mark(std::string_view id, std::string_view state) {
    return board_->write([&](store::Database& database) {
        return mark_upload(database, id, state, micros_of(clock_->now()));
    });
}

Result<void> Uploads::abandon(std::string_view id) {
    const UploadRow row = TRY(row_of(id));
    TRY_VOID(board_->write([&](store::Database& database) { return delete_upload(database, id); }));
    return store::remove_file(file_of(row.id));
}

Uploads::Lent::~Lent() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

// As it is read: what was sealed is opened into a file that goes when the work is done.
Result<void> Uploads::put_plain(const UploadRow& row, const fs::path& place) const {
    std::error_code failure;
    if (!row.sealed_key) {
        fs::create_hard_link(file_of(row.id), place, failure);
        if (failure) return store::system_error(failure.value(), "upload");
        return {};
    }
    const store::PieceFile from = TRY(file_for(row));
    if (from.size() != row.bytes)  // its last piece opens no more, and is taken for one that was never whole
        return fail(
            ErrorKind::unreadable, "upload_seal",
            {"上传的内容被改动或截断：请重新上传", "what was uploaded was changed or cut: send it again"});
    auto to = TRY(store::DurableFile::create(place));
    return from.read([&](std::span<const std::byte> part) { return to.append(part); });
}

Result<Uploads::Lent> Uploads::lend(std::span<const std::string> ids, std::string_view for_what) {
    Lent lent;
    lent.folder_ = folder_ / fmt::format("{}{}", work_prefix, for_what);
    std::error_code failure;
    fs::remove_all(lent.folder_, failure);  // of a run that was killed
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const UploadRow row = TRY(row_of(ids[i]));
        if (row.state != "complete")
            return fail(ErrorKind::conflict, "upload_not_complete",
                        {fmt::format("上传 {} 尚未完成或已使用", row.id),
                         fmt::format("upload {} is not complete, or was used", row.id)});
        const fs::path place = lent.folder_ / fmt::format("{}", i);  // two files may have one name
        fs::create_directories(place, failure);
        if (failure) return store::system_error(failure.value(), "upload");
        TRY_VOID(put_plain(row, place / row.file_name));
        lent.paths_.push_back(place / row.file_name);
    }
    return lent;
}

Result<Uploads::Lent> Uploads::lend_written(
    const std::string& file_name, std::string_view for_what,
    const std::function<Result<void>(store::DurableFile&)>& write) const {
    Lent lent;
    lent.folder_ = folder_ / fmt::format("{}{}", work_prefix, for_what);
    std::error_code failure;
    fs::remove_all(lent.folder_, failure);  // of a run that was killed
    fs::create_directories(lent.folder_, failure);
    if (failure) return store::system_error(failure.value(), "upload");
    auto file = TRY(store::DurableFile::create(lent.folder_ / file_name));
    TRY_VOID(write(file));
    lent.paths_.push_back(file.path());
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
