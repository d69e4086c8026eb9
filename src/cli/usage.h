// SPDX-License-Identifier: Apache-2.0
// The command line itself: options that several commands have, the values that they take, and what is said of
// a line that makes no sense. CLI11 says all of this in English only.
#pragma once
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>

#include "base/result.h"
#include "cli/command_line.h"
#include "cli/console.h"
#include "store/data_folder.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace doudi::cli {

// To be told when every command and option is declared.
void set_help_headings(CLI::App& app, const Console& console);

// Which store a command works on.
struct StoreOptions {
    std::filesystem::path data;
    std::string database;  // as typed, password and all; empty: the folder's own

    [[nodiscard]] Result<store::Place> place() const;
};

// --data, which must not be empty, and --database (or DOUDI_DATABASE).
void add_store_options(Command& command, const Console& console, StoreOptions& options,
                       const Text& help = {"数据目录", "the data folder"});
void allow_words(Option& option, const Console& console, std::initializer_list<const char*> words);
void allow_range(Option& option, const Console& console, std::uint64_t least, std::uint64_t most);

// What is wrong with the line that `app` could not read.
[[nodiscard]] Error usage_error(const CLI::App& app, const CLI::ParseError& error);

}  // namespace doudi::cli
