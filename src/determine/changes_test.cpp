// SPDX-License-Identifier: Apache-2.0
// What would change an answer, to the fen and to the day.
#include "determine/changes.h"

#include <algorithm>

#include "determine/determine_test_support.h"

namespace doudi::determine {
namespace {

using test::Answered;
using test::trial;

std::string family(const std::string& income, const std::string& born = "1980-01-01",
                   const std::string& property = "true") {
    return "region: \"441699001001\"\nas_of: 2025-06-30\nparameters: {mlg_standard_month: 632.00}\n"
           "household: {residence_kind: rural, property_within_limits: " +
           property + ", income_month: " + income +
           "}\n"
           "members:\n  - {name: 甲, counts_as_member: true, has_supporter: false, disability_level: 3, "
           "birth_date: " +
           born +
           "}\n  - {name: 乙, counts_as_member: true}\n  - {name: 丙, counts_as_member: true}\n"
           "application: {authorised_on: 2025-01-01}\n";
}

const NearestChange& change_of(const CategoryAnswer& answer, std::string_view fact) {
    const auto found =
        std::ranges::find_if(answer.changes, [&](const NearestChange& one) { return one.fact.id == fact; });
    REQUIRE(found != answer.changes.end());
    return *found;
}

TEST_CASE("at the line a fen less is enough, and the words say so") {
    const Answered a(trial(), family("1896.00"));
    const NearestChange& change = change_of(a.category("minimum_living_guarantee"), "income_month");
    CHECK(change.distance == expr::Rational{1, 1});
    CHECK(change.then.as_money().yuan_text() == "1895.99");
    CHECK(change.would_hold);
    CHECK(change.turns_verdict);
    CHECK(change.say.zh ==
          "若家庭月收入再减少 0.01 元（由 1896.00 元 到 1895.99 "
          "元），即满足“家庭月收入低于保障标准乘以人口数”；结论随之改变");
    CHECK(change.say.en ==
          "if 'Household income a month' were lower by 0.01 yuan (from 1896.00 yuan to 1895.99 yuan), "
          "'Income is below the standard times the people' would hold; that alone changes the answer");
}

TEST_CASE("below the line the distance is to the line itself") {
    const Answered a(trial(), family("1894.00"));
    const NearestChange& change = change_of(a.category("minimum_living_guarantee"), "income_month");
    CHECK(change.distance == expr::Rational{200, 1});
    CHECK_FALSE(change.would_hold);
    CHECK(change.turns_verdict);
}

TEST_CASE("the change is in the household's income, though the line is of the income per head") {
    const Answered a(trial(), family("2844.00"));
    const NearestChange& change = change_of(a.category("mlg_marginal_household"), "income_month");
    CHECK(change.then.as_money().yuan_text() == "2843.99");
    CHECK(change.turns_verdict);
}

TEST_CASE("where another line bars, turning the one does not turn the answer") {
    const Answered a(trial(), family("1896.00", "1980-01-01", "false"));
    const NearestChange& change = change_of(a.category("minimum_living_guarantee"), "income_month");
    CHECK(change.would_hold);
    CHECK_FALSE(change.turns_verdict);
    CHECK(change.say.zh.find("仅此一项不改变结论") != std::string::npos);
}

TEST_CASE("a count moves by one") {
    const Answered a(trial(), family("2000.00"));
    const NearestChange& change = change_of(a.category("single_member_guarantee", 0), "disability_level");
    CHECK(change.now.as_integer() == 3);
    CHECK(change.then.as_integer() == 2);
    CHECK(change.turns_verdict);
}

TEST_CASE("what turns by itself says on which day") {
    const auto days = [](const char* born) {
        const Answered a(trial(), family("9000.00", born));
        const CategoryAnswer& answer = a.category("extreme_poverty", 0);
        return answer.changes.empty() ? -1 : answer.changes[0].in_days.value_or(-1);
    };
    CHECK(days("1965-07-01") == 1);
    CHECK(days("1965-07-30") == 30);
    CHECK(days("1966-06-30") == 365);
    CHECK(days("1965-06-30") == -1);
    const Answered a(trial(), family("9000.00", "1965-07-01"));
    CHECK(a.category("extreme_poverty", 0).changes[0].say.zh ==
          "1 天后（2025-07-01）即满足“出生日期 加月数(720) 不超过 当日”；结论随之改变");
}

TEST_CASE("changes that turn the answer come first, the nearest of them before the others") {
    const Answered a(trial(), family("1900.00"));
    const auto& changes = a.category("mlg_marginal_household").changes;
    REQUIRE(changes.size() >= 1);
    CHECK(changes[0].turns_verdict);
    for (std::size_t i = 1; i < changes.size(); ++i) {
        CHECK_FALSE((changes[i].turns_verdict && !changes[i - 1].turns_verdict));
        if (changes[i].turns_verdict == changes[i - 1].turns_verdict)
            CHECK(changes[i - 1].distance <= changes[i].distance);
    }
}

}  // namespace
}  // namespace doudi::determine
