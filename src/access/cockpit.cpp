// SPDX-License-Identifier: Apache-2.0
#include "access/cockpit.h"

#include <utility>

#include "policy/faults.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"

namespace doudi::access {

namespace {

// No pack has more levels than a few, and three years are as many months as a row of bars bears.
constexpr int most_levels = 10;
constexpr int most_months = 36;

}  // namespace

std::expected<Cockpit, std::vector<Error>> Cockpit::load(const std::filesystem::path& file) {
    const auto text = policy::read_whole_file(file);
    if (!text) return std::unexpected(std::vector<Error>{text.error()});
    return read(*text, "access/" + file.filename().string());
}

std::expected<Cockpit, std::vector<Error>> Cockpit::read(const std::string& yaml, std::string shown) {
    policy::Faults faults;
    Cockpit told;
    const auto file = policy::read_yaml_text(yaml, std::move(shown), faults);
    if (const auto top = file ? file->record({"urgent_levels", "months"}) : std::nullopt) {
        told.urgent_levels = top->need_integer("urgent_levels", 1, most_levels);
        told.months = top->need_integer("months", 1, most_months);
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return told;
}

}  // namespace doudi::access
