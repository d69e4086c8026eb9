// SPDX-License-Identifier: Apache-2.0
#include "determine/expression_words.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace doudi::determine {

namespace {

using policy::Subject;

struct Spoken {
    std::string_view written;
    std::string_view zh, en;
};

// Longer ones before those that they begin with.
constexpr std::array operators{
    Spoken{"&&", " 且 ", " and "},
    Spoken{"||", " 或 ", " or "},
    Spoken{"==", " 是 ", " is "},
    Spoken{"!=", " 不是 ", " is not "},
    Spoken{"<=", " 不超过 ", " is at most "},
    Spoken{">=", " 不低于 ", " is at least "},
    Spoken{"<", " 低于 ", " is below "},
    Spoken{">", " 高于 ", " is above "},
    Spoken{"*", " × ", " × "},
    Spoken{"!", "非", "not "},
};

std::optional<Text> fact_title(const policy::Law& law, Subject of, std::string_view id) {
    const int fact = law.fact_of(of, id);
    if (fact < 0) return std::nullopt;
    return law.facts[static_cast<std::size_t>(fact)].title;
}

// What stands behind the point of a name: of a person, an application, a parameter, or of a member in a
// macro.
std::optional<Text> title_behind(const policy::Law& law, std::string_view owner, std::string_view id) {
    if (owner == "param") {
        const int parameter = law.parameter_of(id);
        if (parameter < 0) return std::nullopt;
        return law.parameters[static_cast<std::size_t>(parameter)].title;
    }
    if (owner == "application") return fact_title(law, Subject::application, id);
    return fact_title(law, Subject::person, id);
}

Text name_in_words(const policy::Law& law, std::string_view name) {
    const Text as_written{std::string(name), std::string(name)};
    constexpr std::string_view plus_months = ".addMonths";
    if (name.ends_with(plus_months)) {
        const Text day = name_in_words(law, name.substr(0, name.size() - plus_months.size()));
        return {day.zh + " 加月数", day.en + " plus months"};
    }
    if (const std::size_t point = name.find('.'); point != std::string_view::npos)
        return title_behind(law, name.substr(0, point), name.substr(point + 1)).value_or(as_written);
    if (name == "has") return {"有", "there is "};
    if (name == "in") return {" 属于 ", " in "};
    if (name == "true") return {"是", "true"};
    if (name == "false") return {"否", "false"};
    if (name == "as_of") return {"当日", "the day of the question"};
    if (const int category = law.category_of(name); category >= 0)
        return law.categories[static_cast<std::size_t>(category)].title;
    return fact_title(law, Subject::household, name).value_or(as_written);
}

// A word of any fact, as its title.
Text word_in_words(const policy::Law& law, std::string_view word) {
    for (const policy::FactDefinition& fact : law.facts) {
        const auto found = std::ranges::find(fact.words, word, &policy::FactWord::id);
        if (found != fact.words.end()) return found->title;
    }
    return {std::string(word), std::string(word)};
}

bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_name_part(char c) {
    return is_name_start(c) || (c >= '0' && c <= '9') || c == '.';
}

void append(Text& out, const Text& part) {
    out.zh += part.zh;
    out.en += part.en;
}

}  // namespace

Text expression_in_words(const policy::Law& law, std::string_view expression) {
    Text out;
    for (std::size_t at = 0; at < expression.size();) {
        const char c = expression[at];
        if (is_name_start(c)) {
            std::size_t end = at;
            while (end < expression.size() && is_name_part(expression[end])) ++end;
            append(out, name_in_words(law, expression.substr(at, end - at)));
            at = end;
            continue;
        }
        if (c == '"') {
            const std::size_t end = std::min(expression.find('"', at + 1), expression.size() - 1);
            append(out, word_in_words(law, expression.substr(at + 1, end - at - 1)));
            at = end + 1;
            continue;
        }
        const auto said = std::ranges::find_if(
            operators, [&](const Spoken& one) { return expression.substr(at).starts_with(one.written); });
        if (said != operators.end()) {
            append(out, {std::string(said->zh), std::string(said->en)});
            at += said->written.size();
            while (at < expression.size() && expression[at] == ' ') ++at;
            continue;
        }
        // A space before an operator is the operator's own.
        const std::size_t next = expression.find_first_not_of(' ', at);
        const bool before_operator =
            c == ' ' && next != std::string_view::npos &&
            std::ranges::any_of(operators, [&](const Spoken& one) {
                return one.written != "!" && expression.substr(next).starts_with(one.written);
            });
        if (!before_operator) append(out, {std::string(1, c), std::string(1, c)});
        ++at;
    }
    return out;
}

}  // namespace doudi::determine
