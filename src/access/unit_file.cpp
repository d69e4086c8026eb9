// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "access/tiles.h"
#include "access/units.h"
#include "policy/faults.h"
#include "policy/yaml_reader.h"

namespace doudi::access {

namespace {

constexpr std::array<std::string_view, 9> unit_keys{"code",       "title", "kind",  "parent", "region",
                                                    "department", "from",  "until", "tile"};

UnitRow row_of(const policy::YamlRecord& record) {
    UnitRow row;
    row.place = record.self().place().text();
    const auto optional = [&record](std::string_view key) {
        const policy::YamlValue* value = record.find(key);
        return value == nullptr ? std::string() : value->text().value_or("");
    };
    row.code = record.need_id("code");
    row.title = record.need_text("title");
    row.kind = record.need_text("kind");
    row.parent = optional("parent");
    row.region = optional("region");
    row.department = optional("department");
    row.from = record.need_text("from");
    row.until = optional("until");
    return row;
}

}  // namespace

std::expected<std::vector<UnitTile>, std::vector<Error>> read_unit_tiles(const std::filesystem::path& file) {
    policy::Faults faults;
    std::vector<UnitTile> tiles;
    if (const auto top = policy::read_yaml_file(file, file.filename().string(), faults)) {
        for (const policy::YamlValue& item : top->list()) {
            const auto record = item.record(unit_keys);
            const policy::YamlValue* tile = record ? record->find("tile") : nullptr;
            if (tile == nullptr) continue;
            if (const auto place = tile->record({"column", "row"}))
                tiles.push_back({record->need_id("code"),
                                 {place->need_integer("column", 1, last_tile),
                                  place->need_integer("row", 1, last_tile)}});
        }
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return tiles;
}

std::expected<std::vector<UnitRow>, std::vector<Error>> read_unit_file(const std::filesystem::path& file) {
    policy::Faults faults;
    std::vector<UnitRow> rows;
    if (const auto top = policy::read_yaml_file(file, file.filename().string(), faults)) {
        for (const policy::YamlValue& item : top->list()) {
            const auto record = item.record(unit_keys);
            if (record) rows.push_back(row_of(*record));
        }
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return rows;
}

}  // namespace doudi::access
