// SPDX-License-Identifier: Apache-2.0
#include "store/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

#include "store/durable_file.h"
#include "store/layout.h"

namespace doudi::store {

namespace {

std::string holder_of(int descriptor) {
    char text[16] = {};
    const ssize_t got = ::pread(descriptor, text, sizeof text, 0);
    std::string digits(text, got > 0 ? static_cast<std::size_t>(got) : 0);
    digits.erase(std::find_if(digits.begin(), digits.end(), [](char c) { return c < '0' || c > '9'; }),
                 digits.end());
    return digits.empty() ? "?" : digits;
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / lock_name;
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return system_error(errno, path);
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return system_error(errno, path);
        const std::string holder = holder_of(descriptor);
        return fail(
            ErrorKind::conflict, "store_locked",
            {fmt::format("数据目录正由另一个进程写入（进程号 {}），请等它结束", holder),
             fmt::format("another process is writing this data folder (process {}); wait until it has ended",
                         holder)},
            folder.string());
    }
    // Only a courtesy to the second one: that it cannot be written must not stop the first.
    const std::string mine = fmt::format("{}\n", ::getpid());
    if (::ftruncate(descriptor, 0) == 0) (void)!::pwrite(descriptor, mine.data(), mine.size(), 0);
    return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace doudi::store
