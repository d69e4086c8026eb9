// SPDX-License-Identifier: Apache-2.0
#include "determine/pack_logic.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "determine/case_maker.h"
#include "determine/determine_test_support.h"

namespace doudi::determine {
namespace {

using test::Answered;
using test::TestPack;

constexpr std::string_view with_places = R"(
test_order:
  value: [extreme_poverty, minimum_living_guarantee, mlg_marginal_household, single_member_guarantee, relapse_monitored]
  cite: 七
exclusive_order: {value: [extreme_poverty, minimum_living_guarantee, mlg_marginal_household], cite: 七}
beside: {value: [relapse_monitored], cite: 七}
)";

std::string trial_file(std::string_view name) {
    std::ifstream in(std::string(DOUDI_SOURCE_DIR) + "/src/determine/testdata/trial/" + std::string(name));
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The categories of the trial pack, the margin beginning this side of the standard or at it.
std::string margin_from(std::string_view relation) {
    std::string text = trial_file("categories.yaml");
    const std::string_view line = "if: income_per_head_month < 1.5";
    const std::size_t at = text.find(line);
    REQUIRE(at != std::string::npos);
    return text.replace(at, line.size(),
                        "if: income_per_head_month " + std::string(relation) +
                            " param.mlg_standard_month && income_per_head_month < 1.5");
}

// A benefit with these grants beside those of the trial pack.
std::string premium(std::string_view grants, std::string_view more = "") {
    return trial_file("benefits.yaml") + R"(
- id: premium
  title: {zh: 资助参保, en: Premium subsidy}
  layer: special
  subject: person
  for: anyone
  department: civil_affairs
  cite: 四
  grants:
)" + std::string(grants) +
           std::string(more);
}

constexpr std::string_view guaranteed_and_insured = R"(
    - {if: minimum_living_guarantee, share: "0.9", of: {zh: 缴费, en: premium}, cite: 四(一)}
    - {if: person.insured_as_resident, share: "0.5", of: {zh: 缴费, en: premium}, cite: 四(二)}
)";
constexpr std::string_view rest = R"(
    - {share: "0.1", of: {zh: 缴费, en: premium}, cite: 四(三)}
)";

std::vector<LogicFault> faults_of(const TestPack& pack) {
    return logic_faults(pack.pack(), pack.pack().effective_from);
}

std::vector<std::string> names_of(const std::vector<LogicFault>& faults) {
    std::vector<std::string> names;
    for (const LogicFault& fault : faults) names.push_back(fault.name);
    std::ranges::sort(names);
    return names;
}

using Names = std::vector<std::string>;

TEST_CASE("a pack whose rules are in order and cover everything has no fault of logic") {
    const TestPack pack({{"determination.yaml", with_places}});
    CHECK(names_of(faults_of(pack)) == Names{});
}

TEST_CASE("a category that can hold beside the exclusive order must say that it may") {
    const TestPack pack;
    const auto faults = faults_of(pack);
    CHECK(names_of(faults) == Names{"two-categories-extreme_poverty-relapse_monitored",
                                    "two-categories-minimum_living_guarantee-relapse_monitored",
                                    "two-categories-mlg_marginal_household-relapse_monitored"});
    for (const LogicFault& fault : faults) {
        CHECK(fault.error.code == "categories_without_order");
        CHECK(fault.error.where == "packs/trial/categories.yaml:41:3");
        const Answered told(pack, fault.witness);
        CHECK(told.category("relapse_monitored").verdict == Verdict::yes);
    }
}

TEST_CASE("two grants that both apply and differ are named with their clauses and a case") {
    const TestPack pack(
        {{"determination.yaml", with_places},
         {"benefits.yaml", premium(std::string(guaranteed_and_insured) + std::string(rest))}});
    const auto faults = faults_of(pack);
    REQUIRE(names_of(faults) == Names{"two-grants-premium-1-2"});
    CHECK(faults[0].error.code == "grants_without_order");
    CHECK(faults[0].error.text.en.contains("四(一)"));
    CHECK(faults[0].error.text.en.contains("四(二)"));
    const Answered told(pack, faults[0].witness);
    CHECK(std::ranges::any_of(told.told.members, [&](const CaseMember& member) {
        const auto insured = member.facts.find("insured_as_resident");
        const auto index = &member - told.told.members.data();
        return insured != member.facts.end() && insured->second.value.is_true() &&
               told.set(static_cast<int>(index)).contains("minimum_living_guarantee");
    }));
}

