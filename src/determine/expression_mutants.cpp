// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "determine/mutants.h"
#include "expr/lexer.h"

namespace doudi::determine {

namespace {

using Swap = std::pair<std::string_view, std::string_view>;

// What stands for what; `!` for nothing.
constexpr std::array<Swap, 17> swaps{{{"<", "<="},
                                      {"<=", "<"},
                                      {">", ">="},
                                      {">=", ">"},
                                      {"==", "!="},
                                      {"!=", "=="},
                                      {"&&", "||"},
                                      {"||", "&&"},
                                      {"!", ""},
                                      {"+", "-"},
                                      {"-", "+"},
                                      {"min", "max"},
                                      {"max", "min"},
                                      {"exists", "all"},
                                      {"all", "exists"},
                                      {"true", "false"},
                                      {"false", "true"}}};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::string one_more(const std::string& number) {
    const bool is_number = !number.empty() && is_digit(number.back()) &&
                           std::ranges::all_of(number, [](char c) { return is_digit(c) || c == '.'; }) &&
                           std::ranges::count(number, '.') <= 1;
    if (!is_number) return {};
    std::string more = number;
    for (std::size_t at = more.size(); at-- > 0;) {
        if (more[at] == '.') continue;
        if (more[at] != '9') {
            ++more[at];
            return more;
        }
        more[at] = '0';
    }
    return "1" + more;
}

std::vector<std::string> expression_mutants(const std::string& source) {
    std::vector<std::string> mutants;
    const auto tokens = expr::tokenise(source);
    if (!tokens) return mutants;
    for (const expr::Token& token : *tokens) {
        const std::string written = source.substr(token.begin, token.end - token.begin);
        const auto with = [&](std::string_view other) {
            mutants.push_back(source.substr(0, token.begin) + std::string(other) + source.substr(token.end));
        };
        if (token.kind == expr::TokenKind::integer || token.kind == expr::TokenKind::decimal) {
            if (const std::string more = one_more(written); !more.empty()) with(more);
        } else if (token.kind == expr::TokenKind::mark || token.kind == expr::TokenKind::identifier) {
            const auto found = std::ranges::find(swaps, std::string_view(written), &Swap::first);
            if (found != swaps.end()) with(found->second);
        }
    }
    return mutants;
}

}  // namespace doudi::determine
