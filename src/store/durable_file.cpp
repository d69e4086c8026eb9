// SPDX-License-Identifier: Apache-2.0
#include "store/durable_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "store/failpoint_hooks.h"
#include "store/file_ledger.h"

namespace doudi::store {

namespace {

constexpr mode_t private_file = 0600;
constexpr mode_t private_folder = 0700;
constexpr std::uint64_t flush_step = std::uint64_t{16} << 20;
constexpr std::size_t page = 4096;
constexpr std::size_t direct_least = std::size_t{128} << 10;  // below, the page cache is quicker

bool set_direct(int descriptor, bool on) {
#ifdef O_DIRECT
    const int flags = ::fcntl(descriptor, F_GETFL);
    return flags >= 0 && ::fcntl(descriptor, F_SETFL, on ? flags | O_DIRECT : flags & ~O_DIRECT) == 0;
#else
    (void)descriptor;
    return !on;
#endif
}

class FileSource : public column::ByteSource {
  public:
    FileSource(std::filesystem::path path, int descriptor, std::uint64_t size)
        : path_(std::move(path)), descriptor_(descriptor), size_(size) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { ::close(descriptor_); }

    [[nodiscard]] std::uint64_t size() const override { return size_; }
    [[nodiscard]] std::string name() const override { return path_.string(); }
    [[nodiscard]] Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override {
        while (!out.empty()) {
            const ssize_t got = ::pread(descriptor_, out.data(), out.size(), static_cast<off_t>(offset));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return system_error(errno, path_);
            if (got == 0) {
                return fail(ErrorKind::unreadable, "short_read",
                            {"文件比预期短", "the file is shorter than expected"}, path_.string());
            }
            offset += static_cast<std::uint64_t>(got);
            out = out.subspan(static_cast<std::size_t>(got));
        }
        return {};
    }

  private:
    std::filesystem::path path_;
    int descriptor_;
    std::uint64_t size_;
};

}  // namespace

bool means_disk_full(int error_number) {
    return error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG;
}

std::unexpected<Error> system_error(int error_number, const std::filesystem::path& path) {
    if (means_disk_full(error_number)) {
        // What a run left behind is not known here: a command that publishes twice says it (doudi import).
        return fail(ErrorKind::io, "disk_full",
                    {"磁盘空间不足或已达配额：腾出空间后重新运行即可",
                     "the disk is full or the quota is used up: free some space and run it again"},
                    path.string());
    }
    const std::string reason = std::generic_category().message(error_number);
    return fail(error_number == ENOENT ? ErrorKind::not_found : ErrorKind::io, "file_access",
                {fmt::format("操作系统拒绝访问（{}）", reason),
                 fmt::format("the operating system refused ({})", reason)},
                path.string());
}

DurableFile::DurableFile(std::filesystem::path path, int descriptor, Caching caching)
    : path_(std::move(path)),
      descriptor_(descriptor),
      direct_(caching == Caching::bypassed ? Direct::off : Direct::never) {}

DurableFile::DurableFile(DurableFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      direct_(other.direct_),
      size_(other.size_),
      flushed_(other.flushed_) {}

DurableFile::~DurableFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<DurableFile> DurableFile::create(const std::filesystem::path& path, Caching caching) {
    if (!pass_failpoint(FailpointKind::write, "create file")) return system_error(ENOSPC, path);
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, private_file);
    if (descriptor < 0) return system_error(errno, path);
    ledger_created(path);
    return DurableFile(path, descriptor, caching);
}

Result<void> DurableFile::append(std::span<const std::byte> bytes) {
    if (!pass_failpoint(FailpointKind::write, "write file")) return system_error(ENOSPC, path_);
    ledger_wrote(path_, size_);
    while (!bytes.empty()) {
        const std::size_t wrote = TRY(write_some(bytes));
        size_ += wrote;
        bytes = bytes.subspan(wrote);
    }
    flush_early();
    return {};
}

Result<std::size_t> DurableFile::write_some(std::span<const std::byte> bytes) {
    const bool whole_pages = reinterpret_cast<std::uintptr_t>(bytes.data()) % page == 0 &&
                             size_ % page == 0 && bytes.size() >= direct_least;
    const bool direct = go_direct(whole_pages);
    const std::size_t count = direct ? bytes.size() / page * page : bytes.size();
    for (;;) {
        const ssize_t wrote = ::write(descriptor_, bytes.data(), count);
        if (wrote >= 0) return static_cast<std::size_t>(wrote);
        if (errno == EINTR) continue;
        if (errno != EINVAL || !direct) return system_error(errno, path_);
        // Its blocks are of another size: as everybody writes, then.
        direct_ = Direct::never;
        (void)set_direct(descriptor_, false);
        return std::size_t{0};
    }
}

// Whether the next write goes past the page cache.
bool DurableFile::go_direct(bool wanted) {
    const bool is_on = direct_ == Direct::on;
    if (direct_ == Direct::never || wanted == is_on) return is_on;
    if (!set_direct(descriptor_, wanted)) {
        direct_ = Direct::never;
        return false;
    }
    direct_ = wanted ? Direct::on : Direct::off;
    return wanted;
}

void DurableFile::flush_early() {
#ifdef SYNC_FILE_RANGE_WRITE
    if (direct_ != Direct::on && size_ - flushed_ >= flush_step) {
        // Only a hint: sync() answers for the data.
        (void)::sync_file_range(descriptor_, static_cast<off64_t>(flushed_),
                                static_cast<off64_t>(size_ - flushed_), SYNC_FILE_RANGE_WRITE);
        flushed_ = size_;
    }
#endif
}

Result<void> DurableFile::sync() {
    failpoint(FailpointKind::sync, "sync file");
    if (::fsync(descriptor_) != 0) return system_error(errno, path_);
    ledger_synced(path_);
    return {};
}

Result<void> rename_file(const std::filesystem::path& from, const std::filesystem::path& to) {
    failpoint(FailpointKind::rename, "rename file");
    if (::rename(from.c_str(), to.c_str()) != 0) return system_error(errno, to);
    ledger_renamed(from, to);
    return {};
}

Result<void> sync_folder(const std::filesystem::path& folder) {
    failpoint(FailpointKind::sync_folder, "sync folder");
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return system_error(errno, folder);
    const int result = ::fsync(descriptor);
    const int error_number = errno;
    ::close(descriptor);
    if (result != 0) return system_error(error_number, folder);
    ledger_synced_folder(folder);
    return {};
}

Result<void> remove_file(const std::filesystem::path& path) {
    failpoint(FailpointKind::rename, "remove file");
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return system_error(errno, path);
    ledger_removed(path);
    return {};
}

Result<void> make_folder(const std::filesystem::path& folder) {
    if (!pass_failpoint(FailpointKind::write, "make folder")) return system_error(ENOSPC, folder);
    if (::mkdir(folder.c_str(), private_folder) != 0 && errno != EEXIST) return system_error(errno, folder);
    return {};
}

Result<std::shared_ptr<const column::ByteSource>> open_source(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return system_error(errno, path);
    struct stat about{};
    if (::fstat(descriptor, &about) != 0) {
        const int error_number = errno;
        ::close(descriptor);
        return system_error(error_number, path);
    }
    return std::make_shared<const FileSource>(path, descriptor, static_cast<std::uint64_t>(about.st_size));
}

}  // namespace doudi::store
