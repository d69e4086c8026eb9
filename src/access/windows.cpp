// SPDX-License-Identifier: Apache-2.0
#include "access/windows.h"

#include <algorithm>
#include <string_view>

#include "policy/faults.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"

namespace doudi::access {

using policy::YamlValue;

namespace {

constexpr std::string_view everywhere = "all";

void read_window(const YamlValue& item, std::vector<Window>& windows) {
    const auto record = item.record({"unit", "title", "phone", "where", "cite"});
    if (!record) return;
    Window one;
    one.unit = record->need_text("unit");
    one.title = record->need_bilingual("title");
    one.phone = record->need_text("phone");
    one.where = record->need_bilingual("where");
    if (const YamlValue* cite = record->find("cite")) one.cite = cite->text().value_or("");
    if (std::ranges::find(windows, one.unit, &Window::unit) != windows.end())
        item.fault("window_twice", "“" + one.unit + "”重复", "'" + one.unit + "' stands twice");
    windows.push_back(std::move(one));
}

}  // namespace

std::expected<Windows, std::vector<Error>> Windows::load(const std::filesystem::path& file) {
    const auto text = policy::read_whole_file(file);
    if (!text) return std::unexpected(std::vector<Error>{text.error()});
    return read(*text, "access/" + file.filename().string());
}

std::expected<Windows, std::vector<Error>> Windows::read(const std::string& yaml, std::string shown) {
    policy::Faults faults;
    Windows all;
    const auto file = policy::read_yaml_text(yaml, std::move(shown), faults);
    if (const auto top = file ? file->record({"windows"}) : std::nullopt) {
        if (const YamlValue* windows = top->need("windows")) {
            for (const YamlValue& item : windows->list()) read_window(item, all.windows_);
            if (std::ranges::find(all.windows_, everywhere, &Window::unit) == all.windows_.end())
                windows->fault("no_window_for_all", "缺少 unit: all 一行",
                               "a line of 'unit: all' is missing");
        }
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return all;
}

const Window& Windows::of(const UnitTree& units, UnitId unit, Date day) const {
    auto path = units.path(unit, day);
    std::ranges::reverse(path);
    for (const UnitId id : path) {
        const Unit* one = units.find(id);
        const auto at =
            one == nullptr ? windows_.end() : std::ranges::find(windows_, one->code, &Window::unit);
        if (at != windows_.end()) return *at;
    }
    return *std::ranges::find(windows_, everywhere, &Window::unit);
}

}  // namespace doudi::access
