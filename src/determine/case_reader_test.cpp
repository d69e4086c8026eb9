// SPDX-License-Identifier: Apache-2.0
// Cases as people write them, in JSON and in YAML, and everything that may be wrong with them.
#include <doctest/doctest.h>

#include "determine/case_text.h"
#include "determine/determine_test_support.h"

namespace doudi::determine {
namespace {

using Texts = std::vector<std::string>;
using test::trial;

const std::string head = "region: \"441699001001\"\nas_of: 2025-06-30\nmembers: [{name: 甲}]\n";

TEST_CASE("a case is the same in JSON and in YAML") {
    const Case json = trial().told(R"({
      "case": "X-1", "region": "441699001001", "as_of": "2025-06-30",
      "household": {"income_month": {"value": "1894.00", "source": "核对", "as_of": "2025-06-20"}},
      "members": [{"name": "甲", "birth_date": "1956-03-01", "disability_level": null}],
      "application": {"authorised_on": "2025-06-18"}})");
    const Case yaml = trial().told(R"(case: X-1
region: "441699001001"
as_of: 2025-06-30
household: {income_month: {value: 1894.00, source: 核对, as_of: 2025-06-20}}
members: [{name: 甲, birth_date: 1956-03-01, disability_level: null}]
application: {authorised_on: 2025-06-18}
)");
    for (const Case& one : {json, yaml}) {
        CHECK(one.id == "X-1");
        CHECK(one.region == "441699001001");
        CHECK(one.as_of.iso() == "2025-06-30");
        const ToldFact& income = one.household.at("income_month");
        CHECK(income.value.text() == "yuan(\"1894.00\")");
        CHECK(income.source == "核对");
        CHECK(income.as_of->iso() == "2025-06-20");
        CHECK(one.members[0].facts.at("disability_level").value.is_none());
        CHECK(one.members[0].facts.at("birth_date").source == "case");
        CHECK(one.application.authorised_on->iso() == "2025-06-18");
    }
    CHECK(json.hash.size() == 64);
    CHECK(json.hash != yaml.hash);
}

TEST_CASE("money is read as it is written, never through a floating point number") {
    for (const char* written : {"0.10", "\"0.10\"", "0.1"}) {
        const Case told = trial().told(head + "household: {income_month: " + written + "}\n");
        CHECK(told.household.at("income_month").value.as_money().fen() == 10);
    }
    CHECK(trial().faults(head + "household: {income_month: 1e3}\n") ==
          Texts{"case.yaml:4:27 case_bad_value"});
    CHECK(trial().faults(head + "household: {income_month: 1.005}\n") ==
          Texts{"case.yaml:4:27 case_bad_value"});
}

TEST_CASE("sources that agree count as the newest; sources that differ make it unknown and are kept") {
    const std::string two =
        "household:\n  income_month:\n    values:\n"
        "      - {value: 1000, source: 甲方, as_of: 2025-05-01}\n"
        "      - {value: VALUE, source: 乙方, as_of: 2025-06-01}\n";
    const auto with = [&](const std::string& value) {
        std::string text = head + two;
        return trial().told(text.replace(text.find("VALUE"), 5, value)).household.at("income_month");
    };
    CHECK(with("1000.00").value.as_money().fen() == 100'000);
    CHECK(with("1000.00").source == "乙方");
    CHECK(with("1000.01").value.is_unknown());
    CHECK(with("1000.01").conflicting.size() == 2);
}

TEST_CASE("a reason for not knowing is kept") {
    const Case told = trial().told(head + "household: {income_month: {unknown: 等待银行回复}}\n");
    CHECK(told.household.at("income_month").value.is_unknown());
    CHECK(told.household.at("income_month").why_unknown == "等待银行回复");
}

TEST_CASE("every fault comes at once with its line and column") {
    const std::string text = R"(region: "44-1"
as_of: 2025-06-30
parameters: {mlg_standard_mont: 600, mlg_standard_month: -1}
household:
  incom_month: 100
  income_month: -5
  property_within_limits: maybe
  residence_kind: urbn
  household_size: 3
members:
  - {name: 甲, birth_date: 2025-07-01}
  - {name: 甲, birth_date: 2025-02-29, disability_level: -1}
  - {birth_date: null}
application: {left_on: 2025-06-01, refused: [nobody], authorised_on: 2025-07-01}
)";
    CHECK(trial().faults(text) == Texts{"case.yaml:1:9 case_region", "case.yaml:3:14 case_unknown_parameter",
                                        "case.yaml:3:58 case_bad_value", "case.yaml:5:3 case_unknown_fact",
                                        "case.yaml:6:17 case_bad_value", "case.yaml:7:27 case_bad_value",
                                        "case.yaml:8:19 case_unknown_word", "case.yaml:9:3 case_derived_fact",
                                        "case.yaml:11:27 case_born_later", "case.yaml:12:12 case_same_name",
                                        "case.yaml:12:27 case_bad_value", "case.yaml:12:57 case_negative",
                                        "case.yaml:13:5 case_no_name", "case.yaml:13:6 case_never_none",
                                        "case.yaml:14:24 case_day_of_nothing",
                                        "case.yaml:14:46 case_unknown_category",
                                        "case.yaml:14:70 case_told_later"});
}

TEST_CASE("a misspelt name is told the nearest one, in both languages") {
    const auto read = read_case(head + "household: {incom_month: 100}\n", "case.yaml", trial().law());
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error()[0].message(Lang::en) ==
          "case.yaml:4:13: unknown fact 'incom_month'; did you mean 'income_month'?");
    CHECK(read.error()[0].message(Lang::zh).find("是否应为“income_month”") != std::string::npos);
}

