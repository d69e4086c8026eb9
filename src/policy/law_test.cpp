// SPDX-License-Identifier: Apache-2.0
// What a pack states beside its indicators, on the invented notice of testdata/law: that it is read, put in
// order, laid over and found again.
#include <doctest/doctest.h>

#include <algorithm>

#include "policy/load.h"
#include "policy/test_law.h"

namespace doudi::policy {
namespace {

namespace fs = std::filesystem;

// A copy of the law with the invented notice as packs/trial.
class TrialLaw : public TestLaw {
  public:
    TrialLaw() {
        fs::copy(fs::path(DOUDI_SOURCE_DIR) / "src/policy/testdata/law", root() / "packs/trial",
                 fs::copy_options::recursive);
    }
};

Pack load(const TestLaw& law, std::string_view id = "trial") {
    Loaded<Policy> policy = load_policy(law.root(), id);
    if (!policy) {
        for (const Error& error : policy.error()) MESSAGE(error.message(Lang::en));
    }
    REQUIRE(policy.has_value());
    return std::move(policy->pack);
}

std::vector<std::string> fault_codes(const TestLaw& law, std::string_view id = "trial") {
    const Loaded<Policy> policy = load_policy(law.root(), id);
    return policy ? std::vector<std::string>{} : codes_of(policy.error());
}

Date day(std::string_view iso) {
    return Date::parse_iso(iso).value();
}

template <class Element>
std::string ids_of(const std::vector<Element>& elements) {
    std::string ids;
    for (const Element& element : elements) ids += element.id + " ";
    return ids;
}

TEST_CASE("derived facts stand after what they are computed from, categories after those that they name") {
    const Law law = load(TrialLaw()).law;
    CHECK(ids_of(law.facts) ==
          "counts_as_member household_size income_month income_per_head_month property_within_limits "
          "residence_kind birth_date stage disability_level insured_as_resident job_intention emergency ");
    CHECK(ids_of(law.categories) ==
          "minimum_living_guarantee mlg_marginal_household single_member_guarantee other_hardship ");
}

TEST_CASE("the numbers of the schema lead back to facts, parameters and categories") {
    const Law law = load(TrialLaw()).law;
    const LawNames& names = law.names;
    const auto variable = names.schema.find_variable("income_per_head_month");
    REQUIRE(variable.has_value());
    CHECK(names.fact_of_variable[*variable] == law.fact_of(Subject::household, "income_per_head_month"));
    CHECK(names.category_of_variable[*variable] == -1);
    const auto category = names.schema.find_variable("mlg_marginal_household");
    REQUIRE(category.has_value());
    CHECK(names.category_of_variable[*category] == law.category_of("mlg_marginal_household"));
    const auto level = names.schema.find_field(names.person_struct, "disability_level");
    REQUIRE(level.has_value());
    CHECK(names.fact_of_person_field[*level] == law.fact_of(Subject::person, "disability_level"));
    const auto emergency = names.schema.find_field(names.application_struct, "emergency");
    REQUIRE(emergency.has_value());
    CHECK(names.fact_of_application_field[*emergency] == law.fact_of(Subject::application, "emergency"));
    CHECK(names.fact_of_application_field[names.leaving] == -1);
    const auto share = names.schema.find_field(names.param_struct, "premium_share_other");
    REQUIRE(share.has_value());
    CHECK(names.parameter_of_field[*share] == law.parameter_of("premium_share_other"));
    CHECK(names.schema.variable(names.as_of).name == "as_of");
    CHECK(names.schema.variable(names.members).name == "members");
}

TEST_CASE("a category keeps its lines with what they say, and each line its clause") {
    const Law law = load(TrialLaw()).law;
    const Category& margin =
        law.categories[static_cast<std::size_t>(law.category_of("mlg_marginal_household"))];
    REQUIRE(margin.when.size() == 2);
    CHECK(margin.when[0].say.en == "Income per head is below 1.5 times the standard");
    CHECK(margin.when[0].cite.text() == "trial@3 一(一)1");
    CHECK(margin.when[1].text == "property_within_limits");
    REQUIRE(margin.unless.has_value());
    CHECK(margin.unless->cite.clause == "一(一)");
    CHECK(margin.valid_months == 12);
    CHECK(margin.confirmed_by == "county_civil_affairs");
    REQUIRE(margin.covers.has_value());
    CHECK(margin.covers->text == "person.counts_as_member");
    const Category& other = law.categories[static_cast<std::size_t>(law.category_of("other_hardship"))];
    CHECK(other.is_determined());
    REQUIRE(other.open_rule.has_value());
    CHECK(other.open_rule->en == "the provincial department");
}

TEST_CASE("a benefit keeps its grants, its limit and what must be filed afterwards") {
    const Law law = load(TrialLaw()).law;
    const Benefit& premium = law.benefits[static_cast<std::size_t>(law.benefit_of("premium_subsidy"))];
    REQUIRE(premium.grants.size() == 2);
    CHECK(premium.grants[0].share_text == "1.0");
    CHECK(premium.grants[1].when.text == "true");
    CHECK(premium.grants[1].cite.clause == "二(一)2");
    REQUIRE(premium.within.has_value());
    CHECK(premium.within->count == 10);
    CHECK(premium.within->kind == TimeLimit::Kind::working_days);
    const Benefit& aid = law.benefits[static_cast<std::size_t>(law.benefit_of("fast_aid"))];
    CHECK(aid.for_anyone);
    REQUIRE(aid.follow_up.has_value());
    CHECK(aid.follow_up->what == "materials");
    REQUIRE(aid.grants.at(0).amount.has_value());
    CHECK(aid.grants[0].every == "once");
}

TEST_CASE("a parameter's value is that of the longest region, then of the latest day") {
    const Law law = load(TrialLaw()).law;
    const Parameter& cap = law.parameters[static_cast<std::size_t>(law.parameter_of("fast_aid_cap"))];
    const auto yuan = [&](std::string_view region, std::string_view iso) -> std::string {
        const ParameterValue* value = value_of(cap, region, "urban", day(iso));
        return value == nullptr ? "unset" : value->value.as_money().yuan_text();
    };
    CHECK(yuan("440100001001", "2024-12-31") == "unset");
    CHECK(yuan("440100001001", "2025-01-01") == "500.00");
    CHECK(yuan("440100001001", "2025-12-31") == "500.00");
    CHECK(yuan("440100001001", "2026-01-01") == "600.00");
    CHECK(yuan("441699001001", "2025-06-30") == "500.00");
    CHECK(yuan("441699001001", "2026-06-30") == "800.50");
    CHECK(yuan("430100001001", "2025-06-30") == "unset");
}

TEST_CASE("any value of the law is found by section, id and key") {
    const Law law = load(TrialLaw()).law;
    CHECK(law.value_at("conference.case_conference.level") == "county");
    CHECK(law.value_at("watches.after_exit.months") == "24");
    CHECK(law.value_at("watches.after_refusal.months") == "forever");
    CHECK(law.value_at("watches.after_refusal.of") == "minimum_living_guarantee, fast_aid");
    CHECK(law.value_at("rhythms.visits.unset.set_by.en") == "the township");
    CHECK(law.value_at("clocks.warning_verification.days") == "param.verification_days");
    CHECK(law.value_at("authorities.new_area.kind") == "functional_zone");
    CHECK(law.value_at("benefits.premium_subsidy.within.days") == "10");
    CHECK(law.value_at("transfers.on_exit.to") == "mlg_marginal_household");
    CHECK(law.value_at("determination.test_order.value") ==
          "minimum_living_guarantee, mlg_marginal_household");
    CHECK_FALSE(law.value_at("watches.after_exit").has_value());
    CHECK_FALSE(law.value_at("watches.nowhere.months").has_value());
    const RouteElement* departments = law.route_of("departments", "medical_insurance");
    REQUIRE(departments != nullptr);
    REQUIRE(departments->list("feeds") != nullptr);
    CHECK(*departments->list("feeds") == std::vector<std::string>{"medical.illness_roll"});
    CHECK(departments->field("letter") == nullptr);
}

constexpr std::string_view near_header =
    "{id: near, version: '1', title: {zh: 近, en: Near}, source: 试验, extends: trial, "
    "effective: {from: 2025-01-01}, public: true}";

TEST_CASE(
    "an element that inherits keeps what it does not state, with the clause of the pack that stated it") {
    const TrialLaw law;
    law.write("packs/near/pack.yaml", near_header);
    law.write("packs/near/categories.yaml",
              "- {id: mlg_marginal_household, inherit: true, unless: null, valid_months: 6, cite: 近一}\n");
    const Law near = load(law, "near").law;
    const Category& margin =
        near.categories[static_cast<std::size_t>(near.category_of("mlg_marginal_household"))];
    CHECK(margin.cite.text() == "near@1 近一");
    CHECK(margin.valid_months == 6);
    CHECK_FALSE(margin.unless.has_value());
    REQUIRE(margin.when.size() == 2);
    CHECK(margin.when[0].cite.text() == "trial@3 一(一)1");
    CHECK(margin.title.en == "Household on the margin");
}

TEST_CASE("an element that does not inherit takes the whole place; one that is withdrawn is gone") {
    const TrialLaw law;
    law.write("packs/near/pack.yaml", near_header);
    law.write("packs/near/routes.yaml",
              "watches: [{id: after_exit, after: exit, months: 6, cite: 近二}]\n"
              "choices: [{id: job_wanted, withdrawn: true, cite: 近二}]\n");
    const Law near = load(law, "near").law;
    CHECK(near.value_at("watches.after_exit.months") == "6");
    CHECK_FALSE(near.value_at("watches.after_exit.of").has_value());
    CHECK(near.route_of("choices", "job_wanted") == nullptr);
    CHECK(near.route_of("watches", "after_refusal") != nullptr);
    law.write("packs/near/routes.yaml", "choices: [{id: job_wish, withdrawn: true, cite: 近二}]\n");
    CHECK(fault_codes(law, "near") == std::vector<std::string>{"nothing_under"});
}

}  // namespace
}  // namespace doudi::policy
