// SPDX-License-Identifier: Apache-2.0
#include "print/wording.h"

#include <algorithm>
#include <optional>

namespace doudi::print {
namespace {

using policy::Place;
using policy::YamlValue;

constexpr std::size_t longest_line = 60;  // {____}, in characters

class WordingReader {
  public:
    WordingReader(const YamlValue& value, const WordingScope& scope) : value_(value), scope_(scope) {}

    Wording read(std::string_view text) {
        std::size_t at = 0;
        while (at < text.size()) {
            const std::size_t open = text.find_first_of("{}", at);
            add_literal(text.substr(at, open - at));
            if (open == std::string_view::npos) break;
            const std::size_t close = text[open] == '{' ? text.find('}', open) : std::string_view::npos;
            if (close == std::string_view::npos) {
                fault(open, "paper_wording", {"花括号不成对", "a brace without its other half"});
                return std::move(read_);
            }
            add_part(text.substr(open + 1, close - open - 1), open + 1);
            at = close + 1;
        }
        return std::move(read_);
    }

  private:
    void fault(std::size_t offset, std::string code, Text text) const {
        value_.faults().add(std::move(code), std::move(text), value_.place_within(offset));
    }

    void add_literal(std::string_view literal) {
        if (!literal.empty()) read_.push_back({std::string(literal)});
    }

    void add_part(std::string_view inside, std::size_t offset) {
        if (!inside.empty() && inside.find_first_not_of('_') == std::string_view::npos) {
            if (inside.size() > longest_line)
                fault(offset, "paper_wording", {"横线过长", "the line is too long"});
            read_.push_back({.blank = static_cast<int>(std::min(inside.size(), longest_line))});
            return;
        }
        const std::size_t bar = inside.find('|');
        Part part;
        part.field = scope_.lookup(inside.substr(0, bar), value_.place_within(offset));
        if (part.field < 0) return;
        if (bar != std::string_view::npos) {
            const auto form = form_of(inside.substr(bar + 1), scope_.field(part.field));
            if (!form) {
                fault(offset + bar + 1, "paper_form",
                      {"没有这种写法，或不适用于该字段（figure、capital 用于金额，month 用于日期，options "
                       "用于选项和是/否）",
                       "no such form, or none of that field (figure and capital are of money, month of "
                       "dates, options of "
                       "choices and flags)"});
                return;
            }
            part.form = *form;
        }
        if (scope_.field(part.field).type == FieldType::rows) {
            fault(offset, "paper_rows_in_text", {"rows 字段只能用于 list", "rows stand in a list only"});
            return;
        }
        read_.push_back(std::move(part));
    }

    static std::optional<Form> form_of(std::string_view name, const Field& field) {
        const bool chosen = field.type == FieldType::choice || field.type == FieldType::flag;
        if (name == "options" && chosen) return Form::options;
        if (name == "figure" && field.type == FieldType::money) return Form::figure;
        if (name == "month" && field.type == FieldType::date) return Form::month;
        if (name == "capital" && field.type == FieldType::money) return Form::capital;
        return std::nullopt;
    }

    const YamlValue& value_;
    const WordingScope& scope_;
    Wording read_;
};

}  // namespace

Wording read_wording(const YamlValue& value, const WordingScope& scope) {
    const auto text = value.text();
    return text ? WordingReader(value, scope).read(*text) : Wording{};
}

bool names_anything(const Wording& wording) {
    return std::ranges::any_of(wording, [](const Part& part) { return part.field >= 0 || part.blank > 0; });
}

}  // namespace doudi::print
