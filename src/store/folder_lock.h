// SPDX-License-Identifier: Apache-2.0
// The one writer of a data folder: flock on its file `lock`, in which the holder's process id stands for
// whoever comes second. The operating system frees it when the process ends, however it ends.
#pragma once
#include <filesystem>

#include "base/result.h"

namespace doudi::store {

class FolderLock {
  public:
    [[nodiscard]] static Result<FolderLock> take(const std::filesystem::path& folder);
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

  private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace doudi::store
