// SPDX-License-Identifier: Apache-2.0
// What a pack states beside its indicators, on the invented notice of testdata/law: that it is read, put in
// order, laid over and found again.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/test_values.h"
#include "policy/law_checks.h"
#include "policy/trial_law.h"

namespace doudi::policy {
namespace {

Pack load(const TrialLaw& law, std::string_view id = "trial", const LoadOptions& options = {}) {
    Loaded<Policy> policy = law.load(id, options);
    if (!policy) {
        for (const Error& error : policy.error()) MESSAGE(error.message(Lang::en));
    }
    REQUIRE(policy.has_value());
    return std::move(policy->pack);
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
    CHECK(law.value_at("reporting_groups.margin.categories") == "mlg_marginal_household, other_hardship");
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
    CHECK(law.fault_codes("near") == std::vector<std::string>{"nothing_under"});
}

TEST_CASE("what a pack says of rules that may go together is read, and its names are looked up") {
    const TrialLaw law;
    law.write("packs/near/pack.yaml", near_header);
    law.write("packs/near/determination.yaml", "beside: {value: [other_hardship], cite: 近三}\n");
    law.write(
        "packs/near/benefits.yaml",
        "- {id: premium_subsidy, inherit: true, grants_in_order: 近四, may_lack_grant: 近五, cite: 近四}\n");
    const Law near = load(law, "near").law;
    CHECK(near.value_at("determination.beside.value") == "other_hardship");
    CHECK(near.value_at("benefits.premium_subsidy.grants_in_order") == "近四");
    CHECK(near.value_at("benefits.premium_subsidy.may_lack_grant") == "近五");
    law.write("packs/near/determination.yaml", "beside: {value: [other_hardshp], cite: 近三}\n");
    law.write("packs/near/benefits.yaml",
              "- {id: premium_subsidy, inherit: true, grants_in_order: [近四], cite: 近四}\n");
    CHECK(law.fault_codes("near").size() == 2);
}

constexpr std::string_view office_figures =
    "- id: mlg_standard_month\n"
    "  values:\n"
    "    - {region: '441699', from: 2025-01-01, residence: urban, value: 700.00, status: sample}\n"
    "    - {region: '441699', from: 2025-01-01, residence: rural, value: 600, source: 甲发〔2025〕1号}\n"
    "- {id: fast_aid_cap, values: [{region: '44', from: 2026-01-01, value: 650}]}\n";

TEST_CASE(
    "an office's own figures are laid over a pack, each marked as what it is, and change its fingerprint") {
    const TrialLaw law;
    law.write("office.yaml", office_figures);
    const Pack bare = load(law);
    const Pack pack =
        load(law, "trial", {.day = std::nullopt, .parameter_files = {law.root() / "office.yaml"}});
    const auto value = [&](std::string_view id, std::string_view residence, std::string_view iso) {
        return pack.law.value_of(pack.law.parameter_of(id), "441699001001", residence, day(iso));
    };
    REQUIRE(value("mlg_standard_month", "urban", "2025-06-30") != nullptr);
    CHECK(value("mlg_standard_month", "urban", "2025-06-30")->value.as_money().yuan_text() == "700.00");
    CHECK(value("mlg_standard_month", "urban", "2025-06-30")->sample);
    CHECK(value("mlg_standard_month", "rural", "2025-06-30")->value.as_money().yuan_text() == "600.00");
    CHECK_FALSE(value("mlg_standard_month", "rural", "2025-06-30")->sample);
    CHECK(value("mlg_standard_month", "rural", "2025-06-30")->source == "甲发〔2025〕1号");
    CHECK(value("mlg_standard_month", "rural", "2024-12-31") == nullptr);
    CHECK(value("mlg_standard_month", "", "2025-06-30") == nullptr);
    // The slice is the urban value, whatever the household.
    CHECK(value("mlg_standard_month_urban", "rural", "2025-06-30")->value.as_money().yuan_text() == "700.00");
    const ParameterValue* cap =
        value_of(pack.law.parameters[static_cast<std::size_t>(pack.law.parameter_of("fast_aid_cap"))],
                 "440100001001", "", day("2026-01-01"));
    REQUIRE(cap != nullptr);
    CHECK(cap->value.as_money().yuan_text() == "650.00");
    CHECK(pack.content_hash != bare.content_hash);
}

TEST_CASE("an office's file that names no parameter, or a value that is none, is refused with its place") {
    const TrialLaw law;
    const LoadOptions options{.day = std::nullopt, .parameter_files = {law.root() / "office.yaml"}};
    law.write("office.yaml",
              "- {id: mlg_standard, values: []}\n"
              "- {id: mlg_standard_month, values: [{from: 2025-01-01, residence: town, value: 7.001}]}\n"
              "- {id: mlg_standard_month_urban, values: []}\n");
    CHECK(law.fault_codes("trial", options) ==
          std::vector<std::string>{"unknown_parameter", "unknown_word", "bad_value", "slice_has_own"});
    std::filesystem::remove(law.root() / "office.yaml");
    CHECK(law.fault_codes("trial", options) == std::vector<std::string>{"file_unreadable"});
}

// The trial pack read differently before 2025: other steps, and one benefit less.
void add_earlier_version(const TrialLaw& law) {
    law.write("packs/trial/versions/2020-01-01/pack.yaml",
              "{id: trial, version: '2', title: {zh: 旧, en: Earlier}, source: 试验, region_scope: '44', "
              "effective: {from: 2020-01-01, to: 2024-12-31}, public: true}\n");
    law.write("packs/trial/versions/2020-01-01/routes.yaml",
              "conference: [{id: case_conference, level: township, form: approval, cite: 旧三}]\n");
    law.write("packs/trial/versions/2020-01-01/benefits.yaml",
              "[{id: heating, withdrawn: true, cite: 旧二}]\n");
    law.replace("packs/trial/routes.yaml", "duties: [allowance, heating, fast_aid]", "duties: [allowance]");
}

TEST_CASE("a question is answered by the version in force on its day") {
    const TrialLaw law;
    add_earlier_version(law);
    const Pack now = load(law, "trial", {.day = day("2025-01-01"), .parameter_files = {}});
    CHECK(now.version == "3");
    CHECK(now.law.value_at("conference.case_conference.level") == "county");
    CHECK(now.law.benefit_of("heating") >= 0);
    const Pack before = load(law, "trial", {.day = day("2024-12-31"), .parameter_files = {}});
    CHECK(before.version == "2");
    CHECK(before.title.en == "Earlier");
    CHECK(before.effective_to == day("2024-12-31"));
    CHECK(before.law.value_at("conference.case_conference.level") == "township");
    CHECK(before.law.route_of("conference", "case_conference")->cite.text() == "trial@2 旧三");
    CHECK(before.law.benefit_of("heating") == -1);
    CHECK(before.law.value_at("watches.after_exit.months") == "24");
    CHECK(before.content_hash != now.content_hash);
    CHECK(load(law).version == "3");  // without a day the one without an end
    CHECK(pack_days(law.root() / "packs", "trial") ==
          std::vector<Date>{day("2020-01-01"), day("2025-01-01")});
}

TEST_CASE("a version that goes on without an end is the law where no day is asked") {
    const TrialLaw law;
    law.write("packs/trial/versions/2026-01-01/pack.yaml",
              "{id: trial, version: '4', title: {zh: 新, en: Later}, source: 试验, region_scope: '44', "
              "effective: {from: 2026-01-01}, public: true}\n");
    CHECK(load(law).version == "4");
    CHECK(load(law, "trial", {.day = day("2025-12-31"), .parameter_files = {}}).version == "3");
    CHECK(load(law, "trial", {.day = day("2026-01-01"), .parameter_files = {}}).version == "4");
}

TEST_CASE("versions that overlap, or lie in a folder of another name, are refused") {
    const TrialLaw law;
    add_earlier_version(law);
    law.write("packs/trial/versions/2024-07-01/pack.yaml",
              "{id: trail, version: '2b', title: {zh: 旧, en: Earlier}, source: 试验, "
              "effective: {from: 2024-07-02}, public: true}\n");
    CHECK(law.fault_codes() == std::vector<std::string>{"pack_id", "version_folder", "versions_overlap"});
    law.write("packs/trial/versions/2024-07-01/rutes.yaml", "{}\n");
    law.replace("packs/trial/versions/2020-01-01/pack.yaml", "2024-12-31", "2024-06-30");
    law.write("packs/trial/versions/2024-07-01/pack.yaml",
              "{id: trial, version: '2b', title: {zh: 旧, en: Earlier}, source: 试验, "
              "effective: {from: 2024-07-01, to: 2024-12-31}, public: true}\n");
    CHECK(law.fault_codes("trial", {.day = day("2024-07-01"), .parameter_files = {}}) ==
          std::vector<std::string>{"unknown_pack_file"});
}

TEST_CASE("facts and parameters that nothing uses are named") {
    const TrialLaw law;
    const UnusedNames used = unused_names(load(law));
    CHECK(used.facts == std::vector<std::string>{"stage"});
    CHECK(used.parameters == std::vector<std::string>{"mlg_standard_month_urban"});
    law.replace("packs/trial/routes.yaml", "months: param.phase_out_months", "months: 6");
    law.replace("packs/trial/routes.yaml", "on: person.job_intention, is: wants_job",
                "on: person.stage, is: adult");
    const UnusedNames other = unused_names(load(law));
    CHECK(other.facts == std::vector<std::string>{"job_intention"});
    CHECK(other.parameters == std::vector<std::string>{"mlg_standard_month_urban", "phase_out_months"});
}

}  // namespace
}  // namespace doudi::policy
