// SPDX-License-Identifier: Apache-2.0
// For tests of the columns: random conditions over the names of test::Subject.
#pragma once
#include <initializer_list>
#include <iterator>
#include <random>
#include <string>

namespace doudi::expr::test {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    [[nodiscard]] std::size_t below(std::size_t count) { return engine_() % count; }
    [[nodiscard]] bool one_in(std::size_t count) { return below(count) == 0; }
    template <class Choices>
    [[nodiscard]] auto& one_of(Choices& choices) {
        return choices[below(std::size(choices))];
    }
    [[nodiscard]] std::uint64_t bits() { return engine_(); }

  private:
    std::mt19937_64 engine_;
};

inline std::string any_of(Dice& dice, std::initializer_list<std::string> choices) {
    return choices.begin()[dice.below(choices.size())];
}

// What is asked of the members of a household: lists that are filtered and mapped, and what they come to.
class RandomMemberText {
  public:
    explicit RandomMemberText(Dice& dice) : dice_(dice) {}

    std::string boolean(int depth) {
        const std::string macro = one_of({".exists(", ".all(", ".exists_one("});
        switch (dice_.below(5)) {
            case 0:
                return integers(depth) + macro + "v, v" + relation() +
                       one_of({"i", "0", "7", "household.size"}) + ")";
            case 1:
                return moneys(depth) + macro + "v, v" + relation() + one_of({"m", "yuan(\"1\")"}) + ")";
            case 2:
                return list(depth) + ".map(x, x.name)" + macro + "v, " +
                       one_of({"v == \"有效\"", "v.startsWith(\"a\")", "v == s", "v in [\"注销\", \"\"]"}) +
                       ")";
            default:
                return list(depth) + macro + "x, " + condition(depth) + ")";
        }
    }

    std::string integer(int depth) {
        switch (dice_.below(5)) {
            case 0:
                return "(as_of - " + list(depth) + ".map(x, x.since)" + one_of({".min()", ".max()"}) + ")";
            case 1:
                return integers(depth) + one_of({".sum()", ".min()", ".max()"});
            case 2:
                return one_of({"sum(", "min(", "max(", "size("}) + integers(depth) + ")";
            case 3:
                return list(depth) + ".map(x, has(x.kind), x.kind).size()";
            default:
                return one_of({list(depth) + ".size()", "size(" + list(depth) + ")"});
        }
    }

    std::string exact(int depth) {
        return one_of({moneys(depth), fractions(depth)}) + one_of({".sum()", ".sum()", ".min()", ".max()"});
    }

  private:
    std::string one_of(std::initializer_list<std::string> choices) { return any_of(dice_, choices); }
    std::string relation() { return one_of({" == ", " != ", " < ", " <= ", " > ", " >= "}); }

    // Of members.
    std::string list(int depth) {
        if (depth <= 0 || dice_.one_in(2)) return "household.members";
        return list(depth - 1) + ".filter(x, " + condition(depth - 1) + ")";
    }
    // `.map(x, what)`, now and then of some members only.
    std::string mapped(int depth, const std::string& what) {
        const bool some = dice_.one_in(3);
        return list(depth) + ".map(x, " + (some ? condition(depth - 1) + ", " : "") + what + ")";
    }
    std::string refined(std::string numbers, const std::string& bound) {
        if (dice_.one_in(4)) numbers += ".filter(v, v" + relation() + bound + ")";
        if (dice_.one_in(4)) numbers += ".map(v, " + one_of({"v * 2", "v", "(a ? v : " + bound + ")"}) + ")";
        return numbers;
    }
    std::string integers(int depth) {
        return refined(mapped(depth, one_of({"x.age", "x.age + 1", "x.age * i", "(x.student ? x.age : 0)",
                                             "size(x.name)", "(as_of - x.since)", "1", "household.size",
                                             "min(x.age, j)"})),
                       "i");
    }
    std::string moneys(int depth) {
        if (dice_.one_in(2)) return refined(list(depth) + ".map(x, has(x.income), x.income)", "m");
        return refined(mapped(depth, one_of({"m * x.age", "m", "(has(x.income) ? x.income : n)",
                                             "round_fen(m * x.share, \"half_even\")"})),
                       "m");
    }
    std::string fractions(int depth) {
        return refined(mapped(depth, one_of({"x.share", "x.share * 1.5", "x.share + r"})), "r");
    }

    std::string condition(int depth) {
        if (depth > 0 && dice_.one_in(3)) {
            return one_of({"(" + condition(depth - 1) + " && " + condition(depth - 1) + ")",
                           "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")",
                           "!" + condition(0), "(" + condition(0) + " ? x.student : " + condition(0) + ")"});
        }
        return one_of({of_numbers(), of_numbers(), of_texts(), of_others()});
    }
    std::string of_numbers() {
        return one_of({"(x.age < 16)", "x.student", "a", "(x.age * 3 > i && !x.student)",
                       "((x.student ? x.age : j) < i)", "(x.age >= household.size || a)",
                       "(has(x.income) && x.income > m)", "(has(x.level) && x.level in [1, 2])",
                       "(x.level == 7)", "(x.age in [0, i, 7])", "(x.share < 1.5)", "(x.income == null)",
                       "(x.student == b)", "(x.since <= d)", "(x.since.addMonths(j) < as_of)",
                       "(x.since.addDays(i) != d)", "known(x.age)", "(m * x.share > n)",
                       "(max(x.age, i, 7) == x.age)"});
    }
    std::string of_texts() {
        return one_of({"(x.name == s)", "(x.name == \"有效\")", "(x.kind == \"注销\")", "(x.kind == null)",
                       "has(x.kind)", "(has(x.kind) && x.kind in [\"有效\", \"\"])",
                       "x.name.startsWith(\"a\")", "(size(x.name) > 2)", "x.name.matches(\"^长期\")",
                       "(x.name == x.kind)", "(x.name < s)", "(x.kind != maybe_s)", "(s == \"有效\")",
                       "(s == t)"});
    }
    std::string of_others() {
        return one_of({"household.members.exists(y, y.age > 7)",
                       "(household.members.map(y, y.age).max() > x.age)",
                       "household.members.exists(y, y.age > x.age)", "(household.members.size() > 1)"});
    }

    Dice& dice_;
};

