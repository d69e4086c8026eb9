// SPDX-License-Identifier: Apache-2.0
#include "archive/fill.h"

#include <algorithm>
#include <charconv>

namespace doudi::archive {
namespace {

using print::FieldType;
using print::Value;

std::optional<std::int64_t> integer(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// Texts of several values, as they are listed in a sentence.
std::string listed(const Fact& fact, const Source& source) {
    std::string all;
    for (std::size_t n = 0; n < fact.values.size(); ++n) {
        const auto word = source.words.find(fact.values[n]);
        const std::string& text = word == source.words.end() ? fact.words[n] : word->second;
        if (text.empty()) continue;
        if (!all.empty()) all += "、";
        all += text;
    }
    return all;
}

std::optional<std::string> option(const std::string& value, const Source& source, const print::Field& field) {
    const auto word = source.words.find(value);
    const std::string& id = word == source.words.end() ? value : word->second;
    if (field.option(id) != nullptr) return id;
    return source.others.empty() ? std::nullopt : std::optional(source.others);
}

std::optional<Value> value_of(const Fact& fact, const Source& source, const print::Field& field) {
    if (!fact.is_known()) return std::nullopt;
    const std::string& first = fact.values.front();
    switch (field.type) {
        case FieldType::text: {
            std::string text = listed(fact, source);
            return text.empty() ? std::nullopt : std::optional(Value{std::move(text)});
        }
        case FieldType::number: {
            const auto number = integer(first);
            return number ? std::optional(Value{*number}) : std::nullopt;
        }
        case FieldType::money: {
            const auto fen = integer(first);
            return fen ? std::optional(Value{Money::fen(*fen)}) : std::nullopt;
        }
        case FieldType::date: {
            const auto day = Date::parse_iso(first);
            return day ? std::optional(Value{*day}) : std::nullopt;
        }
        case FieldType::flag:
            return Value{first == "true"};
        case FieldType::choice: {
            auto id = option(first, source, field);
            return id ? std::optional(Value{*std::move(id)}) : std::nullopt;
        }
        case FieldType::id_number:
            return Value{first};
        case FieldType::rows:
            return std::nullopt;
    }
    return std::nullopt;
}

// Its last day, of so many months that begin on a day; not known where one of the two is not.
Fact last_day(const Fact& from, const Fact& months) {
    const auto first = from.is_known() ? Date::parse_iso(from.values.front()) : std::nullopt;
    const auto count = months.is_known() ? integer(months.values.front()) : std::nullopt;
    constexpr std::int64_t most = 1200;
    if (!first || !count || *count < 1 || *count > most) return {};
    const std::string day = (first->plus_months(static_cast<int>(*count)) - 1).iso();
    return {{day}, {day}};
}

Fact fact_of(const Source& source, const CaseFacts& facts, std::string_view paper) {
    Fact fact = facts.find(source.from, paper);
    return source.months.empty() ? fact : last_day(fact, facts.find(source.months, paper));
}

bool is_shown(const FieldSources& sources, const std::string& column, const CaseFacts& facts) {
    return std::ranges::all_of(sources.shown_if, [&](const ShownIf& shown) {
        if (std::ranges::find(shown.columns, column) == shown.columns.end()) return true;
        const Fact fact = facts.find(shown.from);
        return fact.is_known() && std::ranges::find(shown.is, fact.values.front()) != shown.is.end();
    });
}

std::optional<Value> rows_of(const FieldSources& sources, const print::Field& field, const CaseFacts& facts) {
    std::vector<print::Row> rows;
    const Source plain;
    for (const FactRow& told : facts.rows(sources.any.front().from)) {
        print::Row row;
        for (const auto& [column, from] : sources.columns) {
            const auto fact = told.find(from);
            const print::Field* of = print::find_field(field.columns, column);
            if (fact == told.end() || of == nullptr || !is_shown(sources, column, facts)) continue;
            if (auto value = value_of(fact->second, plain, *of))
                row.values.emplace(column, *std::move(value));
        }
        rows.push_back(std::move(row));
    }
    return rows.empty() ? std::nullopt : std::optional(Value{std::move(rows)});
}

bool is_asked(const Need& need, const CaseFacts& facts) {
    if (need.machines.empty()) return true;
    const Fact machine = facts.find("case.machine");
    return machine.is_known() &&
           std::ranges::find(need.machines, machine.values.front()) != need.machines.end();
}

}  // namespace

print::Fields fill(const SourceBook& book, const print::Paper& paper, const CaseFacts& facts) {
    print::Fields fields;
    for (const print::Field& field : paper.fields) {
        const FieldSources* sources = book.of(paper.id, field.id);
        if (sources == nullptr || sources->any.empty()) continue;
        if (field.type == FieldType::rows) {
            if (auto rows = rows_of(*sources, field, facts))
                fields.values.emplace(field.id, *std::move(rows));
            continue;
        }
        for (const Source& source : sources->any) {
            auto value = value_of(fact_of(source, facts, paper.id), source, field);
            if (!value) continue;
            fields.values.emplace(field.id, *std::move(value));
            break;
        }
    }
    return fields;
}

std::optional<Text> why_not(const SourceBook& book, std::string_view paper, const CaseFacts& facts) {
    for (const Need& need : book.needs_of(paper)) {
        if (!is_asked(need, facts)) continue;
        const Fact fact = facts.find(need.from);
        const bool holds =
            need.is.empty()
                ? !fact.is_known()
                : fact.is_known() && std::ranges::find(need.is, fact.values.front()) != need.is.end();
        if (!holds) return need.why;
    }
    return std::nullopt;
}

}  // namespace doudi::archive
