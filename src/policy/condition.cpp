// SPDX-License-Identifier: Apache-2.0
#include "policy/condition.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "expr/parse.h"
#include "policy/row_schema.h"

namespace doudi::policy {

namespace {

// expr/ places its errors as line:column of the condition's own text.
std::pair<int, int> line_and_column(std::string_view where) {
    int line = 1;
    int column = 1;
    const char* const end = where.data() + where.size();
    const auto [after_line, status] = std::from_chars(where.data(), end, line);
    if (status == std::errc{} && after_line != end) std::from_chars(after_line + 1, end, column);
    return {line, column};
}

// The first name at or after a character of the text's line: an unknown one is reported at itself or at the
// dot before it.
std::string_view name_at(std::string_view text, int line, int column) {
    const auto is_name = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    for (; line > 1; --line) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    for (; column > 1 && !text.empty(); --column) {
        text.remove_prefix(1);
        while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0U) == 0x80U)
            text.remove_prefix(1);
    }
    const auto begin = std::ranges::find_if(text, is_name);
    return {begin, std::find_if_not(begin, text.end(), is_name)};
}

// The fields that a name may have meant: those of every structure that a variable leads to.
void add_fields(const expr::Schema& schema, expr::Type type, std::vector<std::string_view>& names) {
    const bool leads_on = type.kind == expr::TypeKind::structure || type.element == expr::TypeKind::structure;
    if (!leads_on) return;
    for (const expr::NamedType& field : schema.fields(type.structure)) {
        names.push_back(field.name);
        add_fields(schema, field.type, names);
    }
}

// Adds the nearest name to an unknown one: behind the sentence, before the excerpt of the text that follows
// it.
void add_hint(Error& error, std::string_view name, const expr::Schema& schema) {
    std::vector<std::string_view> known;
    for (const expr::NamedType& variable : schema.variables()) add_fields(schema, variable.type, known);
    const Text hint = nearest_hint(name, known);
    error.text.zh.insert(std::min(error.text.zh.find('\n'), error.text.zh.size()), hint.zh);
    error.text.en.insert(std::min(error.text.en.find('\n'), error.text.en.size()), hint.en);
}

}  // namespace

std::expected<expr::Program, std::vector<Error>> check_condition(const std::string& text,
                                                                 const expr::Schema& schema,
                                                                 expr::CheckMode mode) {
    Result<expr::Ast> tree = expr::parse(text);
    if (!tree) return std::unexpected(std::vector{std::move(tree.error())});
    auto program = expr::check_all(std::move(*tree), schema, mode);
    if (program) return program;
    for (Error& error : program.error()) {
        if (error.code != "cel_unknown_name") continue;
        const auto [line, column] = line_and_column(error.where);
        add_hint(error, name_at(text, line, column), schema);
    }
    return program;
}

std::optional<expr::Program> compile_condition(const YamlValue& when, const std::string& text,
                                               const Dataset& dataset) {
    auto program = check_condition(text, row_schema(dataset), expr::CheckMode::pack_condition);
    if (program) return std::move(*program);
    for (const Error& error : program.error()) {
        const auto [line, column] = line_and_column(error.where);
        when.faults().add(error.code, error.text, when.place_within(line, column));
    }
    return std::nullopt;
}

}  // namespace doudi::policy
