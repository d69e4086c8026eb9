// SPDX-License-Identifier: Apache-2.0
#include "print/fields_reader.h"

#include <algorithm>
#include <boost/json.hpp>
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

// JSON is read by the reader of YAML, which names the place of whatever does not fit; but only what is JSON,
// as there is broken YAML on which its library does not end.
bool is_json(const std::string& text, const std::string& shown, policy::Faults& faults) {
    boost::json::stream_parser parser;
    boost::system::error_code failure;
    std::size_t end = parser.write_some(text, failure);
    if (!failure && end == text.size()) parser.finish(failure);
    const bool has_more = !failure && text.find_first_not_of(" \t\r\n", end) != std::string::npos;
    if (!failure && !has_more) return true;
    end = std::min(end, text.size());
    const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
    const std::size_t begin = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
    const std::size_t column = begin == std::string::npos ? end : end - begin - 1;
    faults.add("paper_json", {"不是有效的 JSON 文件", "it is no JSON"},
               {shown, static_cast<int>(line) + 1, static_cast<int>(column) + 1});
    return false;
}

}  // namespace

std::expected<FieldsFile, std::vector<Error>> read_fields_file(const std::string& text, std::string shown,
                                                               const Paper& paper) {
    policy::Faults faults;
    FieldsFile file;
    if (!is_json(text, shown, faults)) return std::unexpected(std::move(faults).take());
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
