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

// Adds the nearest field to an unknown name: behind the sentence, before the excerpt of the text that follows
// it.
Text with_hint(const Error& error, std::string_view name, const Dataset& dataset) {
    std::vector<std::string_view> known;
    for (const int column : row_columns(dataset)) {
        known.push_back(dataset.columns[static_cast<std::size_t>(column)].field);
    }
    const Text hint = nearest_hint(name, known);
    Text text = error.text;
    text.zh.insert(std::min(text.zh.find('\n'), text.zh.size()), hint.zh);
    text.en.insert(std::min(text.en.find('\n'), text.en.size()), hint.en);
    return text;
}

void report(const YamlValue& when, std::string_view condition, const Dataset& dataset, const Error& error) {
    const auto [line, column] = line_and_column(error.where);
    const bool unknown = error.code == "cel_unknown_name";
    when.faults().add(error.code,
                      unknown ? with_hint(error, name_at(condition, line, column), dataset) : error.text,
                      when.place_within(line, column));
}

}  // namespace

std::optional<expr::Program> compile_condition(const YamlValue& when, const std::string& text,
                                               const Dataset& dataset) {
    Result<expr::Ast> tree = expr::parse(text);
    if (!tree) {
        report(when, text, dataset, tree.error());
        return std::nullopt;
    }
    auto program = expr::check_all(std::move(*tree), row_schema(dataset), expr::CheckMode::pack_condition);
    if (program) return std::move(*program);
    for (const Error& error : program.error()) report(when, text, dataset, error);
    return std::nullopt;
}

}  // namespace doudi::policy
