// SPDX-License-Identifier: Apache-2.0
// The few things that the store does to files of its own, each with its failpoint and one map of errors:
// create, append, fsync, rename, fsync of a folder, remove. Files are made 0600 and folders 0700: the data is
// about people.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"
#include "column/segment.h"

namespace doudi::store {

class DurableFile {
  public:
    // What is not read again soon need not push everything else out of memory: it goes past the page cache
    // where the file system lets it, which also copies it once less.
    enum class Caching : std::uint8_t { ordinary, bypassed };
    // Must not be there yet.
    [[nodiscard]] static Result<DurableFile> create(const std::filesystem::path& path,
                                                    Caching caching = Caching::ordinary);
    DurableFile(DurableFile&& other) noexcept;
    DurableFile& operator=(DurableFile&&) = delete;
    ~DurableFile();

    // Whole pages that lie page-aligned, behind whole pages, go past the page cache where the file system
    // lets them: a county's files need not push everything else out of memory, and are copied once less.
    [[nodiscard]] Result<void> append(std::span<const std::byte> bytes);
    [[nodiscard]] Result<void> sync();
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    DurableFile(std::filesystem::path path, int descriptor, Caching caching);
    [[nodiscard]] Result<std::size_t> write_some(std::span<const std::byte> bytes);
    [[nodiscard]] bool go_direct(bool wanted);
    void flush_early();

    enum class Direct : std::uint8_t { never, off, on };
    std::filesystem::path path_;
    int descriptor_ = -1;
    Direct direct_;
    std::uint64_t size_ = 0;
    std::uint64_t flushed_ = 0;  // handed to the disk early, so that sync() has little left to wait for
};

[[nodiscard]] Result<void> rename_file(const std::filesystem::path& from, const std::filesystem::path& to);
[[nodiscard]] Result<void> sync_folder(const std::filesystem::path& folder);
// A file that is not there is fine.
[[nodiscard]] Result<void> remove_file(const std::filesystem::path& path);
// A folder that is there is fine.
[[nodiscard]] Result<void> make_folder(const std::filesystem::path& folder);
[[nodiscard]] Result<std::shared_ptr<const column::ByteSource>> open_source(
    const std::filesystem::path& path);

// errno of a failed call as an Error; a full disk has a code of its own: disk_full.
[[nodiscard]] std::unexpected<Error> system_error(int error_number, const std::filesystem::path& path);
[[nodiscard]] bool means_disk_full(int error_number);

}  // namespace doudi::store
