// SPDX-License-Identifier: Apache-2.0
// One application against every category of an invented notice: below, at and above each line, the day before
// and of, and what is not known.
#include "determine/determine.h"

#include "determine/determine_test_support.h"
#include "determine/explain.h"
#include "determine/price.h"

namespace doudi::determine {
namespace {

using test::Answered;
using test::TestPack;
using test::trial;
using Texts = std::vector<std::string>;

// Three people, all known. The household's and the application's facts are the caller's.
std::string family(const std::string& household, const std::string& application = {}) {
    return "region: \"441699001001\"\nas_of: 2025-06-30\n"
           "parameters: {mlg_standard_month: 632.00}\n"
           "household: {residence_kind: rural, relapse_listed: false, " +
           household +
           "}\n"
           "members:\n"
           "  - {name: 甲, birth_date: 1980-01-01, counts_as_member: true, has_supporter: true, "
           "disability_level: null,"
           " insured_as_resident: true}\n"
           "  - {name: 乙, birth_date: 1982-01-01, counts_as_member: true, has_supporter: true, "
           "disability_level: null,"
           " insured_as_resident: true}\n"
           "  - {name: 丙, birth_date: 2015-01-01, counts_as_member: true, has_supporter: true, "
           "disability_level: null,"
           " insured_as_resident: false}\n"
           "application: {authorised_on: 2025-01-01, emergency: false" +
           (application.empty() ? "" : ", " + application) + "}\n";
}

Texts texts(const Case& told, const std::vector<FactKey>& keys) {
    Texts all;
    for (const FactKey& key : keys) all.push_back(key_text(told, key));
    return all;
}

TEST_CASE("one fen below, at and above the standard times three people") {
    const auto verdict = [](const char* income) {
        const Answered a(trial(),
                         family(std::string("property_within_limits: true, income_month: ") + income));
        return std::pair(a.category("minimum_living_guarantee").verdict,
                         a.category("mlg_marginal_household").verdict);
    };
    CHECK(verdict("1895.99") == std::pair(Verdict::yes, Verdict::no));
    CHECK(verdict("1896.00") == std::pair(Verdict::no, Verdict::yes));
    CHECK(verdict("1896.01") == std::pair(Verdict::no, Verdict::yes));
    CHECK(verdict("2843.99") == std::pair(Verdict::no, Verdict::yes));
    CHECK(verdict("2844.00") == std::pair(Verdict::no, Verdict::no));
    CHECK(verdict("2844.01") == std::pair(Verdict::no, Verdict::no));
}

TEST_CASE("632 yuan for three with an income of 1894 gives 2 yuan, not 3") {
    const Answered a(trial(), family("property_within_limits: true, income_month: 1894.00"));
    const BenefitAnswer& allowance = a.benefit("allowance");
    CHECK(allowance.verdict == Verdict::yes);
    REQUIRE(allowance.amount.has_value());
    CHECK(allowance.amount->as_money().yuan_text() == "2.00");
    CHECK(allowance.grant->every == "month");
}

TEST_CASE("a yes covers the members who count") {
    const Answered a(trial(), family("property_within_limits: true, income_month: 100.00"));
    CHECK(a.category("minimum_living_guarantee").covers == std::vector{0, 1, 2});
    std::string text = family("property_within_limits: true, income_month: 100.00");
    text.replace(text.find("counts_as_member: true"), 22, "counts_as_member: false");
    const Answered without(trial(), text);
    CHECK(without.category("minimum_living_guarantee").covers == std::vector{1, 2});
    CHECK(without.set(0) == "");
    CHECK(without.set(1) == "minimum_living_guarantee ");
}

TEST_CASE("sixty on the day of the question and not the day before") {
    const auto verdict = [](const char* born) {
        std::string text = family("property_within_limits: false, income_month: 9000.00");
        text.replace(text.find("1980-01-01"), 10, born);
        text.replace(text.find("has_supporter: true"), 19, "has_supporter: false");
        return Answered(trial(), text).category("extreme_poverty", 0).verdict;
    };
    CHECK(verdict("1965-06-29") == Verdict::yes);
    CHECK(verdict("1965-06-30") == Verdict::yes);
    CHECK(verdict("1965-07-01") == Verdict::no);
}

TEST_CASE("a stale income makes the answer unknown, never no, unless another fact settles it") {
    const std::string old = "income_month: {value: 9000.00, source: 核对, as_of: 2024-12-28}";
    const std::string fresh = "income_month: {value: 9000.00, source: 核对, as_of: 2024-12-29}";
    std::string signed_before = "property_within_limits: true, ";
    const auto verdict = [](const std::string& household) {
        std::string text = family(household);
        text.replace(text.find("authorised_on: 2025-01-01"), 25, "authorised_on: 2024-12-01");
        const Answered a(trial(), text);
        return a.category("minimum_living_guarantee").verdict;
    };
    CHECK(verdict(signed_before + old) == Verdict::unknown);
    CHECK(verdict(signed_before + fresh) == Verdict::no);
    CHECK(verdict("property_within_limits: false, " + old) == Verdict::no);
}

TEST_CASE("where an office keeps the papers, they decide and not the case's own day of signing") {
    const TestPack pack;
    const auto answer = [&](Paper paper, const char* signed_on = "2025-01-01") {
        std::string text = family("property_within_limits: true, income_month: 100.00");
        text.replace(text.find("2025-01-01"), 10, signed_on);
        Case told = pack.told(text);
        told.household.at("income_month").paper = paper;
        told.household.at("property_within_limits").paper = Paper::recorded;
        const Determination all = determine(pack.law(), told, {});
        const auto found = std::ranges::find(
            all.categories, pack.law().category_of("minimum_living_guarantee"), &CategoryAnswer::category);
        REQUIRE(found != all.categories.end());
        const auto used = std::ranges::find_if(
            found->used, [](const UsedFact& fact) { return fact.key.id == "income_month"; });
        REQUIRE(used != found->used.end());
        return std::tuple(found->verdict, used->silence, texts(told, found->missing.smallest));
    };
    CHECK(answer(Paper::recorded) == std::tuple(Verdict::yes, Silence::none, Texts{}));
    CHECK(answer(Paper::missing) ==
          std::tuple(Verdict::unknown, Silence::not_authorised, Texts{"application.authorised_on"}));
    CHECK(answer(Paper::of_before) ==
          std::tuple(Verdict::unknown, Silence::not_authorised, Texts{"income_month"}));
    // The case says that nobody signed before that day: nobody asks it.
    CHECK(answer(Paper::recorded, "2025-06-30") == std::tuple(Verdict::yes, Silence::none, Texts{}));
}

TEST_CASE("facts of means count only under an authorisation signed before they were looked up") {
    const auto answer = [](const char* application) {
        return family(
                   "property_within_limits: true, income_month: {value: 100, source: 核对, as_of: "
                   "2025-06-20}")
            .replace(family("property_within_limits: true, income_month: {value: 100, source: 核对, as_of: "
                            "2025-06-20}")
                         .find("authorised_on: 2025-01-01"),
                     25, application);
    };
    const Answered before(trial(), answer("authorised_on: 2025-06-19"));
    CHECK(before.category("minimum_living_guarantee").verdict == Verdict::yes);
    const Answered same_day(trial(), answer("authorised_on: 2025-06-20"));
    CHECK(same_day.category("minimum_living_guarantee").verdict == Verdict::yes);
    const Answered after(trial(), answer("authorised_on: 2025-06-21"));
    CHECK(after.category("minimum_living_guarantee").verdict == Verdict::unknown);
    CHECK(texts(after.told, after.category("minimum_living_guarantee").missing.smallest) ==
          Texts{"income_month"});
    const Answered never(trial(), answer("consents_to_transfer: true"));
    CHECK(never.category("minimum_living_guarantee").verdict == Verdict::unknown);
    CHECK(texts(never.told, never.category("minimum_living_guarantee").missing.smallest) ==
          Texts{"application.authorised_on"});
}

TEST_CASE("a figure that nobody has set makes what hangs on it unknown and is named") {
    std::string text = family("property_within_limits: true, income_month: 100.00");
    text.replace(text.find("parameters: {mlg_standard_month: 632.00}\n"), 41, "");
    const Answered a(trial(), text);
    const CategoryAnswer& guarantee = a.category("minimum_living_guarantee");
    CHECK(guarantee.verdict == Verdict::unknown);
    CHECK(texts(a.told, guarantee.missing.smallest) == Texts{"param.mlg_standard_month"});
    CHECK_FALSE(guarantee.sample);
    CHECK_FALSE(a.answer.sample);
}

TEST_CASE("a figure by residence is unknown for want of the residence only where it differs") {
    const auto missing = [](const char* figures) {
        std::string text = family("property_within_limits: true, income_month: 100.00");
        text.replace(text.find("residence_kind: rural, "), 23, "");
        text.replace(text.find("632.00"), 6, figures);
        const Answered a(trial(), text);
        return texts(a.told, a.category("minimum_living_guarantee").missing.smallest);
    };
    CHECK(missing("{urban: 700, rural: 700.00}").empty());
    CHECK(missing("{urban: 700, rural: 600}") == Texts{"residence_kind"});
    CHECK(missing("{urban: 700}") == Texts{"residence_kind", "param.mlg_standard_month"});
}

TEST_CASE("an earlier unknown leaves the exclusive choice undecided and says so") {
    std::string text = family("property_within_limits: true, income_month: 100.00");
    text.replace(text.find("birth_date: 1980-01-01, "), 24, "");
    text.replace(text.find("has_supporter: true"), 19, "has_supporter: false");
    const Answered a(trial(), text);
    CHECK(a.category("extreme_poverty", 0).verdict == Verdict::unknown);
    CHECK(a.set(0) == "undecided");
    const MemberSet& set = a.answer.sets[0];
    REQUIRE(set.undecided.size() == 2);
    CHECK(a.law().categories[static_cast<std::size_t>(set.undecided[1])].id == "minimum_living_guarantee");
    CHECK(a.set(1) == "minimum_living_guarantee ");
    CHECK(a.benefit("premium_subsidy", 0).verdict == Verdict::unknown);
    CHECK(texts(a.told, a.benefit("premium_subsidy", 0).missing.smallest) == Texts{"甲.birth_date"});
}

TEST_CASE("the guarantee of a single member of a marginal family makes that member one of the guarantee") {
    const auto level = [](const char* written) {
        std::string text = family("property_within_limits: true, income_month: 2000.00");
        text.replace(text.find("disability_level: null"), 22, std::string("disability_level: ") + written);
        return text;
    };
    const Answered two(trial(), level("2"));
    CHECK(two.category("single_member_guarantee", 0).verdict == Verdict::yes);
    CHECK(two.set(0) == "minimum_living_guarantee ");
    CHECK(two.set(1) == "mlg_marginal_household ");
    CHECK(two.benefit("premium_subsidy", 0).share->as_rational() == expr::Rational{1, 1});
    CHECK(two.benefit("premium_subsidy", 1).share->as_rational() == expr::Rational{1, 2});
    CHECK(two.benefit("premium_subsidy", 2).verdict == Verdict::no);
    const Answered three(trial(), level("3"));
    CHECK(three.set(0) == "mlg_marginal_household ");
    const Answered none(trial(), level("null"));
    CHECK(none.set(0) == "mlg_marginal_household ");
}

TEST_CASE("being watched against relapse goes beside any other category") {
    std::string text = family("property_within_limits: true, income_month: 100.00");
    text.replace(text.find("relapse_listed: false"), 21, "relapse_listed: true");
    CHECK(Answered(trial(), text).set(2) == "minimum_living_guarantee relapse_monitored ");
}

TEST_CASE("a category whose rule is still open is unknown and says who makes the rule") {
    const Answered a(trial(), family("property_within_limits: true, income_month: 100.00"));
    const CategoryAnswer& other = a.category("other_hardship");
    CHECK(other.verdict == Verdict::unknown);
    CHECK(texts(a.told, other.missing.smallest) == Texts{"rule.other_hardship"});
}

TEST_CASE("a condition that errs is a fault, never a no") {
    std::string text = family("property_within_limits: true, income_month: 100.00");
    for (int i = 0; i < 3; ++i)
        text.replace(text.find("counts_as_member: true"), 22, "counts_as_member: false");
    const Answered a(trial(), text);
    CHECK(a.category("minimum_living_guarantee").verdict == Verdict::no);
    CHECK(a.category("mlg_marginal_household").verdict == Verdict::fault);
    CHECK(a.category("single_member_guarantee", 0).verdict == Verdict::no);
}

TEST_CASE("nothing but names: unknown everywhere, and what to ask first") {
    const Answered a(trial(),
                     "region: \"441699001001\"\nas_of: 2025-06-30\nmembers: [{name: 甲}, {name: 乙}]\n");
    for (const CategoryAnswer& one : a.answer.categories) CHECK(one.verdict == Verdict::unknown);
    for (const BenefitAnswer& one : a.answer.benefits) CHECK(one.verdict == Verdict::unknown);
    REQUIRE(a.answer.ask_first.has_value());
    CHECK(key_text(a.told, *a.answer.ask_first) == "property_within_limits");
    const CategoryAnswer& poverty = a.category("extreme_poverty", 1);
    CHECK(texts(a.told, poverty.missing.smallest) == Texts{"乙.has_supporter", "乙.birth_date"});
    CHECK(key_text(a.told, *poverty.missing.ask_first) == "乙.has_supporter");
    CHECK(texts(a.told, a.category("minimum_living_guarantee").missing.smallest) ==
          Texts{"residence_kind", "甲.counts_as_member", "乙.counts_as_member", "income_month",
                "property_within_limits", "param.mlg_standard_month"});
}

TEST_CASE("a fact that bars settles without the rest, and is all that the answer stands on") {
    const Answered a(trial(),
                     "region: \"441699001001\"\nas_of: 2025-06-30\nmembers: [{name: 甲}]\n"
                     "household: {property_within_limits: false}\n");
    const CategoryAnswer& guarantee = a.category("minimum_living_guarantee");
    CHECK(guarantee.verdict == Verdict::no);
    REQUIRE(guarantee.used.size() == 1);
    CHECK(guarantee.used[0].key.id == "property_within_limits");
    CHECK_FALSE(guarantee.sample);
}

TEST_CASE("an unknown answer is marked if a sample figure decided a part of it, not if it was only read") {
    // The income meets the line by the sample figure; whether the property does is unknown.
    const Answered half(trial(), family("income_month: 1000.00"));
    CHECK(half.category("minimum_living_guarantee").verdict == Verdict::unknown);
    CHECK(half.category("minimum_living_guarantee").sample);
    CHECK(half.answer.sample);
    // The figure stands beside an unknown income and decides nothing.
    const Answered read(trial(), family("property_within_limits: true"));
    CHECK(read.category("minimum_living_guarantee").verdict == Verdict::unknown);
    CHECK_FALSE(read.category("minimum_living_guarantee").sample);
    CHECK_FALSE(read.category("mlg_marginal_household").sample);
    CHECK_FALSE(read.benefit("allowance").sample);
    CHECK_FALSE(read.answer.sample);
}

TEST_CASE("a sample figure marks what it decided and nothing else") {
    const Answered a(trial(), family("property_within_limits: true, income_month: 100.00"));
    CHECK(a.category("minimum_living_guarantee").sample);
    CHECK(a.benefit("allowance").sample);
    CHECK_FALSE(a.category("extreme_poverty", 0).sample);
    CHECK_FALSE(a.category("relapse_monitored").sample);
    CHECK(a.answer.sample);
    const Answered barred(trial(), family("property_within_limits: false, income_month: 100.00"));
    CHECK_FALSE(barred.category("minimum_living_guarantee").sample);
}

TEST_CASE("a cap holds by place and day: the longest prefix, then the latest day") {
    const auto cap = [](const char* region, const char* day) {
        std::string text = family("property_within_limits: false", "emergency: true");
        text.replace(text.find("emergency: false, "), 18, "");
        text.replace(text.find("441699001001"), 12, region);
        text.replace(text.find("2025-06-30"), 10, day);
        const Answered a(trial(), text);
        CHECK(a.benefit("fast_aid").verdict == Verdict::yes);
        const expr::Value& amount = *a.benefit("fast_aid").amount;
        return amount.is_unknown() ? std::string("unknown") : amount.as_money().yuan_text();
    };
    CHECK(cap("441699001001", "2025-06-30") == "500.00");
    CHECK(cap("441699001001", "2025-07-01") == "800.50");
    CHECK(cap("441622001001", "2025-12-31") == "500.00");
    CHECK(cap("441622001001", "2026-01-01") == "600.00");
    CHECK(cap("500112001001", "2025-06-30") == "unknown");
}

TEST_CASE("who leaves may go to the next category, if they consent where that is needed") {
    using Consent = TransferAnswer::Consent;
    const auto transfer = [](const std::string& application) {
        const Answered a(trial(), family("property_within_limits: true, income_month: 2000.00", application));
        return a.answer.transfers;
    };
    CHECK(transfer({}).empty());
    const std::string leaving = "leaving: minimum_living_guarantee, left_on: 2025-06-01";
    REQUIRE(transfer(leaving).size() == 1);
    CHECK(transfer(leaving)[0].to == Texts{"mlg_marginal_household"});
    CHECK(transfer(leaving)[0].consent == Consent::needed);
    CHECK(transfer(leaving + ", consents_to_transfer: true")[0].consent == Consent::given);
    CHECK(transfer(leaving + ", consents_to_transfer: false")[0].consent == Consent::refused);
    CHECK(transfer("leaving: mlg_marginal_household, left_on: 2025-06-01").empty());
}

TEST_CASE("who left is watched to the last day of the months, and not the day after") {
    const auto watches = [](const char* day) {
        std::string text =
            family("property_within_limits: true", "leaving: minimum_living_guarantee, left_on: 2025-06-01");
        text.replace(text.find("2025-06-30"), 10, day);
        const Answered a(trial(), text);
        Texts all;
        for (const WatchAnswer& watch : a.answer.watches)
            all.push_back(watch.id + " " + (watch.until ? watch.until->iso() : "unknown"));
        return all;
    };
    CHECK(watches("2025-06-30") == Texts{"gradual_exit unknown", "after_exit 2027-05-31"});
    CHECK(watches("2027-05-31") == Texts{"gradual_exit unknown", "after_exit 2027-05-31"});
    CHECK(watches("2027-06-01") == Texts{"gradual_exit unknown"});
}

TEST_CASE("who was refused is watched without a term, where the pack names what was refused") {
    const auto watches = [](const std::string& refused) {
        const Answered a(trial(), family("property_within_limits: true",
                                         "refused: " + refused + ", refused_on: 2025-06-01"));
        return a.answer.watches;
    };
    REQUIRE(watches("[fast_aid]").size() == 1);
    CHECK(watches("[fast_aid]")[0].is_forever);
    CHECK(watches("[mlg_marginal_household]").empty());
}

TEST_CASE("an unset term of phasing out says who sets it") {
    const Answered a(trial(), family("property_within_limits: true",
                                     "leaving: minimum_living_guarantee, left_on: 2025-06-01"));
    const WatchAnswer& phase_out = a.answer.watches.at(0);
    CHECK(phase_out.kind == WatchAnswer::Kind::phase_out);
    REQUIRE(phase_out.missing.has_value());
    CHECK(key_text(a.told, *phase_out.missing) == "param.phase_out_months");
}

TEST_CASE("the same case and pack give the same answer to the byte; another case has another key") {
    const std::string text = family("property_within_limits: true, income_month: 1894.00");
    const Answered first(trial(), text);
    const Answered second(trial(), text);
    const auto json = [](const Answered& a) {
        return explanation_json({a.law(), a.told, a.answer, a.pack.pack().title});
    };
    CHECK(json(first) == json(second));
    CHECK(first.answer.replay.case_hash == second.answer.replay.case_hash);
    const Answered other(trial(), family("property_within_limits: true, income_month: 1894.01"));
    CHECK(other.answer.replay.case_hash != first.answer.replay.case_hash);
    CHECK(first.answer.replay.pack_version == "3");
}

std::string crowd(int count, bool is_known) {
    std::string text =
        "region: \"441699001001\"\nas_of: 2025-06-30\nparameters: {mlg_standard_month: 632.00}\n"
        "household: {residence_kind: rural, income_month: 900000.00, property_within_limits: true}\n"
        "application: {authorised_on: 2025-01-01}\nmembers:\n";
    for (int i = 0; i < count; ++i) {
        text += "  - {name: m" + std::to_string(i) + ", counts_as_member: true";
        if (is_known)
            text +=
                ", birth_date: 1980-01-01, has_supporter: true, disability_level: 2, insured_as_resident: "
                "true";
        text += "}\n";
    }
    return text;
}

TEST_CASE("the largest household that semantics 28 lets in is determined, known or not") {
    for (const bool is_known : {true, false}) {
        const Case told = trial().told(crowd(static_cast<int>(most_case_members), is_known));
        CHECK(determine(trial().law(), told, {}).sets.size() == most_case_members);
    }
}

}  // namespace
}  // namespace doudi::determine
