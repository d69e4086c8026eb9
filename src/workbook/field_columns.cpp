// SPDX-License-Identifier: Apache-2.0
#include "workbook/field_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/money.h"
#include "casework/found.h"
#include "casework/kept/kept_numbers.h"

namespace doudi::workbook {
namespace {

using Type = policy::FieldRule::Type;

bool is_many(Type type) {
    return type == Type::texts || type == Type::people || type == Type::users;
}

// Money is kept in fen and written in yuan.
std::string heading_of(const policy::FieldRule& field) {
    if (field.type == Type::money) return field.title.zh + "（元）";
    return is_many(field.type) ? field.title.zh + "（多项用；分隔）" : field.title.zh;
}

ColumnType type_of(Type type) {
    switch (type) {
        case Type::word:
        case Type::flag:
        case Type::unit:
        case Type::department:
        case Type::category:
        case Type::benefit:
        case Type::branch:
            return ColumnType::choice;
        case Type::date:
            return ColumnType::date;
        case Type::count:
        case Type::person:
        case Type::case_:
            return ColumnType::number;
        case Type::money:
            return ColumnType::money;
        default:
            return ColumnType::text;
    }
}

// "甲；乙": what stands between the marks, without blanks around it.
std::vector<std::string> parts_of(std::string_view text) {
    static constexpr std::array<std::string_view, 4> marks{"；", ";", "、", "\n"};
    std::vector<std::string> parts(1);
    while (!text.empty()) {
        const auto mark =
            std::ranges::find_if(marks, [&](std::string_view one) { return text.starts_with(one); });
        if (mark == marks.end()) {
            parts.back() += text.front();
            text.remove_prefix(1);
        } else {
            parts.emplace_back();
            text.remove_prefix(mark->size());
        }
    }
    for (std::string& part : parts) {
        const auto first = part.find_first_not_of(" \t\r");
        part = first == std::string::npos ? std::string()
                                          : part.substr(first, part.find_last_not_of(" \t\r") - first + 1);
    }
    std::erase(parts, std::string());
    return parts;
}

Error refusal(std::string code, Text text, std::string place) {
    return {ErrorKind::invalid, std::move(code), std::move(text), std::move(place)};
}

}  // namespace

bool goes_into_cells(const policy::FieldRule& field) {
    return field.type != Type::attachments && field.type != Type::account;
}

std::set<std::string> fields_of(const policy::Law& law, std::string_view machine, const policy::Move& move) {
    std::set<std::string> fields(move.needs.begin(), move.needs.end());
    fields.insert(move.may.begin(), move.may.end());
    const auto is_account = [&](const std::string& id) {
        const policy::FieldRule* field = law.procedures.field(id);
        return field != nullptr && field->type == Type::account;
    };
    for (const casework::NeedIf& rule : casework::needs_if(law, fmt::format("{}.{}", machine, move.id))) {
        if (std::ranges::none_of(rule.told, is_account)) continue;
        for (const std::string& id : rule.needs) fields.erase(id);
    }
    return fields;
}

void tell_apart(std::vector<Choice>& choices) {
    std::map<std::string, int> times;
    for (const Choice& one : choices) ++times[one.word];
    for (Choice& one : choices)
        if (times[one.word] > 1) one.word += fmt::format("（{}）", one.id);
}

std::vector<Choice> FieldColumns::choices_of(const policy::FieldRule& field) const {
    std::vector<Choice> choices;
    const auto add = [&](const std::string& id, const std::string& word) { choices.push_back({id, word}); };
    if (field.type == Type::word)
        for (const auto& [id, title] : field.words) add(id, title.zh);
    if (field.type == Type::flag) choices = {{"true", "是"}, {"false", "否"}};
    if (field.type == Type::category)
        for (const auto& one : law_.categories) add(one.id, one.title.zh);
    if (field.type == Type::benefit)
        for (const auto& one : law_.benefits) add(one.id, one.title.zh);
    if (field.type == Type::department || field.type == Type::branch) {
        const std::string_view section = field.type == Type::branch ? "branches" : "departments";
        for (const auto& one : law_.routes)
            if (one.section == section) add(one.id, one.title.zh);
    }
    if (field.type == Type::unit)
        for (const auto& one : units_.units()) add(one.code, fmt::format("{} {}", one.title, one.code));
    tell_apart(choices);
    return choices;
}

Column FieldColumns::column_of(const policy::FieldRule& field) const {
    return {std::string(field_prefix) + field.id, heading_of(field), type_of(field.type), true,
            choices_of(field)};
}

void FieldColumns::add_to(std::vector<Column>& columns, const std::set<std::string>& fields) const {
    for (const policy::FieldRule& field : law_.procedures.fields)
        if (fields.contains(field.id) && goes_into_cells(field)) columns.push_back(column_of(field));
    std::map<std::string, int> times;
    for (const Column& column : columns) ++times[column.heading];
    for (Column& column : columns)
        if (times[column.heading] > 1 && column.id.starts_with(field_prefix))
            column.heading += fmt::format("（{}）", std::string_view(column.id).substr(field_prefix.size()));
}

std::vector<std::string> FieldColumns::values_of(const std::string& id, const std::string& text,
                                                 std::vector<Error>& refusals,
                                                 const std::string& place) const {
    const policy::FieldRule* found = law_.procedures.field(id);
    ensure(found != nullptr, "the column was made of a field");
    const policy::FieldRule& field = *found;
    if (field.type == Type::money) {
        const auto money = Money::parse_yuan(text);
        return {money ? std::to_string(money->fen()) : text};
    }
    std::vector<std::string> values = is_many(field.type) ? parts_of(text) : std::vector<std::string>{text};
    if (!casework::is_kept_by_number(field.type)) return values;
    for (std::string& value : values) {
        std::string number = casework::number_kept(units_, database_, field.type, value);
        if (number.empty())
            refusals.push_back(refusal("workbook_name",
                                       {fmt::format("“{}”中有系统里没有的名称", field.title.zh),
                                        fmt::format("'{}' names what is not there", field.title.en)},
                                       place));
        value = std::move(number);
    }
    return values;
}

}  // namespace doudi::workbook
