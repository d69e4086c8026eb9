// SPDX-License-Identifier: Apache-2.0
#include "cli/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

namespace doudi::cli {
namespace {

namespace fs = std::filesystem;

Text reason_of(int error_number) {
    switch (error_number) {
        case ENOENT:
            return {"目录不存在", "there is no such folder"};
        case ENOTDIR:
            return {"路径中有一段不是目录", "a part of the path is no folder"};
        case EISDIR:
            return {"这是一个目录：请写明文件名", "it is a folder: name a file"};
        case EACCES:
        case EPERM:
            return {"没有写入权限", "no right to write there"};
        case EROFS:
            return {"磁盘是只读的", "the disk is read-only"};
        case ENAMETOOLONG:
            return {"文件名过长", "the name is too long"};
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return {"磁盘已满或已达配额", "the disk is full or the quota is used up"};
        default:
            break;
    }
    const std::string said = std::generic_category().message(error_number);
    return {said, said};
}

}  // namespace

std::unexpected<Error> cannot_write(const fs::path& path, int error_number) {
    const Text reason = reason_of(error_number);
    return fail(ErrorKind::io, "cannot_write",
                {fmt::format("写不出文件 {}：{}", path.string(), reason.zh),
                 fmt::format("cannot write {}: {}", path.string(), reason.en)});
}

namespace {

// 0: a file can be made there. A writer of workbooks that fails does not say why.
int fault_of_place(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) return errno;
    ::close(descriptor);
    return 0;
}

// Where the bytes go in the end: a link's target.
fs::path target_of(const fs::path& path) {
    std::error_code failure;
    if (!fs::is_symlink(path, failure)) return path;
    const auto target = fs::weakly_canonical(path, failure);
    return failure ? path : target;
}

}  // namespace

Result<void> put_file(const fs::path& path, const std::function<Result<void>(const fs::path&)>& write) {
    const auto target = target_of(path);
    std::error_code failure;
    const auto kind = fs::status(target, failure).type();
    if (kind == fs::file_type::directory) return cannot_write(path, EISDIR);
    if (kind != fs::file_type::not_found && kind != fs::file_type::regular) return write(target);
    auto temporary = target;
    temporary.replace_filename(target.stem().string() + ".part" + target.extension().string());
    if (const int fault = fault_of_place(temporary); fault != 0) return cannot_write(path, fault);
    auto written = write(temporary);
    if (written) {
        fs::rename(temporary, target, failure);
        if (!failure) return {};
        written = cannot_write(path, failure.value());
    }
    fs::remove(temporary, failure);
    if (!written.error().where.empty()) written.error().where = path.string();
    return written;
}

Result<void> put_text_file(const fs::path& path, const std::string& text) {
    return put_file(path, [&text, &path](const fs::path& to) -> Result<void> {
        errno = 0;
        std::ofstream file(to, std::ios::binary | std::ios::trunc);
        file << text;
        file.close();
        if (file) return {};
        return cannot_write(path, errno == 0 ? EIO : errno);
    });
}

}  // namespace doudi::cli
