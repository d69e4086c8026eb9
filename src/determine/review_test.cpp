// SPDX-License-Identifier: Apache-2.0
// What is due to a household that is paid: up, down, the same, ended, and what is not known.
#include "determine/review.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "determine/determine_test_support.h"

namespace doudi::determine {
namespace {

using test::Answered;
using test::family;
using test::TestPack;
using test::trial;
using Kind = ReviewAnswer::Kind;

using Allowances = std::vector<Allowance>;

const Allowances allowances{{"extreme_poverty", "allowance", {}},
                            {"minimum_living_guarantee", "allowance", {"allowance"}, "income_per_head_month"},
                            {"single_member_guarantee", "allowance", {}}};

std::string earning(const std::string& income) {
    return family(", property_within_limits: true, income_month: " + income);
}

ReviewAnswer review(const std::string& text, const PaidNow& paid, const TestPack& pack = trial(),
                    const Allowances& by = allowances) {
    const Answered a(pack, text);
    return review_of(a.law(), a.told, a.answer, by, paid);
}

PaidNow guarantee(std::int64_t fen) {
    return {"minimum_living_guarantee", Money::fen(fen)};
}

bool says(const std::vector<Text>& texts, std::string_view part) {
    return std::ranges::any_of(texts,
                               [&](const Text& text) { return text.zh.find(part) != std::string::npos; });
}

TEST_CASE("a review finds the same, more by a fen, less by a fen: 632 yuan for three against the income") {
    const auto found = [](const char* income) {
        const ReviewAnswer answer = review(earning(income), guarantee(200));
        CHECK(answer.category == "minimum_living_guarantee");
        CHECK(answer.missing.empty());
        return std::pair(answer.kind, answer.amount);
    };
    CHECK(found("1894.00") == std::pair(Kind::keep, std::optional(Money::fen(200))));
    CHECK(found("1893.99") == std::pair(Kind::change, std::optional(Money::fen(201))));
    CHECK(found("1894.01") == std::pair(Kind::change, std::optional(Money::fen(199))));
    CHECK(found("1895.99") == std::pair(Kind::change, std::optional(Money::fen(1))));
}

TEST_CASE("at the line the guarantee no longer holds; the review says by which figures, and what holds now") {
    const ReviewAnswer at = review(earning("1896.00"), guarantee(200));
    CHECK(at.kind == Kind::exit);
    CHECK(at.category.empty());
    CHECK_FALSE(at.amount);
    CHECK(at.next == "mlg_marginal_household");
    CHECK(says(at.why, "不符合"));
    CHECK(says(at.why, "1896.00"));
    CHECK_FALSE(says(at.why, "财产符合规定"));  // that one holds: it is no reason
    // Above one and a half times of it there is no other.
    CHECK(review(earning("2843.99"), guarantee(200)).next == "mlg_marginal_household");
    CHECK(review(earning("2844.00"), guarantee(200)).next.empty());
}

TEST_CASE("the income a head that was found is told to the nearest fen, and not where nothing was found") {
    CHECK(review(earning("1896.00"), guarantee(200)).income == Money::fen(63200));
    CHECK(review(earning("1896.01"), guarantee(200)).income == Money::fen(63200));
    CHECK(review(earning("1896.02"), guarantee(200)).income == Money::fen(63201));
    CHECK_FALSE(review(family(", property_within_limits: true"), guarantee(200)).income);
    // Of a category for which the pack states none.
    CHECK_FALSE(review(earning("1896.00"), {"extreme_poverty", Money::fen(200)}).income);
}

ReviewAnswer applied(const std::string& text, const std::string& category) {
    const Answered a(trial(), text);
    return application_of(a.law(), a.told, a.answer, allowances, category);
}

TEST_CASE("an application is found to hold with its amount; at the line the next category does, or none") {
    for (const char* category : {"", "minimum_living_guarantee", "mlg_marginal_household"}) {
        CAPTURE(category);
        const ReviewAnswer below = applied(earning("1895.99"), category);
        CHECK(below.kind == Kind::grant);
        CHECK(below.category == "minimum_living_guarantee");
        CHECK(below.amount == Money::fen(1));
        CHECK(says(below.why, "符合"));
        const ReviewAnswer at = applied(earning("1896.00"), category);
        CHECK(at.kind == Kind::grant);
        CHECK(at.category == "mlg_marginal_household");
        CHECK_FALSE(at.amount);
        const ReviewAnswer open = applied(family(", property_within_limits: true"), category);
        CHECK(open.kind == Kind::unknown);
        CHECK(says(open.missing, "家庭月收入"));
    }
    const ReviewAnswer above = applied(earning("2844.00"), "minimum_living_guarantee");
    CHECK(above.kind == Kind::refuse);
    CHECK(above.category.empty());
    CHECK(says(above.why, "不符合"));
}

TEST_CASE("what is due says its clause, and what is paid against what is due") {
    const ReviewAnswer more = review(earning("1893.99"), guarantee(200));
    CHECK(says(more.why, "每月 2.01 元"));
    CHECK(says(more.why, "一(五)"));
    CHECK(says(more.why, "现发 2.00 元，应发 2.01 元"));
    const ReviewAnswer unrecorded = review(earning("1894.00"), {"minimum_living_guarantee", std::nullopt});
    CHECK(unrecorded.kind == Kind::change);
    CHECK(says(unrecorded.why, "没有登记"));
    CHECK(more.sample);  // the standard is the case's own
}

TEST_CASE("an unknown income proposes nothing and names itself; a fact that settles it is enough") {
    const ReviewAnswer open = review(family(", property_within_limits: true"), guarantee(200));
    CHECK(open.kind == Kind::unknown);
    CHECK(open.category.empty());
    CHECK_FALSE(open.amount);
    CHECK(open.why.empty());
    CHECK(says(open.missing, "家庭月收入"));
    CHECK(says(open.missing, "经授权核对"));  // and how to get it
    CHECK(review(family(", property_within_limits: false"), guarantee(200)).kind == Kind::exit);
}

TEST_CASE("an unset standard proposes nothing and says who sets it") {
    std::string text = earning("1894.00");
    text.erase(text.find("parameters:"), std::string("parameters: {mlg_standard_month: 632.00}\n").size());
    const ReviewAnswer open = review(text, guarantee(200));
    CHECK(open.kind == Kind::unknown);
    CHECK(says(open.missing, "设区的市级人民政府"));
}

TEST_CASE("a category that is kept without being paid stays or ends, and has no amount") {
    const PaidNow marginal{"mlg_marginal_household", std::nullopt};
    const ReviewAnswer stays = review(earning("2000.00"), marginal);
    CHECK(stays.kind == Kind::keep);
    CHECK_FALSE(stays.amount);
    const ReviewAnswer poorer = review(earning("100.00"), marginal);
    CHECK(poorer.kind == Kind::exit);
    CHECK(poorer.next == "minimum_living_guarantee");
    CHECK(review(earning("3000.00"), marginal).next.empty());
}

TEST_CASE("one member alone in need goes on as the guarantee of a single member") {
    std::string text = earning("2000.00");
    text.replace(text.find("disability_level: null"), 22, "disability_level: 2");
    const ReviewAnswer single = review(text, guarantee(200));
    CHECK(single.kind == Kind::change);
    CHECK(single.category == "single_member_guarantee");
    CHECK(says(single.why, "甲"));
}

TEST_CASE("each pack that ships says with which benefits the guarantee is paid, the nearest category first") {
    for (const char* pack :
         {"guangdong-2021", "changsha-2025", "jinan-2024", "chongqing-2024", "shanxi-county"}) {
        CAPTURE(pack);
        const auto policy = policy::load_policy(DOUDI_SOURCE_DIR, pack);
        REQUIRE(policy.has_value());
        const Allowances all = allowances_of(policy->pack.law);
        // Chongqing pays a household of one by the allowance of one member, too (CQ-08c).
        REQUIRE(all.size() == (std::string_view(pack) == "chongqing-2024" ? 4 : 3));
        CHECK(all.front().category == "extreme_poverty");
        CHECK(all[1].benefits.front() == "minimum_living_guarantee_allowance");
        CHECK(all[1].paid_by == "allowance");
    }
}

TEST_CASE("what comes to no whole fen, or is not paid by the month, is left to a person") {
    std::ifstream file(std::filesystem::path(DOUDI_SOURCE_DIR) /
                       "src/determine/testdata/trial/benefits.yaml");
    std::string benefits{std::istreambuf_iterator<char>(file), {}};
    const std::string whole = "param.mlg_standard_month * household_size - income_month";
    benefits.replace(benefits.find(whole), whole.size(), "(" + whole + ") / 3");
    const TestPack thirds({{"benefits.yaml", benefits}});
    CHECK(review(earning("1893.00"), guarantee(100), thirds).kind == Kind::keep);
    const ReviewAnswer part = review(earning("1894.00"), guarantee(100), thirds);
    CHECK(part.kind == Kind::unknown);
    CHECK(says(part.missing, "保障金"));
    // Aid that is paid once is no part of what is paid a month.
    std::string emergency = earning("1894.00");
    emergency.replace(emergency.find("emergency: false"), 16, "emergency: true");
    const Allowances both{{"minimum_living_guarantee", "allowance", {"allowance", "fast_aid"}}};
    CHECK(says(review(emergency, guarantee(200), trial(), both).missing, "先行救助"));
    CHECK(review(earning("1894.00"), guarantee(200), trial(), both).missing.size() ==
          review(earning("1894.00"), guarantee(200)).missing.size());
}

}  // namespace
}  // namespace doudi::determine
