// SPDX-License-Identifier: Apache-2.0
// What mutants are made of a file, and that a case which notices one is named.
#include "determine/mutants.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace doudi::determine {
namespace {

using Texts = std::vector<std::string>;

const LawFile file{.name = "benefits.yaml", .text = R"(# a comment
- id: aid
  title: {zh: 救助, en: Aid}
  for: [first, second]
  layer: relief
  when:
    - if: income < 10.00
      say: {zh: 收入, en: Income}
  unless: person.orphan
  within: {days: 10, kind: working}
  cite: 一
- id: other
  layer: charity
  cite: 二
)"};

KeyWords words_of(const LawFile& of) {
    KeyWords words;
    gather_words(of, words);
    return words;
}

// "key: before -> after" of the mutants of an element.
Texts told(const std::string& element) {
    Texts all;
    for (const Mutant& one : mutants_of(file, words_of(file)))
        if (one.element == element) all.push_back(one.key + ": " + one.before + " -> " + one.after);
    return all;
}

Mutant mutant_at(const std::string& key, Mutant::Edit edit) {
    const auto all = mutants_of(file, words_of(file));
    const auto found = std::ranges::find_if(
        all, [&](const Mutant& one) { return one.key == key && one.edit == edit && one.element == "aid"; });
    REQUIRE(found != all.end());
    return *found;
}

TEST_CASE("every value of an element that decides is changed, texts and citations are not") {
    CHECK(told("aid") == Texts{"for.0: first -> ", "for.0: first -> second, first", "for.1: second -> ",
                               "layer: relief -> charity", "when.0.if: income < 10.00 -> income <= 10.00",
                               "when.0.if: income < 10.00 -> income < 10.01",
                               "when.0.if: income < 10.00 -> true", "unless: person.orphan -> ",
                               "within.days: 10 -> 11"});
    CHECK(told("other") == Texts{"layer: charity -> relief"});
}

TEST_CASE("a mutant stands on the line of what it changes, and its text holds the one change") {
    CHECK(mutant_at("within.days", Mutant::Edit::set).line == 10);
    const std::string later = text_with(file.text, mutant_at("within.days", Mutant::Edit::set));
    CHECK(later.find("days: 11") != std::string::npos);
    CHECK(later.find("income < 10.00") != std::string::npos);
    CHECK(text_with(file.text, mutant_at("unless", Mutant::Edit::drop)).find("unless") == std::string::npos);
    CHECK(text_with(file.text, mutant_at("for.0", Mutant::Edit::swap)).find("[second, first]") !=
          std::string::npos);
    CHECK(text_with(file.text, mutant_at("for.0", Mutant::Edit::drop)).find("[second]") != std::string::npos);
}

TEST_CASE("an expression has a mutant for each operator and number") {
    CHECK(expression_mutants("!a && b >= 60 || c == \"x < 1\"") ==
          Texts{"a && b >= 60 || c == \"x < 1\"", "!a || b >= 60 || c == \"x < 1\"",
                "!a && b > 60 || c == \"x < 1\"", "!a && b >= 61 || c == \"x < 1\"",
                "!a && b >= 60 && c == \"x < 1\"", "!a && b >= 60 || c != \"x < 1\""});
    CHECK(expression_mutants("not \"closed").empty());
}

TEST_CASE("a number is raised by one unit of its last digit") {
    CHECK(one_more("1000.00") == "1000.01");
    CHECK(one_more("0.59") == "0.60");
    CHECK(one_more("9.99") == "10.00");
    CHECK(one_more("99") == "100");
    CHECK(one_more("3a").empty());
    CHECK(one_more("").empty());
}

}  // namespace
}  // namespace doudi::determine
