// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>

#include "policy/load.h"
#include "policy/test_law.h"

namespace doudi::policy {

namespace {

constexpr const char* roll = R"(id: union.cards
title: {zh: 困难职工证, en: Hardship workers' cards}
department: {id: union, title: {zh: 工会, en: Trade unions}}
delivery: whole_roll
columns:
  id_number: {type: id_number, required: true, headings: [职工证件号]}
  name: {type: name, headings: [职工姓名]}
  issued_on: {type: date, required: true, headings: [发证日]}
  kind: {type: category, headings: [困难种类]}
  help: {type: money, headings: [慰问金]}
persons:
  - {role: worker, id: id_number, name: name}
event_date: issued_on
complete: {scope: county}
facts:
  - {fact: hardship_worker, value: "true", absent: "false"}
  - {fact: hardship_depth, column: kind, words: {deep: [深度], relative: [相对]}, absent: none}
  - {fact: union_help_year, column: help, by: {column: kind, applies: [深度], none: [相对]}}
)";

Loaded<DatasetCatalogue> with(std::string_view from, std::string_view to) {
    const TestLaw law;
    std::string text = roll;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    law.write("datasets/union.cards.yaml", text.replace(at, from.size(), to));
    return load_datasets(law.root() / "datasets");
}

std::vector<std::string> faults_with(std::string_view from, std::string_view to) {
    const auto catalogue = with(from, to);
    REQUIRE_FALSE(catalogue.has_value());
    return codes_of(catalogue.error());
}

}  // namespace

TEST_CASE("a dataset says which facts its rows tell, by which words, and what absence from it means") {
    const auto catalogue = with("union.cards", "union.cards");
    REQUIRE(catalogue.has_value());
    const Dataset& cards = catalogue->datasets[static_cast<std::size_t>(catalogue->index_of("union.cards"))];
    REQUIRE(cards.facts.size() == 3);
    CHECK(cards.facts[0].column == -1);
    CHECK(cards.facts[0].value == "true");
    CHECK(cards.facts[0].absent == "false");
    CHECK(cards.facts[1].meanings[0].value == "deep");
    CHECK(cards.facts[1].meanings[0].words == std::vector<std::string>{"深度"});
    CHECK(cards.facts[2].by_column == cards.column_of("kind"));
    CHECK(cards.tells_by(cards.column_of("help")));
    CHECK_FALSE(cards.tells_by(cards.column_of("name")));
}

TEST_CASE("a fact needs exactly one source: a column or being on the roll") {
    CHECK(faults_with("value: \"true\", ", "") == std::vector<std::string>{"fact_source"});
    CHECK(faults_with("column: help, ", "column: help, value: \"1\", ") ==
          std::vector<std::string>{"fact_source"});
}

TEST_CASE("words belong to category columns, each with one meaning") {
    CHECK(faults_with("words: {deep: [深度], relative: [相对]}, ", "") ==
          std::vector<std::string>{"fact_words"});
    CHECK(faults_with("relative: [相对]", "relative: [深度]") == std::vector<std::string>{"fact_word_twice"});
}

TEST_CASE("only a complete roll says something of those who are not on it") {
    const auto codes = faults_with("complete: {scope: county}\n", "");
    CHECK(codes == std::vector<std::string>{"absent_incomplete", "absent_incomplete"});
}

TEST_CASE("a complete roll may be one category's, told by its name") {
    const auto catalogue = with("complete: {scope: county}", "complete: {scope: county, category: orphan}");
    REQUIRE(catalogue.has_value());
    const auto at = static_cast<std::size_t>(catalogue->index_of("union.cards"));
    CHECK(catalogue->datasets[at].complete_of == "orphan");
    CHECK(faults_with("complete: {scope: county}", "complete: {scope: county, category: 孤儿}") ==
          std::vector<std::string>{"bad_id"});
}

TEST_CASE(
    "that the sender holds the papers is a claim with its ground and clause, and rows that name a day") {
    constexpr const char* claim =
        "papers: {held_by: sender, basis: {zh: 受托核对, en: checked on behalf}, cite: 第五十八条}\n";
    const std::string dated = std::string("event_date: issued_on\nauthorised_on: issued_on\n") + claim;
    const auto catalogue = with("event_date: issued_on\n", dated);
    REQUIRE(catalogue.has_value());
    const Dataset& cards = catalogue->datasets[static_cast<std::size_t>(catalogue->index_of("union.cards"))];
    CHECK(cards.sender_holds_papers);
    CHECK(cards.papers_cite == "第五十八条");
    CHECK(faults_with("event_date: issued_on\n", std::string("event_date: issued_on\n") + claim) ==
          std::vector<std::string>{"papers_without_day"});
    CHECK(faults_with(
              "event_date: issued_on\n",
              "event_date: issued_on\nauthorised_on: issued_on\npapers: {held_by: office, basis: {zh: 甲, "
              "en: A}, cite: x}\n") == std::vector<std::string>{"yaml_unknown_word"});
    CHECK_FALSE(faults_with("event_date: issued_on\n",
                            "event_date: issued_on\nauthorised_on: issued_on\npapers: {held_by: sender}\n")
                    .empty());
}

}  // namespace doudi::policy
