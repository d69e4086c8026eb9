// SPDX-License-Identifier: Apache-2.0
// A file that came from outside, byte by byte into one of ours.
#pragma once
#include <filesystem>

#include "base/result.h"
#include "column/segment.h"

namespace doudi::store {

// An error names the file, not its folder.
[[nodiscard]] Result<void> copy_file(const std::filesystem::path& from, column::ByteSink& to);

}  // namespace doudi::store
