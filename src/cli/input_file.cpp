// SPDX-License-Identifier: Apache-2.0
#include "cli/input_file.h"

#include <fmt/format.h>

#include <system_error>

namespace doudi::cli {

Result<void> need_file(const std::filesystem::path& path) {
    std::error_code failure;
    const auto kind = std::filesystem::status(path, failure).type();
    if (kind == std::filesystem::file_type::directory) {
        return fail(ErrorKind::usage, "is_folder",
                    {fmt::format("{} 是一个文件夹：请写明文件名", path.string()),
                     fmt::format("{} is a folder: name a file", path.string())});
    }
    if (kind == std::filesystem::file_type::not_found || kind == std::filesystem::file_type::none) {
        return fail(ErrorKind::not_found, "no_such_path",
                    {fmt::format("找不到 {}", path.string()), fmt::format("there is no {}", path.string())});
    }
    return {};
}

}  // namespace doudi::cli
