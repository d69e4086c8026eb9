// SPDX-License-Identifier: Apache-2.0
#include "store/schema_text.h"

#include <algorithm>
#include <cstddef>

namespace doudi::store {

namespace {

enum class Kind {
    word,
    mark,
    other
};  // mark: one of ( ) , ; and the like; other: spaces, comments, literals

struct Token {
    Kind kind;
    std::string_view text;
};

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

// Behind the quote that ends what begins at `at`; '' inside is two literals side by side, which is as good.
std::size_t end_of_quoted(std::string_view sql, std::size_t at) {
    const std::size_t end = sql.find(sql[at], at + 1);
    return end == std::string_view::npos ? sql.size() : end + 1;
}

Token next_token(std::string_view sql, std::size_t at) {
    std::size_t end = at + 1;
    Kind kind = Kind::mark;
    if (sql[at] == '\'' || sql[at] == '"') {
        kind = Kind::other;
        end = end_of_quoted(sql, at);
    } else if (sql.substr(at).starts_with("--")) {
        kind = Kind::other;
        end = std::min(sql.find('\n', at), sql.size());
    } else if (is_space(sql[at])) {
        kind = Kind::other;
        while (end < sql.size() && is_space(sql[end])) ++end;
    } else if (is_word(sql[at])) {
        kind = Kind::word;
        while (end < sql.size() && is_word(sql[end])) ++end;
    }
    return {kind, sql.substr(at, end - at)};
}

std::vector<Token> tokens_of(std::string_view sql) {
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < sql.size(); at += tokens.back().text.size()) {
        tokens.push_back(next_token(sql, at));
    }
    return tokens;
}

std::string_view in_postgres(std::string_view word, std::string_view before) {
    if (word == "integer") return "bigint";
    if (word == "blob") return "bytea";
    if (word == "text" && before != "as") return "text collate \"C\"";
    if (word == "strict" || word == "without" || word == "rowid") return {};
    return word;
}

}  // namespace

std::string schema_for_postgres(std::string_view sql) {
    std::string text;
    std::string_view before;
    bool in_table_options = false;  // behind "strict" or "without", up to the ;
    for (const Token& token : tokens_of(sql)) {
        if (token.kind == Kind::other) {
            text += token.text;
            continue;
        }
        if (token.kind == Kind::word) {
            const std::string_view put = in_postgres(token.text, before);
            in_table_options = in_table_options || put.empty();
            text += put;
        } else {
            if (token.text == ";") in_table_options = false;
            if (!(in_table_options && token.text == ",")) text += token.text;
        }
        before = token.text;
    }
    return text;
}

std::vector<std::string> tables_made_by(std::string_view sql) {
    std::vector<std::string> names;
    std::string_view before;
    std::string_view before_that;
    for (const Token& token : tokens_of(sql)) {
        if (token.kind == Kind::other) continue;
        if (before_that == "create" && before == "table") names.emplace_back(token.text);
        before_that = before;
        before = token.text;
    }
    return names;
}

int parameters_of(std::string_view sql) {
    int most = 0;
    for (const Token& token : tokens_of(sql)) {
        if (token.kind != Kind::word || token.text[0] != '$') continue;
        int n = 0;
        for (const char digit : token.text.substr(1)) {
            if (digit < '0' || digit > '9' || n > 10000) return most;
            n = n * 10 + (digit - '0');
        }
        most = std::max(most, n);
    }
    return most;
}

}  // namespace doudi::store
