// SPDX-License-Identifier: Apache-2.0
// Who confirms, as routes.yaml states it: an authority at a level, or one that the place names by a figure
// with words of its own.
#include <doctest/doctest.h>

#include "policy/trial_law.h"

namespace doudi::policy {
namespace {

using Codes = std::vector<std::string>;

// Of Guangdong's law, with something of a file said otherwise.
Codes codes_with(const std::string& file, const std::string& said, const std::string& otherwise) {
    const TrialLaw law;
    law.replace(file, said, otherwise);
    return law.fault_codes("guangdong-2021");
}

constexpr const char* national_routes = "packs/national/routes.yaml";
constexpr const char* own_routes = "packs/guangdong-2021/routes.yaml";
constexpr const char* own_figures = "packs/guangdong-2021/parameters.yaml";
constexpr const char* named = "named_by: param.other_hardship_authority";
constexpr const char* alone = "delegated_alone: [application.confirm, application.refuse]";

}  // namespace

TEST_CASE("an authority sits at a level, or a figure of the place names one that does") {
    const auto by = [](const std::string& otherwise) {
        return codes_with(national_routes, named, otherwise);
    };
    CHECK(by("level: county").empty());
    CHECK(by("kind: custom") == Codes{"authority_level"});
    CHECK(by(std::string(named) + ", level: county") == Codes{"authority_level"});
    CHECK(by("named_by: param.other_hardship_authorit") == Codes{"unknown_parameter"});
    CHECK(by("named_by: param.document_word") == Codes{"named_by_no_words"});
    CHECK(codes_with(own_figures, "    county_civil_affairs: {zh", "    county_affairs: {zh") ==
          Codes{"unknown_authority"});
    CHECK(codes_with(own_figures, "    county_civil_affairs: {zh", "    named_by_the_place: {zh") ==
          Codes{"unknown_authority"});
}

TEST_CASE("what the lower level makes alone is moves that there are, where a lower level has the power") {
    const auto told = [](const std::string& otherwise) { return codes_with(own_routes, alone, otherwise); };
    CHECK(told("delegated_alone: [review.decide]").empty());
    CHECK(told("delegated_alone: [application.confirmed]") == Codes{"unknown_move"});
    CHECK(codes_with(own_routes, "delegated_to: township, ", "") == Codes{"delegated_to_none"});
}

TEST_CASE("a text with words is one of them, whoever sets it; what is no text has none") {
    const auto set = [](const std::string& value) {
        return codes_with(own_figures,
                          "  set_by: {zh: 地级以上市人民政府, en: the government of the prefecture city or "
                          "above}\n  cite: 二(五)\n",
                          "  values: [{region: \"44\", from: 2021-09-06, value: " + value +
                              ", cite: 二(五)}]\n  cite: 二(五)\n");
    };
    CHECK(set("township").empty());
    CHECK(set("towship") == Codes{"unknown_word"});
    CHECK(codes_with(own_figures, "  type: bool\n", "  type: bool\n  words: {a: {zh: 甲, en: A}}\n") ==
          Codes{"words_of_no_word"});
    const TrialLaw law;
    auto loaded = law.load("guangdong-2021");
    REQUIRE(loaded.has_value());
    const auto figure = [](const std::string& value) {
        return "- {id: other_hardship_authority, values: [{region: '441699', from: 2025-01-01, value: " +
               value + "}]}\n";
    };
    Pack pack = loaded->pack;
    CHECK(lay_figures_over(figure("township"), "figures", pack).has_value());
    const auto refused = lay_figures_over(figure("mayor"), "figures", pack);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().front().code == "unknown_word");
    CHECK(refused.error().front().text.zh.find("township") != std::string::npos);
}

}  // namespace doudi::policy
