// SPDX-License-Identifier: Apache-2.0
// A file that a command is named to read: every command says the same of one that is not there.
#pragma once
#include <filesystem>

#include "base/result.h"

namespace doudi::cli {

// Not found "no_such_path"; usage "is_folder". That it can be read is its reader's to say.
[[nodiscard]] Result<void> need_file(const std::filesystem::path& path);

}  // namespace doudi::cli
