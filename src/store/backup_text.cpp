// SPDX-License-Identifier: Apache-2.0
#include "store/backup_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "store/migrations.h"
#include "store/schema_text.h"

namespace doudi::store {

namespace {

constexpr std::string_view first_line = "doudi-backup 1";
constexpr std::pair<std::string_view, ColumnType> type_names[] = {
    {"integer", ColumnType::integer}, {"text", ColumnType::text}, {"blob", ColumnType::blob}};

std::optional<ColumnType> type_of(std::string_view name) {
    for (const auto& [known, type] : type_names) {
        if (known == name) return type;
    }
    return std::nullopt;
}

std::string_view name_of(ColumnType type) {
    for (const auto& [name, known] : type_names) {
        if (known == type) return name;
    }
    return {};
}

// Later steps may have renamed or dropped some; what is not in the list stands at the end.
std::ptrdiff_t rank_of(const std::string& table, const std::vector<std::string>& order) {
    return std::ranges::find(order, table) - order.begin();
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(at), text.size());
        if (end > 0) parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

// What stands in SQL unquoted: our own names are such.
bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

bool read_number(std::string_view text, std::int64_t& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value >= 0;
}

std::optional<TableColumns> read_table(const std::vector<std::string_view>& words) {
    if (words.size() < 3 || !is_name(words[1])) return std::nullopt;
    TableColumns table{std::string(words[1]), {}, {}};
    for (const std::string_view word : std::span(words).subspan(2)) {
        const std::size_t colon = std::min(word.find(':'), word.size());
        const auto type = type_of(word.substr(std::min(colon + 1, word.size())));
        if (!type || !is_name(word.substr(0, colon))) return std::nullopt;
        table.columns.emplace_back(word.substr(0, colon));
        table.types.push_back(*type);
    }
    return table;
}

}  // namespace

bool TableColumns::has(std::string_view column) const {
    return std::ranges::find(columns, column) != columns.end();
}

Result<std::vector<TableColumns>> tables_of(Database& database) {
    std::vector<TableColumns> tables;
    auto query = TRY(database.prepare(database.engine().columns_sql()));
    while (TRY(query.step())) {
        if (tables.empty() || tables.back().name != query.text_view(0))
            tables.push_back({query.text(0), {}, {}});
        const auto type = type_of(query.text_view(2));
        ensure(type.has_value(), "a column of the store's types");
        tables.back().columns.push_back(query.text(1));
        tables.back().types.push_back(*type);
    }
    std::vector<std::string> order;
    for (const Migration& migration : all_migrations()) {
        for (std::string& name : tables_made_by(migration.sql)) order.push_back(std::move(name));
    }
    std::ranges::sort(tables, {}, [&](const TableColumns& table) {
        return std::pair(rank_of(table.name, order), table.name);
    });
    return tables;
}

std::string head_text(const BackupHead& head) {
    std::string text = fmt::format("{}\nschema {}\ncurrent {}\n", first_line, head.schema, head.current);
    for (const TableColumns& table : head.tables) {
        text += "table " + table.name;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            text += fmt::format(" {}:{}", table.columns[i], name_of(table.types[i]));
        }
        text += '\n';
    }
    return text;
}

std::optional<BackupHead> read_head(std::string_view text) {
    const auto lines = split(text, '\n');
    BackupHead head;
    if (lines.size() < 3 || lines[0] != first_line) return std::nullopt;
    for (const std::string_view line : std::span(lines).subspan(1)) {
        const auto words = split(line, ' ');
        if (words[0] == "table") {
            auto table = read_table(words);
            if (!table) return std::nullopt;
            head.tables.push_back(std::move(*table));
        } else if (words.size() != 2 || (words[0] != "schema" && words[0] != "current") ||
                   !read_number(words[1], words[0] == "schema" ? head.schema : head.current)) {
            return std::nullopt;
        }
    }
    return head;
}

}  // namespace doudi::store
