// SPDX-License-Identifier: Apache-2.0
#include "policy/condition.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "expr/parse.h"

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

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Where a character of the text stands, in bytes.
std::size_t offset_of(std::string_view text, int line, int column) {
    std::size_t at = 0;
    for (; line > 1; --line) at = std::min(text.find('\n', at), text.size() - 1) + 1;
    for (; column > 1 && at < text.size(); --column) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    }
    return at;
}

// An unknown name and what stands before its point; nothing before a variable. An error stands at the name or
// at the point before it.
struct UnknownName {
    std::string_view name;
    std::optional<std::string_view> owner;
};

UnknownName name_at(std::string_view text, std::size_t offset) {
    const auto begin =
        std::find_if(text.begin() + static_cast<std::ptrdiff_t>(offset), text.end(), is_name_character);
    UnknownName found{{begin, std::find_if_not(begin, text.end(), is_name_character)}, std::nullopt};
    std::string_view before = text.substr(0, static_cast<std::size_t>(begin - text.begin()));
    if (!before.ends_with('.')) return found;
    before.remove_suffix(1);
    const auto last = std::find_if_not(before.rbegin(), before.rend(), is_name_character);
    found.owner = before.substr(static_cast<std::size_t>(before.rend() - last));
    return found;
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

// The fields that may stand behind a name: those of a variable, or, behind a member's name, those of every
// structure.
std::vector<std::string_view> fields_behind(std::string_view owner, const expr::Schema& schema) {
    std::vector<std::string_view> names;
    if (const auto variable = schema.find_variable(owner)) {
        const expr::Type type = schema.variable(*variable).type;
        if (type.kind != expr::TypeKind::structure) return names;
        for (const expr::NamedType& field : schema.fields(type.structure)) names.push_back(field.name);
        return names;
    }
    for (const expr::NamedType& variable : schema.variables()) add_fields(schema, variable.type, names);
    return names;
}

// What might have been meant: fields behind a point; else variables, and fields with their variable before
// them.
Text hint_for(const UnknownName& unknown, const expr::Schema& schema) {
    if (unknown.owner) return nearest_hint(unknown.name, fields_behind(*unknown.owner, schema));
    std::vector<std::string_view> known;
    for (const expr::NamedType& variable : schema.variables()) known.push_back(variable.name);
    if (Text hint = nearest_hint(unknown.name, known); !hint.en.empty()) return hint;
    for (const expr::NamedType& variable : schema.variables()) {
        if (variable.type.kind != expr::TypeKind::structure) continue;
        if (!schema.find_field(variable.type.structure, unknown.name)) continue;
        const std::string meant = variable.name + "." + std::string(unknown.name);
        return {"；是否应为“" + meant + "”？", "; did you mean '" + meant + "'?"};
    }
    return {};
}

// Adds the nearest name to an unknown one: behind the sentence, before the excerpt of the text that follows
// it.
void add_hint(Error& error, const Text& hint) {
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
        add_hint(error, hint_for(name_at(text, offset_of(text, line, column)), schema));
    }
    return program;
}

std::optional<expr::Program> compile_condition(const YamlValue& at, const std::string& text,
                                               const expr::Schema& schema, expr::CheckMode mode) {
    auto program = check_condition(text, schema, mode);
    if (program) return std::move(*program);
    for (const Error& error : program.error()) {
        const auto [line, column] = line_and_column(error.where);
        at.faults().add(error.code, error.text, at.place_within(offset_of(text, line, column)));
    }
    return std::nullopt;
}

Place place_of_node(const YamlValue& at, const expr::Ast& ast, expr::NodeId node) {
    return at.place_within(ast.node(node).begin);
}

}  // namespace doudi::policy
