// SPDX-License-Identifier: Apache-2.0
// An answer by facts that its reader is not shown: the verdict and the line stay, what would tell the figure
// does not.
#include "determine/veil.h"

#include <algorithm>
#include <boost/json.hpp>

#include "determine/determine_test_support.h"
#include "determine/explain.h"
#include "determine/review.h"

namespace doudi::determine {
namespace {

using test::Answered;
using test::trial;
namespace json = boost::json;

std::string household(const std::string& income) {
    return test::family(", property_within_limits: true" + income);
}

// By an income that is not shown.
struct Asked {
    explicit Asked(const std::string& income)
        : whole(trial(), household(", income_month: " + income)),
          blind(trial(), household("")),
          hidden{{FactKey::Kind::fact, policy::Subject::household, -1, "income_month"}} {}

    [[nodiscard]] Veil veil() const { return {whole.law(), whole.answer, blind.answer, hidden}; }
    [[nodiscard]] const CategoryAnswer& guarantee(const Determination& answer) const {
        const int index = whole.law().category_of("minimum_living_guarantee");
        return *std::ranges::find(answer.categories, index, &CategoryAnswer::category);
    }
    [[nodiscard]] std::string text(const Determination& answer) const {
        return explanation_json({whole.law(), whole.told, answer, {"试验", "trial"}});
    }

    Answered whole;
    Answered blind;
    std::vector<FactKey> hidden;
};

TEST_CASE("by an income that is not shown the verdict, the clause and the line are told, the income is not") {
    for (const auto& [income, verdict] :
         {std::pair("1895.99", Verdict::yes), std::pair("1896.00", Verdict::no)}) {
        const Asked asked(income);
        const Determination answer = veiled(asked.veil());
        CHECK(asked.guarantee(answer).verdict == verdict);
        CHECK(asked.guarantee(asked.blind.answer).verdict == Verdict::unknown);
        bool has_line = false;
        for (const LineAnswer& line : asked.guarantee(answer).lines) {
            for (const Figure& figure : line.figures) {
                if (!figure.left_masked) continue;
                has_line = true;
                CHECK(figure.left.is_unknown());
                CHECK(!figure.truth.is_unknown());
                CHECK(!figure.right_masked);
                CHECK(figure.right.is_value());
            }
        }
        CHECK(has_line);
    }
}

TEST_CASE("nothing of an answer tells the figure that is not shown, nor how far it is to the line") {
    // Two incomes on the same side: whoever is shown neither cannot tell them apart.
    for (const auto& [one, other] : {std::pair("1207.13", "1895.41"), std::pair("1903.77", "2711.29")}) {
        const Asked first(one);
        const Asked second(other);
        auto left = json::parse(first.text(veiled(first.veil()))).as_object();
        auto right = json::parse(second.text(veiled(second.veil()))).as_object();
        left.erase("replay");
        right.erase("replay");
        CHECK(left == right);
        CHECK(first.text(first.whole.answer).find(one) != std::string::npos);
        CHECK(json::serialize(left).find(one) == std::string::npos);
    }
}

TEST_CASE("what does not hang on it is shown as it is") {
    const Asked asked("1894.00");
    const Determination answer = veiled(asked.veil());
    for (const CategoryAnswer& one : answer.categories)
        for (const UsedFact& used : one.used)
            if (used.key.id == "residence_kind" || used.key.id == "mlg_standard_month")
                CHECK(used.silence == Silence::none);
    // Nobody is kept from anything: the same answer, to the byte.
    const Answered whole(trial(), household(", income_month: 1894.00"));
    const std::vector<FactKey> none;
    const Determination open = veiled({whole.law(), whole.answer, whole.answer, none});
    const auto said = [&](const Determination& one) {
        return explanation_json({whole.law(), whole.told, one, {"试验", "trial"}});
    };
    CHECK(said(open) == said(whole.answer));
}

TEST_CASE("what is told to a case has the amount that is proposed, and no income beside it") {
    const Asked asked("1894.00");
    const std::vector<Allowance> allowances{
        {"minimum_living_guarantee", "allowance", {"allowance"}, "income_month"}};
    const auto found = [&](const Determination& answer) {
        return application_of(asked.whole.law(), asked.whole.told, answer, allowances,
                              "minimum_living_guarantee");
    };
    const ReviewAnswer whole = found(asked.whole.answer);
    const ReviewAnswer told = found(veiled_reasons(asked.veil()));
    CHECK(told.kind == whole.kind);
    CHECK(told.amount == std::optional(Money::fen(200)));
    CHECK(whole.income.has_value());
    CHECK(!told.income.has_value());
    const auto says = [](const ReviewAnswer& one, std::string_view part) {
        return std::ranges::any_of(one.why, [&](const Text& text) { return text.zh.contains(part); });
    };
    CHECK(says(whole, "1894.00"));
    CHECK(!says(told, "1894.00"));
    CHECK(says(told, "（未公开，界线 1896.00 元）"));
}

}  // namespace
}  // namespace doudi::determine
