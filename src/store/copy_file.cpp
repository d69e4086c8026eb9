// SPDX-License-Identifier: Apache-2.0
#include "store/copy_file.h"

#include <fstream>
#include <span>
#include <vector>

namespace doudi::store {

Result<void> copy_file(const std::filesystem::path& from, column::ByteSink& to) {
    std::ifstream file(from, std::ios::binary);
    std::vector<char> buffer(1U << 20U);
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        const auto got = static_cast<std::size_t>(file.gcount());
        if (got != 0) TRY_VOID(to.write(std::as_bytes(std::span(buffer).first(got))));
    }
    if (file.eof()) return {};
    return fail(ErrorKind::io, "cannot_read", {"读文件出错", "cannot read the file"},
                from.filename().string());
}

}  // namespace doudi::store
