// SPDX-License-Identifier: Apache-2.0
// Facts, figures and changes in words that can be read out. An amount that is no whole fen is shown with
// "about"; what decides is never the shown figure.
#pragma once
#include <string>

#include "determine/records.h"

namespace doudi::determine {

// A fact's, figure's or rule's title; title_of() says whose it is besides.
[[nodiscard]] Text bare_title(const policy::Law& law, const FactKey& key);
[[nodiscard]] Text title_of(const policy::Law& law, const Case& told, const FactKey& key);
// `definition` gives the words of a word; null: as it is.
[[nodiscard]] Text value_in_words(const expr::Value& value, const policy::FactDefinition* definition);
[[nodiscard]] const policy::FactDefinition* definition_of(const policy::Law& law, const FactKey& key);
// "0.7", "632.25"; exact unless the decimals do not end.
struct Decimal {
    std::string text;
    bool is_exact = true;
};
[[nodiscard]] Decimal decimal_of(expr::Rational value, int places);
// Money and amounts in yuan ("2.00", "631.3333"), ratios as decimals, all without a unit.
[[nodiscard]] Decimal figure_of(const expr::Value& value);
[[nodiscard]] Text verdict_in_words(Verdict verdict);
// As JSON and golden cases write it: yes, no, unknown, fault.
[[nodiscard]] const char* word_of(Verdict verdict);
[[nodiscard]] Text silence_in_words(Silence silence);
// A sentence: "if … were higher by …, … would hold".
[[nodiscard]] Text change_in_words(const policy::Law& law, const Case& told, const NearestChange& change);
// Where to get what is missing, and from whom.
[[nodiscard]] Text how_to_get(const policy::Law& law, const FactKey& key);
[[nodiscard]] Text limit_in_words(const policy::TimeLimit& limit);

}  // namespace doudi::determine
