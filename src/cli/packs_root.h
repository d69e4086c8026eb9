// SPDX-License-Identifier: Apache-2.0
// Where the law lies that a command works on: --root, else the program's own.
#pragma once
#include <filesystem>

#include "base/result.h"
#include "cli/console.h"

namespace CLI {
class App;
}

namespace doudi::cli {

// A folder with datasets, packs and calendar in it.
[[nodiscard]] Result<std::filesystem::path> packs_root(const std::filesystem::path& given);
void add_root_option(CLI::App& command, const Console& console, std::filesystem::path& root);

}  // namespace doudi::cli
