// SPDX-License-Identifier: Apache-2.0
#include "synth/file_out.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace doudi::synth {

Error cannot_write(const std::string& name, int failure) {
    Text text{"无法写入文件", "the file cannot be written"};
    if (failure == ENOSPC || failure == EDQUOT) {
        text = {"无法写入文件：磁盘已满", "the file cannot be written: the disk is full"};
    } else if (failure != 0) {
        text = {fmt::format("无法写入文件：{}", std::strerror(failure)),
                fmt::format("the file cannot be written: {}", std::strerror(failure))};
    }
    return {ErrorKind::io, "synth_write", std::move(text), name};
}

Result<FileOut> FileOut::create(const std::filesystem::path& path) {
    std::unique_ptr<std::FILE, Closer> file(std::fopen(path.c_str(), "wb"));
    if (!file) return std::unexpected(cannot_write(path.filename().string(), errno));
    return FileOut(std::move(file), path.filename().string());
}

void FileOut::write(std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size() && failure_ == 0)
        failure_ = errno;
    bytes_ += bytes.size();
}

Result<std::uint64_t> FileOut::close() {
    if (std::fclose(file_.release()) != 0 && failure_ == 0) failure_ = errno;
    if (failure_ != 0) return std::unexpected(cannot_write(name_, failure_));
    return bytes_;
}

std::string to_gb18030(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out(utf8.size() * 2 + 16, '\0');
    const std::int32_t length =
        ucnv_convert("gb18030", "UTF-8", out.data(), static_cast<std::int32_t>(out.size()), utf8.data(),
                     static_cast<std::int32_t>(utf8.size()), &status);
    ensure(U_SUCCESS(status) && length <= static_cast<std::int32_t>(out.size()), "gb18030");
    out.resize(static_cast<std::size_t>(length));
    return out;
}

}  // namespace doudi::synth
