// SPDX-License-Identifier: Apache-2.0
// What datasets tell of the facts of a law: a column of the wrong type, or a word that the fact does not
// have, would leave the fact unknown for ever without anybody being told.
#include <fmt/format.h>

#include <algorithm>

#include "policy/fact_value.h"
#include "policy/law_checks.h"

namespace doudi::policy {

namespace {

const FactDefinition* fact_named(const Law& law, const std::string& id) {
    const auto found = std::ranges::find_if(law.facts, [&](const FactDefinition& fact) {
        return fact.id == id && fact.of != Subject::application;
    });
    return found == law.facts.end() ? nullptr : &*found;
}

// "none" is a known none, of facts that may have none.
bool is_value_of(const FactDefinition& fact, const std::string& written) {
    if (written == "none" && fact.may_be_none) return true;
    if (fact.type != FactType::word) return parse_value(fact.type, written).has_value();
    return std::ranges::find(fact.words, written, &FactWord::id) != fact.words.end();
}

// Can the cells of the column be values of the fact? Of a category column its meanings are.
bool fits(const FactDefinition& fact, ColumnType column) {
    switch (column) {
        case ColumnType::category:
            return true;
        case ColumnType::money:
            return fact.type == FactType::money;
        case ColumnType::integer:
            return fact.type == FactType::integer;
        case ColumnType::date:
            return fact.type == FactType::date;
        default:
            return false;
    }
}

class ToldFacts {
  public:
    explicit ToldFacts(const Law& law) : law_(law) {}

    void check(const Dataset& dataset, const DatasetFact& told) {
        const FactDefinition* fact = fact_named(law_, told.fact);
        if (fact == nullptr) return;
        if (fact->is) {
            report(told, {fmt::format("“{}”是推算的事实，不能由数据集给出", fact->id),
                          fmt::format("'{}' is derived: no dataset tells it", fact->id)});
            return;
        }
        const bool of_column = told.column >= 0;
        if (of_column && !fits(*fact, dataset.columns[static_cast<std::size_t>(told.column)].type)) {
            report(told, {fmt::format("“{}”的列与事实的类型不符", fact->id),
                          fmt::format("the column of '{}' is not of the fact's type", fact->id)});
        }
        if (!of_column) check_value(told, *fact, told.value);
        for (const DatasetFact::Meaning& meaning : told.meanings) check_value(told, *fact, meaning.value);
        if (!told.absent.empty()) check_value(told, *fact, told.absent);
        if (!told.none.empty() && !fact->may_be_none) {
            report(told, {fmt::format("事实“{}”不能没有值（may_be_none）", fact->id),
                          fmt::format("the fact '{}' is never none (may_be_none)", fact->id)});
        }
    }

    [[nodiscard]] std::vector<Error> take() && { return std::move(errors_); }

  private:
    void check_value(const DatasetFact& told, const FactDefinition& fact, const std::string& written) {
        if (is_value_of(fact, written)) return;
        report(told, {fmt::format("“{}”不是事实“{}”的取值", written, fact.id),
                      fmt::format("'{}' is no value of the fact '{}'", written, fact.id)});
    }

    void report(const DatasetFact& told, Text text) {
        errors_.push_back({ErrorKind::invalid, "told_fact", std::move(text), told.place.text()});
    }

    const Law& law_;
    std::vector<Error> errors_;
};

}  // namespace

std::vector<Error> mistold_facts(const Law& law, const DatasetCatalogue& catalogue) {
    ToldFacts facts(law);
    for (const Dataset& dataset : catalogue.datasets) {
        for (const DatasetFact& told : dataset.facts) facts.check(dataset, told);
    }
    return std::move(facts).take();
}

}  // namespace doudi::policy
