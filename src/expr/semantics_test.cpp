// SPDX-License-Identifier: Apache-2.0
// The table of semantics, line by line, in the scalar evaluator; the number in a name is the line's. Lines 2,
// 3, 19 and 26-27 are questions of whoever fills the Activation or reads the answer; 29 is same_answer, used
// throughout.
#include <doctest/doctest.h>

#include "expr/test_support.h"

namespace doudi::expr {
namespace {

using test::Subject;

const Value yes = Value::boolean(true);
const Value no = Value::boolean(false);
const Value zero_fault = Value::error(Fault::zero);
constexpr std::int64_t least = INT64_MIN;
constexpr std::int64_t most = INT64_MAX;

TEST_CASE("1: a fact is a value, known none, unknown with its id, or an error") {
    Subject subject;
    CHECK(subject.set("s", Value::string("有效")).answer("s") == "\"有效\"");
    CHECK(subject.set("maybe_s", Value::none()).answer("maybe_s") == "null");
    CHECK(subject.set("i", Value::unknown(7)).answer("i") == "unknown{7}");
    CHECK(subject.set("i", zero_fault).answer("i") == "error(zero)");
}

TEST_CASE("4: a name that is not in the schema is refused when a pack is checked, and is E in full CEL") {
    Subject subject;
    CHECK(subject.refusals("nobody == 1") == "cel_unknown_name");
    CHECK(subject.refusals("row.nothing == \"x\"") == "cel_unknown_name");
    CHECK(subject.refusals("nothing(1)") == "cel_unknown_function");
    CHECK(subject.answer("nobody == 1", CheckMode::full_cel) == "error(name)");
}

TEST_CASE("5: has is true of a value, false of none, unknown of unknown") {
    Subject subject;
    CHECK(subject.set("row.status", Value::string("")).answer("has(row.status)") == "true");
    CHECK(subject.set("row.status", Value::none()).answer("has(row.status)") == "false");
    CHECK(subject.set("row.status", Value::unknown(3)).answer("has(row.status)") == "unknown{3}");
    CHECK(subject.set("row.status", zero_fault).answer("has(row.status)") == "error(zero)");
}

TEST_CASE("5: known is true or false, and refused in a condition") {
    Subject subject;
    CHECK(subject.set("maybe_i", Value::integer(0)).answer("known(maybe_i)") == "true");
    CHECK(subject.set("maybe_i", Value::none()).answer("known(maybe_i)") == "true");
    CHECK(subject.set("maybe_i", Value::unknown(3)).answer("known(maybe_i)") == "false");
    CHECK(subject.refusals("known(maybe_i)", CheckMode::pack_condition) == "cel_known");
    CHECK(subject.refusals("known(1 + i)") == "cel_known");
}

TEST_CASE("6: null equals none only") {
    Subject subject;
    CHECK(subject.set("maybe_i", Value::none()).answer("maybe_i == null") == "true");
    CHECK(subject.answer("maybe_i != null") == "false");
    CHECK(subject.answer("maybe_i == 0") == "false");
    CHECK(subject.set("maybe_i", Value::integer(0)).answer("maybe_i == null") == "false");
    CHECK(subject.set("maybe_i", Value::unknown(4)).answer("maybe_i == null") == "unknown{4}");
}

TEST_CASE("6: order and arithmetic on what may be none are refused in packs unless guarded") {
    const Subject subject;
    CHECK(subject.refusals("maybe_i < 1") == "cel_maybe_none");
    CHECK(subject.refusals("maybe_i + 1") == "cel_maybe_none");
    CHECK(subject.refusals("maybe_s.startsWith(\"x\")") == "cel_maybe_none");
    CHECK(subject.refusals("maybe_b", CheckMode::pack_condition) == "cel_maybe_none");
    CHECK(subject.refusals("household.members.map(x, x.income)") == "cel_maybe_none");
    CHECK(subject.refusals("has(maybe_i) || maybe_i < 1") == "cel_maybe_none");
    CHECK(subject.refusals("has(maybe_s) && maybe_i < 1") == "cel_maybe_none");
    for (const char* guarded :
         {"has(maybe_i) && maybe_i < 1", "maybe_i < 1 && has(maybe_i)", "!has(maybe_i) || maybe_i < 1",
          "maybe_i != null && maybe_i < 1", "null == maybe_i || maybe_i < 1",
          "has(maybe_i) ? maybe_i < 1 : false", "maybe_i == null ? false : maybe_i < 1",
          "has(row.amount) && a && row.amount < m", "household.members.map(x, has(x.income), x.income)",
          "household.members.all(x, has(x.income) && x.income < m)", "(has(maybe_i) ? maybe_i : 0) < 1",
          "!(maybe_i == null || maybe_s == null) && maybe_i < 1 && maybe_s < \"x\""})
        CHECK_MESSAGE(subject.refusals(guarded).empty(), guarded);
}

TEST_CASE("6: order and arithmetic on none are E where they are evaluated") {
    Subject subject;
    subject.set("maybe_i", Value::none());
    CHECK(subject.answer("maybe_i < 1", CheckMode::full_cel) == "error(type)");
    CHECK(subject.answer("maybe_i + 1", CheckMode::full_cel) == "error(type)");
    CHECK(subject.answer("-maybe_i", CheckMode::full_cel) == "error(type)");
    CHECK(subject.answer("!maybe_i", CheckMode::full_cel) == "error(type)");
    CHECK(subject.answer("has(maybe_i) && maybe_i < 1") == "false");
    CHECK(subject.answer("maybe_i < 1 && has(maybe_i)") == "false");
    CHECK(subject.answer("!has(maybe_i) || maybe_i < 1") == "true");
}

TEST_CASE("7: a strict operation gives the leftmost E, else U with every fact, else its result") {
    Subject subject;
    subject.set("i", Value::unknown(5)).set("j", zero_fault);
    CHECK(subject.answer("i + j") == "error(zero)");
    CHECK(subject.answer("j + i") == "error(zero)");
    subject.set("i", Value::error(Fault::overflow));
    CHECK(subject.answer("i + j") == "error(overflow)");
    CHECK(subject.answer("j < i") == "error(zero)");
    subject.set("i", Value::unknown(5)).set("j", Value::unknown(2));
    CHECK(subject.answer("i + j") == "unknown{2, 5}");
    CHECK(subject.answer("i == j") == "unknown{2, 5}");
    CHECK(subject.answer("i in [1, j]") == "unknown{2, 5}");
    CHECK(subject.answer("size([i])") == "unknown{5}");
    CHECK(subject.set("i", Value::integer(1)).set("j", Value::integer(2)).answer("i + j") == "3");
}

// Every pair of F, T, U and E, against the order that the table states.
std::string expected_and(const std::string& left, const std::string& right) {
    for (const char* first : {"false", "unknown", "error"})
        if (left.starts_with(first) || right.starts_with(first)) return first;
    return "true";
}
std::string expected_or(const std::string& left, const std::string& right) {
    for (const char* first : {"true", "unknown", "error"})
        if (left.starts_with(first) || right.starts_with(first)) return first;
    return "false";
}

TEST_CASE("8 and 9: AND is F, U, E, T in that order; OR is T, U, E, F") {
    const std::vector<Value> all{no, yes, Value::unknown(1), zero_fault};
    for (const Value& left : all) {
        for (const Value& right : all) {
            Subject subject;
            subject.set("a", left).set("b", right);
            INFO(left.text() << " with " << right.text());
            CHECK(subject.answer("a && b").starts_with(expected_and(left.text(), right.text())));
            CHECK(subject.answer("a || b").starts_with(expected_or(left.text(), right.text())));
        }
    }
}

TEST_CASE("8 and 9: the facts of both sides are missing, and the leftmost error is told") {
    Subject subject;
    subject.set("a", Value::unknown(9)).set("b", Value::unknown(4)).set("c", zero_fault);
    CHECK(subject.answer("a && b") == "unknown{4, 9}");
    CHECK(subject.answer("a || b || c") == "unknown{4, 9}");
    subject.set("a", Value::error(Fault::overflow));
    CHECK(subject.answer("a && c") == "error(overflow)");
    CHECK(subject.answer("c || a") == "error(zero)");
}

TEST_CASE("10: not swaps true and false and keeps unknown and errors") {
    Subject subject;
    CHECK(subject.set("a", yes).answer("!a") == "false");
    CHECK(subject.set("a", no).answer("!a") == "true");
    CHECK(subject.set("a", Value::unknown(8)).answer("!a") == "unknown{8}");
    CHECK(subject.set("a", zero_fault).answer("!a") == "error(zero)");
}

TEST_CASE("11: an undecided condition is the answer with its facts only; a decided one takes its branch") {
    Subject subject;
    subject.set("i", Value::integer(1)).set("j", Value::unknown(5));
    CHECK(subject.set("a", Value::unknown(8)).answer("a ? i : j") == "unknown{8}");
    CHECK(subject.set("a", zero_fault).answer("a ? i : j") == "error(zero)");
    CHECK(subject.set("a", yes).answer("a ? i : j") == "1");
    CHECK(subject.set("a", no).answer("a ? i : j") == "unknown{5}");
    CHECK(subject.set("a", yes).answer("a ? i : 1 / 0") == "1");
}

TEST_CASE("12: what is skipped cannot be seen, and a trace holds every sub-expression") {
    Subject subject;
    subject.set("a", no).set("b", Value::unknown(2)).set("i", Value::integer(0));
    const std::string text = "a && (b || 1 / i == 2)";
    const auto program = compile(text, subject.schema, CheckMode::pack_condition);
    REQUIRE(program.has_value());
    Trace trace;
    CHECK(evaluate(*program, subject, trace).is_false());
    CHECK(evaluate(*program, subject).is_false());
    CHECK(trace.entries.size() == program->ast().nodes.size());
    CHECK(trace.entries.back().node == program->root());
    bool found = false;
    for (const TraceEntry& entry : trace.entries) {
        if (text.substr(entry.begin, entry.end - entry.begin) != "1 / i") continue;
        found = true;
        CHECK(entry.value.text() == "error(zero)");
    }
    CHECK(found);
}

TEST_CASE("12: a trace says of which member an entry is") {
    Subject subject;
    subject.add_member({{"age", Value::integer(15)}}).add_member({{"age", Value::integer(16)}});
    const auto program =
        compile("household.members.exists(x, x.age < 16)", subject.schema, CheckMode::pack_condition);
    REQUIRE(program.has_value());
    Trace trace;
    CHECK(evaluate(*program, subject, trace).is_true());
    std::vector<std::string> answers;
    for (const TraceEntry& entry : trace.entries)
        if (program->ast().node(entry.node).kind == NodeKind::binary)
            answers.push_back(std::to_string(entry.members.at(0)) + " " + entry.value.text());
    CHECK(answers == std::vector<std::string>{"0 true", "1 false"});
}

TEST_CASE("13: int is checked 64 bits") {
    Subject subject;
    const auto with = [&](std::int64_t i, std::int64_t j, const char* text) {
        return subject.set("i", Value::integer(i)).set("j", Value::integer(j)).answer(text);
    };
    CHECK(with(most - 1, 1, "i + j") == std::to_string(most));
    CHECK(with(most, 1, "i + j") == "error(overflow)");
    CHECK(with(least + 1, 1, "i - j") == std::to_string(least));
    CHECK(with(least, 1, "i - j") == "error(overflow)");
    CHECK(with(most / 2 + 1, 2, "i * j") == "error(overflow)");
    CHECK(with(most / 2, 2, "i * j") == std::to_string(most - 1));
    CHECK(with(least, -1, "i / j") == "error(overflow)");
    CHECK(with(least, 1, "-i") == "error(overflow)");
    CHECK(with(most, 1, "-i") == std::to_string(-most));
    CHECK(with(1, 0, "i / j") == "error(zero)");
    CHECK(with(1, 0, "i % j") == "error(zero)");
    CHECK(with(-7, 2, "i / j") == "-3");
    CHECK(with(-7, 2, "i % j") == "-1");
    CHECK(with(7, -2, "i % j") == "1");
}

TEST_CASE("14: double, uint, bytes, map and dyn are full CEL and refused in packs") {
    const Subject subject;
    CHECK(subject.refusals("1u == 1u") == "cel_not_in_packs cel_not_in_packs");
    CHECK(subject.refusals("b\"x\" == b\"x\"") == "cel_not_in_packs cel_not_in_packs");
    CHECK(subject.refusals("{1: 2} == null") == "cel_not_in_packs");
    CHECK(subject.refusals("dyn(1) == 1") == "cel_not_in_packs");
    CHECK(subject.refusals("double(1) == 1") == "cel_not_in_packs");
    CHECK(subject.answer("0.0 / 0.0 != 0.0 / 0.0", CheckMode::full_cel) == "true");
    CHECK(subject.answer("0.0 / 0.0 == 0.0 / 0.0", CheckMode::full_cel) == "false");
    CHECK(subject.answer("0.0 / 0.0 < 1.0", CheckMode::full_cel) == "false");
}

TEST_CASE("14: packs refuse timestamps and durations, and say so") {
    const Subject subject;
    CHECK(subject.refusals("timestamp(\"2025-01-31T00:00:00Z\") == null") == "cel_not_in_packs");
    CHECK(subject.refusals("duration(\"1h\") == null") == "cel_not_in_packs");
    CHECK(subject.refusals("d.getFullYear() == 2025") == "cel_not_in_packs");
    const auto refused = compile("duration(\"1h\") == null", subject.schema, CheckMode::pack_value);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().text.en.find("packs cannot use the function duration") != std::string::npos);
}

TEST_CASE("15: a decimal is exact beside money and ratio, and refused beside an int") {
    Subject subject;
    CHECK(subject.answer("0.1") == "ratio(1/10)");
    CHECK(subject.answer("0.1 + 0.2 == 0.3") == "true");
    CHECK(subject.answer("1.50 == 1.5") == "true");
    CHECK(subject.answer("15e-1") == "ratio(15/10)");
    CHECK(subject.set("m", Value::money(Money::fen(100'001))).answer("m * 1.1") == "amount(1100011/10)");
    CHECK(subject.refusals("i * 1.5") == "cel_decimal");
    CHECK(subject.refusals("1.5 * i") == "cel_decimal");
    CHECK(subject.refusals("i < 1.5") == "cel_decimal");
    CHECK(subject.refusals("r == 0.12345678901234567890123") == "cel_decimal");
}

TEST_CASE("16: what money does with money, numbers and ratios") {
    Subject subject;
    subject.set("m", Value::money(Money::fen(1'000))).set("n", Value::money(Money::fen(300)));
    subject.set("i", Value::integer(3)).set("r", Value::ratio({3, 2}));
    CHECK(subject.answer("m + n") == "yuan(\"13.00\")");
    CHECK(subject.answer("m - n") == "yuan(\"7.00\")");
    CHECK(subject.answer("m * i") == "yuan(\"30.00\")");
    CHECK(subject.answer("i * m") == "yuan(\"30.00\")");
    CHECK(subject.answer("m * r") == "amount(3000/2)");
    CHECK(subject.answer("m / i") == "amount(1000/3)");
    CHECK(subject.answer("m / n") == "ratio(1000/300)");
    CHECK(subject.answer("-m") == "yuan(\"-10.00\")");
    for (const char* refused : {"m * n", "m + i", "i - m", "m % i", "i / m", "m < 5", "m == 5", "m + r"})
        CHECK_MESSAGE(subject.refusals(refused) == "cel_type", refused);
    subject.set("m", Value::money(Money::fen(most)));
    CHECK(subject.answer("m + n") == "error(overflow)");
    CHECK(subject.answer("m * i") == "error(overflow)");
    CHECK(subject.answer("yuan(\"1234.50\") == yuan(1234) + yuan(\"0.5\")") == "true");
    CHECK(subject.refusals("m < yuan(\"1.234\")") == "cel_money");
}

TEST_CASE("17: an amount compares exactly, beyond 64 bits of product, and becomes money by rounding only") {
    Subject subject;
    subject.set("m", Value::money(Money::fen(most - 1))).set("n", Value::money(Money::fen(most)));
    subject.set("i", Value::integer(most - 1)).set("j", Value::integer(most));
    CHECK(subject.answer("m / i == n / j") == "true");
    CHECK(subject.answer("m / j < n / j") == "true");
    CHECK(subject.answer("m / j < n / i") == "true");
    CHECK(subject.answer("m / (i - i)") == "error(zero)");
    CHECK(subject.answer("m / (n - n)") == "error(zero)");
    subject.set("m", Value::money(Money::fen(100'000))).set("i", Value::integer(3));
    CHECK(subject.answer("m / i * i == m") == "true");
    CHECK(subject.answer("m / i < yuan(\"333.33\")") == "false");
    CHECK(subject.answer("m / i < yuan(\"333.34\")") == "true");
    CHECK(subject.refusals("m / i == 5") == "cel_type");
    CHECK(subject.refusals("round_fen(m / i, \"about\")") == "cel_rounding");
}

TEST_CASE("17: every way of rounding, on both sides of zero") {
    Subject subject;
    subject.set("i", Value::integer(2));
    const auto rounded = [&](std::int64_t fen, const char* mode) {
        subject.set("m", Value::money(Money::fen(fen)));
        return subject.run("round_fen(m / i, \"" + std::string(mode) + "\")").as_money().fen();
    };
    CHECK(rounded(5, "down") == 2);
    CHECK(rounded(-5, "down") == -2);
    CHECK(rounded(5, "up") == 3);
    CHECK(rounded(-5, "up") == -3);
    CHECK(rounded(5, "half_up") == 3);
    CHECK(rounded(-5, "half_up") == -3);
    CHECK(rounded(5, "half_even") == 2);
    CHECK(rounded(7, "half_even") == 4);
    CHECK(rounded(6, "up") == 3);
}

TEST_CASE("18: dates differ in days, months clamp, and there is no now") {
    Subject subject;
    subject.set("d", Value::date(*Date::parse_iso("2024-01-31")));
    subject.set("as_of", Value::date(*Date::parse_iso("2024-03-01")));
    CHECK(subject.answer("as_of - d") == "30");
    CHECK(subject.answer("d.addMonths(1)") == "date(\"2024-02-29\")");
    CHECK(subject.answer("d.addMonths(13)") == "date(\"2025-02-28\")");
    CHECK(subject.answer("d.addDays(-31)") == "date(\"2023-12-31\")");
    CHECK(subject.answer("d.addDays(4000001)") == "error(range)");
    CHECK(subject.answer("d < date(\"2024-02-01\")") == "true");
    CHECK(subject.refusals("d + 1") == "cel_type");
    CHECK(subject.refusals("d + d") == "cel_type");
    CHECK(subject.refusals("date(\"2025-02-29\") < d") == "cel_date");
    CHECK(subject.refusals("date(s) < d") == "cel_date");
    CHECK(subject.refusals("now() < d") == "cel_unknown_function");
}

TEST_CASE("19: an unset parameter is unknown and named") {
    Subject subject;
    subject.set("param.standard", Value::unknown(77)).set("m", Value::money(Money::fen(1)));
    CHECK(subject.answer("m < 1.5 * param.standard") == "unknown{77}");
}

TEST_CASE("20: strings compare by code point, sizes count characters, patterns are constant") {
    Subject subject;
    subject.set("s", Value::string("有效")).set("t", Value::string("😀"));
    CHECK(subject.answer("size(s)") == "2");
    CHECK(subject.answer("s.size() + t.size()") == "3");
    CHECK(subject.answer("s < t") == "true");
    CHECK(subject.answer("\"\\uFFFD\" < t") == "true");  // the other way round in UTF-16
    CHECK(subject.answer("s.matches(\"^有.$\")") == "true");
    CHECK(subject.answer("s.startsWith(\"有\") && s.endsWith(\"效\") && !s.contains(\"无\")") == "true");
    CHECK(subject.refusals("s.matches(t)") == "cel_pattern");
    CHECK(subject.refusals("s.matches(\"(\")") == "cel_pattern");
}

TEST_CASE("21: exists and all fold over members like OR and AND") {
    Subject subject;
    CHECK(subject.answer("household.members.exists(x, true)") == "false");
    CHECK(subject.answer("household.members.all(x, false)") == "true");
    subject.add_member({}).add_member({{"age", Value::integer(70)}}).add_member({{"age", zero_fault}});
    CHECK(subject.answer("household.members.exists(x, x.age >= 60)") == "true");
    CHECK(subject.answer("household.members.exists(x, x.age >= 80)") == "unknown{2000}");
    CHECK(subject.answer("household.members.all(x, x.age >= 80)") == "false");
    CHECK(subject.answer("household.members.all(x, x.age >= 60)") == "unknown{2000}");
    CHECK(subject.answer("household.members.exists(x, x.age / 0 > 1)") == "unknown{2000}");
    subject.set("household.members", Value::unknown(6));
    CHECK(subject.answer("household.members.exists(x, true)") == "unknown{6}");
}

TEST_CASE("22: exists_one, filter and map: the lowest index's E, else U whole, else the result") {
    Subject subject;
    subject.add_member({{"age", Value::integer(1)}}).add_member({{"age", Value::integer(2)}});
    CHECK(subject.answer("household.members.map(x, x.age)") == "[1, 2]");
    CHECK(subject.answer("household.members.filter(x, x.age > 1).map(x, x.age)") == "[2]");
    CHECK(subject.answer("household.members.exists_one(x, x.age > 1)") == "true");
    CHECK(subject.answer("household.members.exists_one(x, x.age > 0)") == "false");
    subject.add_member({});
    CHECK(subject.answer("household.members.map(x, x.age)") == "unknown{2002}");
    CHECK(subject.answer("household.members.filter(x, x.age > 1)") == "unknown{2002}");
    CHECK(subject.answer("household.members.exists_one(x, x.age > 0)") == "unknown{2002}");
    subject.add_member({{"age", zero_fault}}).add_member({{"age", Value::error(Fault::overflow)}});
    CHECK(subject.answer("household.members.map(x, x.age)") == "error(zero)");
    CHECK(subject.answer("household.members.filter(x, x.age > 1)") == "error(zero)");
    CHECK(subject.answer("household.members.exists_one(x, x.age > 0)") == "error(zero)");
}

TEST_CASE("23: sum, min, max and size are strict; the sum is checked once; the least of nothing is E") {
    Subject subject;
    const auto numbers = [&](std::vector<std::int64_t> list) -> Subject& {
        std::vector<Value> items;
        for (const std::int64_t number : list) items.push_back(Value::integer(number));
        return subject.set("numbers", Value::list(std::move(items)));
    };
    CHECK(numbers({most, most, -most}).answer("sum(numbers)") == std::to_string(most));
    CHECK(numbers({most, 1}).answer("sum(numbers)") == "error(overflow)");
    CHECK(numbers({3, 1, 2}).answer("numbers.min() + numbers.max()") == "4");
    CHECK(numbers({}).answer("sum(numbers)") == "0");
    CHECK(numbers({}).answer("min(numbers)") == "error(empty)");
    CHECK(numbers({}).answer("size(numbers)") == "0");
    CHECK(subject.answer("sum(household.members.map(x, has(x.income), x.income)) == yuan(0)") == "true");
    CHECK(subject.set("numbers", Value::unknown(5)).answer("sum(numbers)") == "unknown{5}");
    CHECK(subject.answer("max(1, 3, 2)") == "3");
    CHECK(subject.refusals("sum([s])") == "cel_type");
    CHECK(subject.refusals("max(1, s)") == "cel_type");
}

TEST_CASE("24: Kleene, not supervaluation") {
    Subject subject;
    subject.set("i", Value::unknown(1));
    CHECK(subject.answer("i < 1 || i >= 1") == "unknown{1}");
    CHECK(subject.answer("i == i") == "unknown{1}");
}

TEST_CASE("a known bar settles without the rest") {
    Subject subject;
    subject.set("m", Value::unknown(1))
        .set("n", Value::money(Money::fen(900)))
        .set("param.standard", Value::money(Money::fen(500)));
    CHECK(subject.answer("m < param.standard && n <= param.standard") == "false");
    CHECK(subject.answer("m < param.standard && n > param.standard") == "unknown{1}");
}

TEST_CASE("28: members nest two deep, a thousand of them, a thousand and one are E") {
    Subject subject;
    CHECK(subject.refusals("household.members.all(x, household.members.exists(y, x.age < y.age))").empty());
    CHECK(subject.refusals("numbers.all(x, numbers.all(y, numbers.all(z, x + y == z)))") == "cel_nesting");
    CHECK(subject.refusals("numbers.all(x, numbers.all(x, x == 1))") == "cel_shadowed");
    CHECK(subject.refusals("numbers.all(s, s == 1)") == "cel_shadowed");
    subject.set("numbers", Value::list(std::vector<Value>(1'000, Value::integer(1))));
    CHECK(subject.answer("numbers.all(x, x == 1)") == "true");
    subject.set("numbers", Value::list(std::vector<Value>(1'001, Value::integer(1))));
    CHECK(subject.answer("numbers.all(x, x == 1)") == "error(limit)");
}

TEST_CASE("29: answers are the same by status, value and code, not by facts") {
    CHECK(same_answer(Value::unknown(1), Value::unknown(2)));
    CHECK(same_answer(Value::error(Fault::zero), zero_fault));
    CHECK_FALSE(same_answer(Value::error(Fault::overflow), zero_fault));
    CHECK_FALSE(same_answer(Value::none(), Value::unknown(1)));
    CHECK_FALSE(same_answer(Value::integer(1), Value::integer(2)));
    CHECK_FALSE(same_answer(Value::integer(1), Value::uinteger(1)));
}

}  // namespace
}  // namespace doudi::expr
