// SPDX-License-Identifier: Apache-2.0
#include "print/fields_reader.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "policy/yaml_reader.h"

namespace doudi::print {
namespace {

using policy::YamlEntry;
using policy::YamlValue;

constexpr int most_number = std::numeric_limits<int>::max();

Value value_of(const YamlValue& given, const Field& field);

Value text_value(const YamlValue& given) {
    auto text = given.text();
    if (!text) return {};
    return {*std::move(text)};
}

Value money_value(const YamlValue& given) {
    const auto text = given.text();
    if (!text) return {};
    const auto money = Money::parse_yuan(*text);
    if (money) return {*money};
    given.fault("paper_money", "此处应为金额（元，至多两位小数）",
                "expected a sum in yuan with at most two decimals");
    return {};
}

Value choice_value(const YamlValue& given, const Field& field) {
    auto word = given.text();
    if (!word) return {};
    if (field.option(*word) != nullptr) return {*std::move(word)};
    std::vector<std::string_view> known;
    for (const Option& option : field.options) known.push_back(option.id);
    given.unknown_name("paper_choice", "选项", "choice", *word, known);
    return {};
}

// Text is masked where it is printed; {full: …} is what the caller was cleared to show.
Value number_value(const YamlValue& given) {
    if (!given.is_mapping()) return text_value(given);
    const auto record = given.record({"full"});
    if (!record) return {};
    return {WholeNumber{record->need_text("full")}};
}

Row row_of(const YamlValue& given, const std::vector<Field>& fields) {
    Row row;
    std::vector<std::string_view> known;
    for (const Field& field : fields) known.push_back(field.id);
    for (const YamlEntry& entry : given.entries()) {
        const Field* field = find_field(fields, entry.key);
        if (field == nullptr) {
            entry.key_value.unknown_name("paper_field_unknown", "字段", "field", entry.key, known);
        } else {
            row.values.emplace(entry.key, value_of(entry.value, *field));
        }
    }
    return row;
}

Value rows_value(const YamlValue& given, const Field& field) {
    std::vector<Row> rows;
    for (const YamlValue& item : given.list()) rows.push_back(row_of(item, field.columns));
    return {std::move(rows)};
}

template <class Read>
Value value_or_nothing(std::optional<Read> read) {
    if (!read) return {};
    return {*std::move(read)};
}

Value value_of(const YamlValue& given, const Field& field) {
    if (given.is_null()) return {};
    switch (field.type) {
        case FieldType::text:
            return text_value(given);
        case FieldType::number: {
            const auto number = given.integer(-most_number, most_number);
            if (!number) return {};
            return {std::int64_t{*number}};
        }
        case FieldType::money:
            return money_value(given);
        case FieldType::date:
            return value_or_nothing(given.date());
        case FieldType::flag:
            return value_or_nothing(given.flag());
        case FieldType::choice:
            return choice_value(given, field);
        case FieldType::id_number:
            return number_value(given);
        case FieldType::rows:
            return rows_value(given, field);
    }
    return {};
}

}  // namespace

std::expected<FieldsFile, std::vector<Error>> read_fields_file(const std::string& text, std::string shown,
                                                               const Paper& paper) {
    policy::Faults faults;
    FieldsFile file;
    if (const auto top = policy::read_yaml_text(text, std::move(shown), faults)) {
        if (const auto record = top->record({"date", "fields"})) {
            if (const YamlValue* day = record->need("date")) file.day = day->date().value_or(Date());
            if (const YamlValue* fields = record->need("fields")) file.fields = row_of(*fields, paper.fields);
        }
    }
    auto found = std::move(faults).take();
    if (!found.empty()) return std::unexpected(std::move(found));
    return file;
}

}  // namespace doudi::print
