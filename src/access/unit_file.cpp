// SPDX-License-Identifier: Apache-2.0
#include "access/units.h"
#include "policy/faults.h"
#include "policy/yaml_reader.h"

namespace doudi::access {

namespace {

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

std::expected<std::vector<UnitRow>, std::vector<Error>> read_unit_file(const std::filesystem::path& file) {
    policy::Faults faults;
    std::vector<UnitRow> rows;
    if (const auto top = policy::read_yaml_file(file, file.filename().string(), faults)) {
        for (const policy::YamlValue& item : top->list()) {
            const auto record =
                item.record({"code", "title", "kind", "parent", "region", "department", "from", "until"});
            if (record) rows.push_back(row_of(*record));
        }
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return rows;
}

}  // namespace doudi::access
