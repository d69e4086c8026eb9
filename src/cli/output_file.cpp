// SPDX-License-Identifier: Apache-2.0
#include "cli/output_file.h"

#include <fmt/format.h>

#include <fstream>

namespace doudi::cli {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> cannot_write(const fs::path& path) {
    return fail(
        ErrorKind::io, "cannot_write",
        {fmt::format("写不出文件 {}（目录不存在、没有权限或磁盘已满）", path.string()),
         fmt::format("cannot write {} (no such folder, no right, or the disk is full)", path.string())});
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
    if (kind == fs::file_type::directory) return cannot_write(path);
    if (kind != fs::file_type::not_found && kind != fs::file_type::regular) return write(target);
    auto temporary = target;
    temporary.replace_filename(target.stem().string() + ".part" + target.extension().string());
    auto written = write(temporary);
    if (written) {
        fs::rename(temporary, target, failure);
        if (!failure) return {};
        written = cannot_write(path);
    }
    fs::remove(temporary, failure);
    if (!written.error().where.empty()) written.error().where = path.string();
    return written;
}

Result<void> put_text_file(const fs::path& path, const std::string& text) {
    return put_file(path, [&text, &path](const fs::path& to) -> Result<void> {
        std::ofstream file(to, std::ios::binary | std::ios::trunc);
        file << text;
        file.close();
        return file ? Result<void>{} : cannot_write(path);
    });
}

}  // namespace doudi::cli
