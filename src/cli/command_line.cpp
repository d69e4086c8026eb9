// SPDX-License-Identifier: Apache-2.0
#include "cli/command_line.h"

#include <CLI/CLI.hpp>

namespace doudi::cli {

Option* Option::required() {
    inner_->required();
    return this;
}

Option* Option::excludes(Option* other) {
    inner_->excludes(other->inner_);
    return this;
}

Option* Option::expected(int least, int most) {
    inner_->expected(least, most);
    return this;
}

Option* Option::type_name(const std::string& name) {
    inner_->type_name(name);
    return this;
}

Option* Option::envname(const std::string& name) {
    inner_->envname(name);
    return this;
}

Option* Option::check(const std::function<std::string(const std::string&)>& fault_of) {
    inner_->check(fault_of);
    return this;
}

Command* Command::add_subcommand(const std::string& name, const std::string& help) {
    return &below_.emplace_back(inner_->add_subcommand(name, help));
}

template <class T>
Option* Command::take(const std::string& name, T& into, const std::string& help) {
    return &options_.emplace_back(inner_->add_option(name, into, help));
}

Option* Command::add_option(const std::string& name, std::string& into, const std::string& help) {
    return take(name, into, help);
}
Option* Command::add_option(const std::string& name, std::filesystem::path& into, const std::string& help) {
    return take(name, into, help);
}
Option* Command::add_option(const std::string& name, std::vector<std::string>& into,
                            const std::string& help) {
    return take(name, into, help);
}
Option* Command::add_option(const std::string& name, std::vector<std::filesystem::path>& into,
                            const std::string& help) {
    return take(name, into, help);
}
Option* Command::add_option(const std::string& name, int& into, const std::string& help) {
    return take(name, into, help);
}
Option* Command::add_option(const std::string& name, std::int64_t& into, const std::string& help) {
    return take(name, into, help);
}
Option* Command::add_option(const std::string& name, std::uint32_t& into, const std::string& help) {
    return take(name, into, help);
}
Option* Command::add_option(const std::string& name, std::uint64_t& into, const std::string& help) {
    return take(name, into, help);
}
Option* Command::add_option(const std::string& name, std::optional<std::uint64_t>& into,
                            const std::string& help) {
    return take(name, into, help);
}

Option* Command::add_flag(const std::string& name, bool& into, const std::string& help) {
    return &options_.emplace_back(inner_->add_flag(name, into, help));
}

Command* Command::require_subcommand(int count) {
    inner_->require_subcommand(count);
    return this;
}

Command* Command::fallthrough() {
    inner_->fallthrough();
    return this;
}

Command* Command::callback(const std::function<void()>& called) {
    inner_->callback(called);
    return this;
}

}  // namespace doudi::cli