TEST_CASE("what a case cannot do without is asked for") {
    CHECK(trial().faults("region: \"441699001001\"\nmembers: [{name: 甲}]\n") ==
          Texts{"case.yaml:1:1 case_no_day"});
    CHECK(trial().faults("as_of: 2025-06-30\n") ==
          Texts{"case.yaml:1:1 case_no_region", "case.yaml:1:1 case_no_members"});
    CHECK(trial().faults("[]\n") == Texts{"case.yaml:1:1 yaml_wrong_type"});
    CHECK(trial().faults("{") == Texts{"case.yaml:1:1 yaml_syntax"});
}

TEST_CASE("a fact may be none only where the pack says so, and not told later than the question") {
    CHECK(trial().faults(head + "household: {income_month: null}\n") ==
          Texts{"case.yaml:4:13 case_never_none"});
    CHECK(trial().faults(head + "household: {income_month: {value: 1, as_of: 2025-07-01}}\n") ==
          Texts{"case.yaml:4:45 case_told_later"});
    CHECK(trial().faults(head + "household: {income_month: {value: 1, as_of: 2025-06-30}}\n").empty());
}

TEST_CASE("ten levels of nesting are read, eleven are refused at their place") {
    const auto nested = [&](int levels) {
        return head + "household: {income_month: " + std::string(static_cast<std::size_t>(levels), '[') +
               std::string(static_cast<std::size_t>(levels), ']') + "}\n";
    };
    CHECK(trial().faults(nested(8)) == Texts{"case.yaml:4:27 yaml_wrong_type"});
    CHECK(trial().faults(nested(9)) == Texts{"case.yaml:4:35 case_too_deep"});
    CHECK(trial().faults(nested(100'000)) == Texts{"case.yaml:4:35 case_too_deep"});
}

TEST_CASE("a value cannot be repeated by reference") {
    CHECK(trial().faults("a: &x [1]\nb: *x\n") == Texts{"case.yaml:2:4 case_alias"});
}

TEST_CASE("a thousand members are read, a thousand and one are refused") {
    const auto members = [](int count) {
        std::string text = "region: \"441699001001\"\nas_of: 2025-06-30\nmembers:\n";
        for (int i = 0; i < count; ++i) text += "  - {name: m" + std::to_string(i) + "}\n";
        return text;
    };
    CHECK(trial().told(members(1'000)).members.size() == 1'000);
    CHECK(trial().faults(members(1'001)) == Texts{"case.yaml:4:3 case_too_many_members"});
}

TEST_CASE("a name's rare character is read from JSON's pair of units") {
    const Case told = trial().told(
        R"({"region": "441699001001", "as_of": "2025-06-30", "members": [{"name": "\uD842\uDFB7\u7532"}]})");
    CHECK(told.members[0].name == "𠮷甲");
}

TEST_CASE("a case of more than sixteen megabytes is not even looked into") {
    CHECK(trial().faults(std::string(largest_case + 1, ' ')) == Texts{"case.yaml case_too_large"});
}

TEST_CASE("parameters of a case may differ by residence") {
    const Case told = trial().told(head + "parameters: {mlg_standard_month: {urban: 800, rural: 600.50}}\n");
    const auto& figures = told.parameters.at("mlg_standard_month");
    REQUIRE(figures.size() == 2);
    CHECK(figures[0].residence == "urban");
    CHECK(figures[1].value.as_money().fen() == 60'050);
    CHECK(figures[1].sample);
    CHECK(trial().faults(head + "parameters: {mlg_standard_month: {town: 800}}\n") ==
          Texts{"case.yaml:4:35 case_unknown_word"});
}

}  // namespace
}  // namespace doudi::determine
