// SPDX-License-Identifier: Apache-2.0
#include "intake/fact_cell.h"

#include <algorithm>
#include <charconv>

#include "base/text_fold.h"
#include "intake/amount_text.h"
#include "intake/date_text.h"

namespace doudi::intake {
namespace {

FactCell fault(FindingCode code) {
    return {{}, code};
}

FactCell read_money(std::string_view text) {
    const AmountText read = read_amount_text(text);
    if (read.kind == AmountTextKind::value) return {std::to_string(read.money.fen()), {}};
    if (read.kind == AmountTextKind::empty) return {};
    return fault(FindingCode::amount_unreadable);
}

FactCell read_date(std::string_view text, CellKind kind, bool date_1904) {
    const DateText read =
        kind == CellKind::number ? read_date_number(text, date_1904) : read_date_text(text, date_1904);
    if (read.kind == DateTextKind::day) return {read.date.iso(), {}};
    if (read.kind == DateTextKind::empty) return {};
    return fault(FindingCode::date_unreadable);
}

FactCell read_integer(std::string_view text) {
    const std::string folded = half_width(text);
    const std::string_view digits = trim(folded);
    if (digits.empty()) return {};
    std::int64_t value = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (status != std::errc{} || end != digits.data() + digits.size())
        return fault(FindingCode::count_unreadable);
    return {std::to_string(value), {}};
}

FactCell read_word(const policy::Dataset& dataset, int column, std::string_view text) {
    const std::string_view word = trim(text);
    if (word.empty()) return {};
    for (const policy::DatasetFact& fact : dataset.facts) {
        if (fact.column != column) continue;
        const bool known =
            std::ranges::any_of(fact.meanings, [&](const policy::DatasetFact::Meaning& meaning) {
                return std::ranges::find(meaning.words, word) != meaning.words.end();
            });
        if (!known) return {std::string(word), FindingCode::word_unknown};
    }
    return {std::string(word), {}};
}

}  // namespace

FactCell read_fact_cell(const policy::Dataset& dataset, int column, std::string_view text, CellKind kind,
                        bool date_1904) {
    if (kind == CellKind::error) return fault(FindingCode::cell_error);
    switch (dataset.columns[static_cast<std::size_t>(column)].type) {
        case policy::ColumnType::money:
            return read_money(text);
        case policy::ColumnType::date:
            return read_date(text, kind, date_1904);
        case policy::ColumnType::integer:
            return read_integer(text);
        default:
            return read_word(dataset, column, text);
    }
}

}  // namespace doudi::intake
