// SPDX-License-Identifier: Apache-2.0
#include "expr/columns.h"

#include <doctest/doctest.h>

#include "expr/columns_test_support.h"

namespace doudi::expr {
namespace {

using test::RandomTable;

Program compiled(std::string_view text, const RandomTable& table) {
    auto program = compile(text, table.names.schema, CheckMode::pack_value);
    REQUIRE_MESSAGE(program, text);
    return std::move(*program);
}

ColumnCounts counts_of(std::string_view text, const RandomTable& table) {
    ColumnAnswer answer;
    return evaluate_columns(compiled(text, table), table, 1, answer);
}

}  // namespace

TEST_CASE("random conditions come out alike alone and in columns, at every size of a strip and beside it") {
    test::RandomCases cases(20260701);
    for (int n = 0; n < 4000; ++n) {
        const std::string told = cases.next();
        REQUIRE_MESSAGE(told.empty(), told);
    }
    CHECK(cases.compiled > 1500);
}

TEST_CASE("each kind of answer comes out of its column: numbers, texts, lists") {
    const RandomTable table(500, 7);
    for (const char* text : {"a", "i", "m", "r", "d", "s", "maybe_s", "row.amount", "m * 3", "m / 3", "m / n",
                             "a ? s : t", "household.members.map(x, x.age)",
                             "round_fen(m * 1.5, \"half_up\")", "null", "1.5", "yuan(\"3\")"}) {
        const std::string told = test::difference(compiled(text, table), table);
        CHECK_MESSAGE(told.empty(), told);
    }
}

TEST_CASE("a condition on one text is asked once for each of its words, and arithmetic not once by row") {
    const RandomTable table(5000, 11);
    const ColumnCounts text = counts_of("s.matches(\"^长\") || s in [\"有效\"]", table);
    CHECK(text.words <= 5);
    CHECK(text.rows == 0);
    const ColumnCounts numbers = counts_of("a && m * 3 < n + yuan(\"1.5\") || i > j * 2", table);
    CHECK(numbers.words == 0);
    CHECK(numbers.rows == 0);
}

TEST_CASE("what is asked of members runs over their columns, whatever of the household stands beside") {
    const RandomTable table(5000, 17);
    for (const char* text :
         {"a && household.members.exists(x, x.age < household.size || x.student && b)",
          "household.members.all(x, has(x.income) && x.income > m)",
          "household.members.filter(x, x.age < 16).size() >= 2",
          "household.members.map(x, has(x.income), x.income).sum() < 1.5 * param.standard * household.size",
          "household.members.exists(x, has(x.level) && (x.level in [1, 2] || (x.level == 3 && x.kind == "
          "\"有效\")))",
          "a && household.members.exists_one(x, x.age < 16)", "a && household.members.exists(x, x.name == s)",
          "household.members.filter(x, x.student).map(x, x.age).filter(v, v > i).max() < "
          "household.members.size()",
          "household.members.map(x, x.name).exists(v, v == \"注销\")",
          "household.members.map(x, x.name).exists(v, [\"a\", \"有效\"].exists(w, w == v))",
          "household.members.exists(x, x.age == household.members.map(y, y.age).min())", "s == t",
          "i in [j, 1]", "round_fen(m * r, \"half_up\") == max(m, n)", "d.addMonths(i) > as_of"}) {
        CHECK_MESSAGE(counts_of(text, table).rows == 0, text);
        const std::string told = test::difference(compiled(text, table), table);
        CHECK_MESSAGE(told.empty(), told);
    }
}

TEST_CASE("a text of members is asked once for each of its words") {
    const RandomTable table(5000, 19);
    CHECK(counts_of("household.members.exists(x, x.name.matches(\"^长\"))", table).words <= 5);
}

TEST_CASE("what hangs on two members is asked row by row, and the rest around it in columns") {
    const RandomTable table(100, 13);
    CHECK(counts_of("a && household.members.exists(x, household.members.exists(y, x.age < y.age))", table)
              .rows == 100);
    CHECK(counts_of("a && household.members[0].age < 16", table).rows == 100);
}

}  // namespace doudi::expr