TEST_CASE("grants of which the pack states the order, or which give the same, are none") {
    const std::string ordered =
        premium(std::string(guaranteed_and_insured) + std::string(rest), "  grants_in_order: 四(一)\n");
    CHECK(names_of(faults_of(TestPack({{"determination.yaml", with_places}, {"benefits.yaml", ordered}}))) ==
          Names{});
    std::string same = premium(std::string(guaranteed_and_insured) + std::string(rest));
    same.replace(same.find("0.5"), 3, "0.9");
    CHECK(names_of(faults_of(TestPack({{"determination.yaml", with_places}, {"benefits.yaml", same}}))) ==
          Names{});
}

TEST_CASE(
    "a benefit that holds while none of its grants applies is named, unless the pack says that it may") {
    const std::string_view ordered = "  grants_in_order: 四(一)\n";
    const TestPack pack(
        {{"determination.yaml", with_places}, {"benefits.yaml", premium(guaranteed_and_insured, ordered)}});
    const auto faults = faults_of(pack);
    REQUIRE(names_of(faults) == Names{"no-grant-premium"});
    const Answered told(pack, faults[0].witness);
    CHECK(told.benefit("premium", 0).verdict == Verdict::yes);
    CHECK(told.benefit("premium", 0).grant == nullptr);
    const std::string allowed =
        premium(guaranteed_and_insured, std::string(ordered) + "  may_lack_grant: 四\n");
    CHECK(names_of(faults_of(TestPack({{"determination.yaml", with_places}, {"benefits.yaml", allowed}}))) ==
          Names{});
}

TEST_CASE("a line that both of its rules leave out is a gap, shown at the fen") {
    const std::string gap = margin_from(">");
    const TestPack pack({{"categories.yaml", gap}, {"determination.yaml", with_places}});
    const auto faults = faults_of(pack);
    // Above the line is the margin, and whom the margin lets be taken alone.
    REQUIRE(names_of(faults) == Names{"gap-minimum_living_guarantee-mlg_marginal_household-income_month",
                                      "gap-minimum_living_guarantee-single_member_guarantee-income_month"});
    for (const LogicFault& fault : faults) {
        CHECK(fault.error.code == "gap_between_categories");
        const Answered told(pack, fault.witness);
        CHECK(told.category("minimum_living_guarantee").verdict == Verdict::no);
        CHECK(told.category("mlg_marginal_household").verdict == Verdict::no);
        const expr::Value income = told.told.household.at("income_month").value;
        const Facts facts(pack.law(), told.told);
        const expr::Value standard = facts.parameter(pack.law().parameter_of("mlg_standard_month"));
        const expr::Value size =
            facts.fact(pack.law().fact_of(policy::Subject::household, "household_size"), -1);
        CHECK(income.as_money().fen() == standard.as_money().fen() * size.as_integer());
    }

    const std::string closed = margin_from(">=");
    CHECK(names_of(faults_of(TestPack({{"categories.yaml", closed}, {"determination.yaml", with_places}}))) ==
          Names{});
}

TEST_CASE("invented cases are those of docs/formats/case.md, and the same seed gives the same") {
    const TestPack& pack = test::trial();
    const Date day = pack.pack().effective_from;
    CaseMaker one(pack.law(), "440000000000", day, 7);
    CaseMaker again(pack.law(), "440000000000", day, 7);
    for (int i = 0; i < 50; ++i) {
        const Case made = i % 2 == 0 ? one.fresh() : one.varied(one.fresh());
        const std::string text = case_text(made);
        CHECK(text == case_text(i % 2 == 0 ? again.fresh() : again.varied(again.fresh())));
        const auto read = read_case(text, "made.json", pack.law());
        REQUIRE(read.has_value());
        CHECK(case_text(*read) == text);
    }
}

}  // namespace
}  // namespace doudi::determine