// Texts of conditions, most of which compile.
class RandomText {
  public:
    explicit RandomText(Dice& dice) : dice_(dice), members_(dice) {}

    std::string boolean(int depth) {
        if (depth == 0)
            return one_of({"a", "b", "c", "maybe_b", "true", "false", "has(row.amount)", "has(s)"});
        switch (dice_.below(12)) {
            case 0:
            case 1:
                return "(" + boolean(depth - 1) + " && " + boolean(depth - 1) + ")";
            case 2:
            case 3:
                return "(" + boolean(depth - 1) + " || " + boolean(depth - 1) + ")";
            case 4:
                return "!" + boolean(depth - 1);
            case 5:
                return "(" + boolean(depth - 1) + " ? " + boolean(depth - 1) + " : " + boolean(depth - 1) +
                       ")";
            case 6:
                return "(" + integer(depth - 1) + relation() + integer(depth - 1) + ")";
            case 7:
                return "(" + exact(depth - 1) + relation() + exact(depth - 1) + ")";
            case 8:
                return "(" + one_of({"d", "as_of", "date(\"2024-10-05\")"}) + relation() +
                       one_of({"d", "as_of"}) + ")";
            case 9:
                return one_of({text_condition(), listed()});
            case 10:
                return one_of({"(maybe_i == null)", "(maybe_i != 7)", "(has(maybe_i) && maybe_i < 7)",
                               "(!has(row.amount) || row.amount >= m)", "(maybe_b == maybe_b)",
                               "(row.amount == null || row.amount < param.standard)"});
            default:
                return members_.boolean(depth);
        }
    }

    std::string integer(int depth) {
        if (depth == 0) return one_of({"i", "j", "household.size", "0", "1", "-7", "9223372036854775807"});
        switch (dice_.below(7)) {
            case 0:
                return "(" + boolean(depth - 1) + " ? " + integer(depth - 1) + " : " + integer(depth - 1) +
                       ")";
            case 1:
                return "-" + one_of({"i", "j", "household.size"});
            case 2:
                return one_of({"(d - as_of)", "size(s)", "min(i, j)", "max(j, household.size, i + 1)"});
            case 3:
                return members_.integer(depth);
            default:
                return "(" + integer(depth - 1) + one_of({" + ", " - ", " * ", " / ", " % "}) +
                       integer(depth - 1) + ")";
        }
    }

    // Money, amounts and ratios.
    std::string exact(int depth) {
        if (depth == 0) return one_of({"m", "n", "param.standard", "yuan(\"632\")", "r", "1.5"});
        switch (dice_.below(6)) {
            case 0:
                return "(" + boolean(depth - 1) + " ? " + exact(depth - 1) + " : " + exact(depth - 1) + ")";
            case 1:
                return "(" + exact(depth - 1) + one_of({" * ", " / "}) + integer(0) + ")";
            case 2:
                return members_.exact(depth);
            case 3:
                return one_of({"min(", "max("}) + exact(depth - 1) + ", " + exact(0) + ")";
            case 4:
                return "round_fen(" + exact(depth - 1) +
                       one_of({", \"down\")", ", \"up\")", ", \"half_up\")", ", \"half_even\")"});
            default:
                return "(" + exact(depth - 1) + one_of({" + ", " - ", " * ", " / "}) + exact(depth - 1) + ")";
        }
    }

  private:
    std::string one_of(std::initializer_list<std::string> choices) { return any_of(dice_, choices); }
    std::string relation() { return one_of({" == ", " != ", " < ", " <= ", " > ", " >= "}); }
    std::string text_condition() {
        return one_of({"(s == \"有效\")", "(s == t)", "(s in [\"有效\", \"注销\"])", "s.startsWith(\"a\")",
                       "s.matches(\"^长期\")", "(maybe_s == \"有效\")", "(has(row.status) && row.status < s)",
                       "(row.status != null)", "(size(s) > 2)", "has(maybe_s)",
                       "(row.status == \"注销\" ? a : b)", "(s < t)", "(maybe_s == t)",
                       "(maybe_s != row.status)", "(has(maybe_s) && s >= maybe_s)"});
    }
    std::string listed() {
        return one_of({"(i in [0, 1, j])", "(i in [])", "(has(maybe_i) && maybe_i in [7, i])",
                       "(maybe_i in [7, i])", "(m in [n, yuan(\"632\")])", "(r in [1.5, 2.0])", "known(i)",
                       "known(maybe_i)", "known(r)", "(d in [as_of, date(\"2024-10-05\")])",
                       "(d.addDays(i) < as_of)", "(as_of.addMonths(j) != d)"});
    }

    Dice& dice_;
    RandomMemberText members_;
};

}  // namespace doudi::expr::test
