// SPDX-License-Identifier: Apache-2.0
#include "rekey/template_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "policy/yaml_reader.h"
#include "registry/field_titles.h"
#include "registry/fields.h"

namespace doudi::rekey {
namespace {

std::vector<std::string_view> fields_of(bool households) {
    std::vector<std::string_view> fields{"code"};
    const auto known = households ? registry::household_fields() : registry::member_fields();
    for (const std::string_view field : known)
        if (field != "household" && field != "ended_on" && field != "successor") fields.push_back(field);
    if (households) fields.emplace_back("head_number");
    return fields;
}

std::vector<TemplateColumn> read_columns(const policy::YamlRecord& record, std::string_view key,
                                         bool households) {
    std::vector<TemplateColumn> columns;
    const policy::YamlValue* list = record.need(key);
    if (list == nullptr) return columns;
    const auto known = fields_of(households);
    for (const policy::YamlValue& item : list->list()) {
        const auto column = item.record({"heading", "field"});
        if (!column) continue;
        TemplateColumn read{column->need_text("heading"), column->need_text("field")};
        if (!read.field.empty() && std::ranges::find(known, read.field) == known.end())
            column->find("field")->unknown_name("template_field", "字段", "field", read.field, known);
        const bool repeats =
            std::ranges::find(columns, read.heading, &TemplateColumn::heading) != columns.end();
        if (repeats)
            item.fault("template_heading", fmt::format("表头“{}”重复", read.heading),
                       fmt::format("the heading '{}' stands twice", read.heading));
        columns.push_back(std::move(read));
    }
    return columns;
}

void read_export_headings(const policy::YamlValue& value, Template& form) {
    const auto record = value.record({"households", "members"});
    if (!record) return;
    form.exported_households = read_columns(*record, "households", true);
    form.exported_members = read_columns(*record, "members", false);
}

}  // namespace

Words Template::their_words() const {
    Words theirs;
    for (const auto& [ours, word] : words) theirs.emplace(std::pair(ours.first, word), ours.second);
    return theirs;
}

std::string Template::written(const std::string& field, const std::string& value) const {
    const auto word = words.find({field, value});
    return word == words.end() ? value : word->second;
}

std::string Template::heading_of(bool of_household, const std::string& field) const {
    const auto& columns = of_household ? households : members;
    const auto column = std::ranges::find(columns, field, &TemplateColumn::field);
    return column == columns.end() ? registry::field_title(field).zh : column->heading;
}

std::expected<Template, std::vector<Error>> load_template(const std::filesystem::path& file) {
    policy::Faults faults;
    Template form;
    const auto value = policy::read_yaml_file(file, file.filename().string(), faults);
    if (const auto record = value ? value->record({"id", "title", "households", "members", "words", "export"})
                                  : std::nullopt) {
        form.id = record->need_id("id");
        form.title = record->need_bilingual("title");
        form.households = read_columns(*record, "households", true);
        form.members = read_columns(*record, "members", false);
        if (const policy::YamlValue* exports = record->find("export")) read_export_headings(*exports, form);
        const policy::YamlValue* words = record->find("words");
        for (const auto& field : words == nullptr ? std::vector<policy::YamlEntry>() : words->entries())
            for (const auto& word : field.value.entries())
                if (auto text = word.value.text())
                    form.words.emplace(std::pair(field.key, word.key), std::move(*text));
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return form;
}

Result<std::filesystem::path> template_named(const std::filesystem::path& folder, const std::string& id) {
    std::vector<std::string> known;
    std::error_code failure;
    for (const auto& file : std::filesystem::directory_iterator(folder, failure))
        if (file.path().extension() == ".yaml") known.push_back(file.path().stem().string());
    std::ranges::sort(known);
    if (std::ranges::find(known, id) != known.end()) return folder / (id + ".yaml");
    return fail(ErrorKind::usage, "province_unknown",
                {fmt::format("没有平台模板“{}”；有：{}", id, fmt::join(known, " ")),
                 fmt::format("there is no platform's form '{}'; there are: {}", id, fmt::join(known, " "))});
}

}  // namespace doudi::rekey
