// SPDX-License-Identifier: Apache-2.0
#include "intake/fact_cell.h"

#include <doctest/doctest.h>

namespace doudi::intake {

namespace {

enum Column : int { income, checked_on, persons, property };

policy::Dataset means() {
    policy::Dataset dataset;
    using policy::ColumnType;
    for (const auto type : {ColumnType::money, ColumnType::date, ColumnType::integer, ColumnType::category}) {
        dataset.columns.emplace_back().type = type;
        policy::DatasetFact fact;
        fact.column = static_cast<int>(dataset.columns.size()) - 1;
        dataset.facts.push_back(fact);
    }
    dataset.facts.back().meanings = {{"true", {"符合"}}, {"false", {"不符合"}}};
    return dataset;
}

FactCell read(Column column, std::string_view text, CellKind kind = CellKind::text) {
    return read_fact_cell(means(), column, text, kind, false);
}

}  // namespace

TEST_CASE("an amount is kept in fen, whatever the office wrote") {
    CHECK(read(income, "1,894.50元").text == "189450");
    CHECK(read(income, "０.５万").text == "500000");
    CHECK(read(income, "").text.empty());
    CHECK_FALSE(read(income, "").fault);
    CHECK(read(income, "约两千").fault == FindingCode::amount_unreadable);
}

TEST_CASE("a day is kept as a day, a spreadsheet's serial number too") {
    CHECK(read(checked_on, "2025年6月1日").text == "2025-06-01");
    CHECK(read(checked_on, "45809", CellKind::number).text == "2025-06-01");
    CHECK(read(checked_on, "上月").fault == FindingCode::date_unreadable);
}

TEST_CASE("a count is a whole number or nothing") {
    CHECK(read(persons, " ３ ").text == "3");
    CHECK(read(persons, "3.5").fault == FindingCode::count_unreadable);
}

TEST_CASE("a word that the dataset does not know tells nothing, and its sender is told") {
    CHECK_FALSE(read(property, "符合").fault);
    CHECK(read(property, "待定").fault == FindingCode::word_unknown);
    CHECK(read(property, "#N/A", CellKind::error).fault == FindingCode::cell_error);
}

}  // namespace doudi::intake
