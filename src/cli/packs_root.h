// SPDX-License-Identifier: Apache-2.0
// Where the law lies that a command works on: --root, else the program's own; and the commands of `packs`.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/commands.h"

namespace doudi::cli {

class Command;

// A folder with datasets, packs and calendar in it.
[[nodiscard]] Result<std::filesystem::path> packs_root(const std::filesystem::path& given);
// All that can be checked, tested and mutated: packs, then the profiles that they may monitor by.
[[nodiscard]] std::vector<std::string> pack_and_profile_ids(const std::filesystem::path& packs);
void add_root_option(Command& command, const Console& console, std::filesystem::path& root);
// The packs that a command is about, none named: all; and --root.
void add_pack_options(Command& command, const Console& console, std::vector<std::string>& ids,
                      std::filesystem::path& root);

// Each declares a command inside of `packs`.
void add_packs_test(Command& packs, const Registration& registration);
void add_packs_mutate(Command& packs, const Registration& registration);
void add_packs_new(Command& packs, const Registration& registration);
void add_packs_diff(Command& packs, const Registration& registration);

}  // namespace doudi::cli
