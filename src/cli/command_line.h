// SPDX-License-Identifier: Apache-2.0
// Commands and their options, as they are declared. CLI11 reads the line; it stands behind this header
// because it is all templates: a source that includes it takes three times as long to compile.
#pragma once
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace doudi::cli {

class Option {
  public:
    explicit Option(CLI::Option* inner) : inner_(inner) {}

    Option* required();
    Option* excludes(Option* other);
    Option* expected(int least, int most);
    Option* type_name(const std::string& name);
    // The environment's variable that stands in for it.
    Option* envname(const std::string& name);
    // Says what is wrong with a value, in the user's language; empty: nothing is.
    Option* check(const std::function<std::string(const std::string&)>& fault_of);

  private:
    CLI::Option* inner_;
};

class Command {
  public:
    explicit Command(CLI::App* inner) : inner_(inner) {}
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;

    // Lives as long as this one.
    Command* add_subcommand(const std::string& name, const std::string& help);
    // "--as-of", "--output,-o"; without dashes it goes by its place. `into` must outlive the reading.
    Option* add_option(const std::string& name, std::string& into, const std::string& help);
    Option* add_option(const std::string& name, std::filesystem::path& into, const std::string& help);
    Option* add_option(const std::string& name, std::vector<std::string>& into, const std::string& help);
    Option* add_option(const std::string& name, std::vector<std::filesystem::path>& into,
                       const std::string& help);
    Option* add_option(const std::string& name, int& into, const std::string& help);
    Option* add_option(const std::string& name, std::int64_t& into, const std::string& help);
    Option* add_option(const std::string& name, std::uint32_t& into, const std::string& help);
    Option* add_option(const std::string& name, std::uint64_t& into, const std::string& help);
    Option* add_option(const std::string& name, std::optional<std::uint64_t>& into, const std::string& help);
    Option* add_flag(const std::string& name, bool& into, const std::string& help);
    Command* require_subcommand(int count);
    // Options of the command above may stand behind this one.
    Command* fallthrough();
    Command* callback(const std::function<void()>& called);

  private:
    template <class T>
    Option* take(const std::string& name, T& into, const std::string& help);

    CLI::App* inner_;
    std::deque<Command> below_;
    std::deque<Option> options_;
};

}  // namespace doudi::cli
