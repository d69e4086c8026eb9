// SPDX-License-Identifier: Apache-2.0
#include "expr/columns.h"

#include <doctest/doctest.h>

#include "expr/columns_test_support.h"

namespace doudi::expr {
namespace {

using test::RandomTable;

// The first row in which the two evaluators differ, told; empty if none.
std::string difference(const Program& program, const RandomTable& table, unsigned threads = 1) {
    ColumnAnswer answer;
    evaluate_columns(program, table, threads, answer);
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const Value alone = evaluate(program, RandomTable::Row(table, row));
        const Value together = answer.at(row);
        if (same_answer(alone, together)) continue;
        return program.ast().source + " in row " + std::to_string(row) + " of " +
               std::to_string(table.rows()) + ": alone " + alone.text() + ", in columns " + together.text();
    }
    return {};
}

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
    std::vector<std::unique_ptr<RandomTable>> tables;
    for (const std::size_t rows : {0U, 1U, 63U, 64U, 65U, 300U, 300U, 300U, 2047U, 2048U, 2049U, 4500U})
        tables.push_back(std::make_unique<RandomTable>(rows, tables.size() + 1));
    test::Dice dice(20260701);
    test::RandomText text(dice);
    std::size_t compiling = 0;
    for (int n = 0; n < 4000; ++n) {
        const std::size_t kind = dice.below(4);
        const int depth = static_cast<int>(1 + dice.below(4));
        const std::string source = kind == 0   ? text.integer(depth)
                                   : kind == 1 ? text.exact(depth)
                                               : text.boolean(depth);
        // The small tables often, the long ones now and then.
        const RandomTable& table = *tables[dice.below(dice.one_in(12) ? tables.size() : 8)];
        const auto program = compile(source, table.names.schema, CheckMode::pack_value);
        if (!program) continue;
        ++compiling;
        const std::string told = difference(*program, table, dice.one_in(5) ? 3 : 1);
        REQUIRE_MESSAGE(told.empty(), told);
    }
    CHECK(compiling > 1500);
}

TEST_CASE("each kind of answer comes out of its column: numbers, texts, lists") {
    const RandomTable table(500, 7);
    for (const char* text : {"a", "i", "m", "r", "d", "s", "maybe_s", "row.amount", "m * 3", "m / 3", "m / n",
                             "a ? s : t", "household.members.map(x, x.age)",
                             "round_fen(m * 1.5, \"half_up\")", "null", "1.5", "yuan(\"3\")"}) {
        const std::string told = difference(compiled(text, table), table);
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

TEST_CASE("what two texts or members decide is asked row by row, and the rest around it in columns") {
    const RandomTable table(100, 13);
    CHECK(counts_of("a && s == t", table).rows == 100);
    CHECK(counts_of("a && household.members.exists(x, x.age < 16)", table).rows == 100);
}

}  // namespace doudi::expr
