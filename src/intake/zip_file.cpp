// SPDX-License-Identifier: Apache-2.0
#include "intake/zip_file.h"

#include <fmt/format.h>
#include <zip.h>

#include <vector>

namespace doudi::intake {
namespace {

constexpr std::size_t piece_bytes = 256U << 10U;

[[nodiscard]] std::unexpected<Error> damaged(std::string where = {}) {
    return fail(ErrorKind::unreadable, "damaged_archive",
                {"文件已损坏或不完整（可能没有传完）", "the file is damaged or cut off (was it sent whole?)"},
                std::move(where));
}

[[nodiscard]] std::unexpected<Error> bomb(const std::string& name) {
    return fail(ErrorKind::limit, "archive_bomb",
                {"解压后的内容大得不正常，已停止读取", "it unpacks to an absurd size: reading was stopped"},
                name);
}

}  // namespace

void ZipFile::Closer::operator()(zip* archive) const {
    zip_discard(archive);
}

Result<ZipFile> ZipFile::open(const std::filesystem::path& path, const Limits& limits) {
    int code = 0;
    zip* const archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
    if (archive == nullptr) {
        if (code == ZIP_ER_OPEN || code == ZIP_ER_READ || code == ZIP_ER_NOENT) {
            return fail(ErrorKind::io, "cannot_read", {"无法读取文件", "the file cannot be read"});
        }
        return damaged();
    }
    return ZipFile(archive, limits);
}

std::int64_t ZipFile::entries() const {
    return zip_get_num_entries(archive_.get(), 0);
}

bool ZipFile::has(const std::string& name) const {
    return zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<void> ZipFile::read(const std::string& name,
                           const std::function<Result<void>(std::string_view)>& take) const {
    const zip_int64_t index = zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE);
    if (index < 0) return damaged(name);
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(index), 0, &stat) != 0) return damaged(name);
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
        return fail(
            ErrorKind::unreadable, "password",
            {"压缩包设有密码，请去除密码后重新报送", "the archive has a password: send it again without one"},
            name);
    }
    const std::uint64_t packed = stat.comp_size;
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
        zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0), zip_fclose);
    if (!file) return damaged(name);
    std::vector<char> piece(piece_bytes);
    // The sizes in the archive's own directory are a stranger's words: what comes out is counted.
    for (std::uint64_t total = 0;;) {
        const zip_int64_t size = zip_fread(file.get(), piece.data(), piece.size());
        if (size < 0) return damaged(name);
        if (size == 0) return {};
        total += static_cast<std::uint64_t>(size);
        if (total > limits_.entry_bytes) return bomb(name);
        if (total > limits_.ratio_from && total / limits_.ratio > packed) return bomb(name);
        TRY_VOID(take({piece.data(), static_cast<std::size_t>(size)}));
    }
}

}  // namespace doudi::intake
