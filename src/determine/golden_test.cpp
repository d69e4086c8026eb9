// SPDX-License-Identifier: Apache-2.0
// Golden cases: those of the packs that ship, and that a wrong one is told as a sentence.
#include "determine/golden.h"

#include "determine/determine_test_support.h"

namespace doudi::determine {
namespace {

namespace fs = std::filesystem;
using test::TestPack;
using test::trial;
using Texts = std::vector<std::string>;

const std::string base = R"(base:
  region: "441699001001"
  as_of: 2025-06-30
  parameters: {mlg_standard_month: 632.00}
  household: {residence_kind: rural, income_month: 1894.00, property_within_limits: true, relapse_listed: false}
  members:
    - name: 甲
      birth_date: 1980-01-01
      counts_as_member: true
      has_supporter: true
      disability_level: null
      insured_as_resident: true
    - name: 乙
      birth_date: 1980-01-01
      counts_as_member: true
      has_supporter: true
      disability_level: null
      insured_as_resident: true
    - name: 丙
      birth_date: 1980-01-01
      counts_as_member: true
      has_supporter: true
      disability_level: null
      insured_as_resident: true
  application: {authorised_on: 2025-01-01, emergency: false}
)";

// The differences of each case, or the faults of the file.
Texts outcome(const std::string& cases, const std::string& only_pack = {}) {
    const fs::path file = trial().root() / "golden.yaml";
    std::ofstream(file) << base << "cases:\n" << cases;
    const auto golden = read_golden_file(file, "golden.yaml", trial().law(), only_pack);
    Texts all;
    if (!golden) {
        for (const Error& error : golden.error()) all.push_back(error.where + " " + error.code);
        return all;
    }
    for (const GoldenCase& one : *golden) {
        const GoldenResult result = run_golden(trial().law(), one);
        if (result.passed()) all.push_back(result.id + " passed");
        for (const Text& difference : result.differences) all.push_back(result.id + " " + difference.en);
    }
    return all;
}

std::string golden(const std::string& id, const std::string& set, const std::string& expect) {
    return "  - {id: " + id + ", says: {zh: 甲, en: a}, cite: 一, set: {" + set + "}, expect: {" + expect +
           "}}\n";
}

TEST_CASE("a case passes when everything stated comes out") {
    CHECK(outcome(golden(
              "all", "members.2.disability_level: 2",
              "categories: {minimum_living_guarantee: yes, mlg_marginal_household: no, extreme_poverty: "
              "{甲: no}, other_hardship: unknown}, covers: {minimum_living_guarantee: [甲, 乙, 丙]}, sets: "
              "{甲: "
              "[minimum_living_guarantee]}, benefits: {premium_subsidy: {甲: yes}, fast_aid: no}, shares: "
              "{premium_subsidy: {甲: \"1.00\"}}, amounts: {allowance: \"2.00\"}, transfer: none, watch: "
              "{after_exit: none}, sample: true, rules: {watches.after_exit.months: \"24\", "
              "transfers.on_exit.to: mlg_marginal_household}")) == Texts{"all passed"});
}

TEST_CASE("what comes out otherwise is told in sentences") {
    CHECK(
        outcome(golden(
            "wrong", "household.income_month: 1896.00",
            "categories: {minimum_living_guarantee: yes}, covers: {mlg_marginal_household: [甲]}, sets: {甲: "
            "[undecided]}, shares: {premium_subsidy: {甲: \"1\"}}, amounts: {allowance: \"2.00\"}, sample: "
            "false, rules: {watches.after_exit.months: \"12\", watches.no.months: \"1\"}")) ==
        Texts{"wrong minimum_living_guarantee: wanted yes, got no",
              "wrong premium_subsidy 甲 share: wanted 1, got 0.5",
              "wrong allowance amount: wanted 2.00, got none",
              "wrong mlg_marginal_household covers: wanted [甲], got [丙, 乙, 甲]",
              "wrong set 甲: wanted [undecided], got [mlg_marginal_household]",
              "wrong sample: wanted false, got true", "wrong watches.after_exit.months: wanted 12, got 24",
              "wrong watches.no.months: wanted 1, got nothing"});
}

TEST_CASE("a null takes a fact away, and members keep their numbers") {
    CHECK(outcome(golden(
              "gone", "household.income_month: null, members.0: null, members.1: null, members.3: {name: 丁}",
              "categories: {minimum_living_guarantee: unknown}, missing: {minimum_living_guarantee: "
              "[income_month, 丁.counts_as_member]}, sets: {丙: [undecided]}")) == Texts{"gone passed"});
    CHECK(outcome(golden(
              "leaves",
              "application.leaving: minimum_living_guarantee, application.left_on: 2025-06-01, "
              "household.income_month: 2000.00",
              "transfer: {to: [mlg_marginal_household], from: minimum_living_guarantee, consent: needed}, "
              "watch: {after_exit: 2027-05-31, gradual_exit: unknown}")) == Texts{"leaves passed"});
}

TEST_CASE("what is missing may be named in any of its forms") {
    for (const char* name : {"甲.birth_date", "members.0.birth_date", "birth_date"}) {
        CHECK(outcome(golden("missing", "members.0.birth_date: null, members.0.has_supporter: false",
                             std::string("missing: {extreme_poverty: {甲: [") + name +
                                 "]}}, ask_first: " + name)) == Texts{"missing passed"});
    }
}

TEST_CASE("faults of a file are told once, with their places") {
    CHECK(outcome(
              golden("one", "household.incom_month: 1", "categories: {nobody: yes}") +
              golden("one", "members.7.birth_date: null", "categories: {minimum_living_guarantee: maybe}")) ==
          Texts{"golden.yaml:27:52 case_unknown_fact", "golden.yaml:27:101 golden_unknown_name",
                "golden.yaml:28:52 case_no_member", "golden.yaml:28:129 golden_verdict",
                "golden.yaml:28:5 duplicate_id"});
}

TEST_CASE("cases of several packs may stand in one file") {
    const std::string two =
        "  - {id: x, pack: trial, says: {zh: 甲, en: a}, cite: 一, expect: {sample: true}}\n"
        "  - {id: y, pack: other, says: {zh: 甲, en: a}, cite: 一, expect: {sample: true}}\n";
    CHECK(outcome(two, "trial") == Texts{"x passed"});
}

TEST_CASE("every golden case of the packs that ship passes") {
    const auto catalogue = policy::load_datasets(fs::path(DOUDI_SOURCE_DIR) / "datasets");
    REQUIRE(catalogue.has_value());
    std::size_t passed = 0;
    const fs::path packs = fs::path(DOUDI_SOURCE_DIR) / "packs";
    for (const std::string& id : policy::pack_ids(packs)) {
        const auto results = run_pack_cases({packs, id, *catalogue});
        if (!results) {
            for (const Error& error : results.error()) FAIL_CHECK(error.message(Lang::en));
            continue;
        }
        for (const GoldenResult& result : *results) {
            for (const Text& difference : result.differences)
                FAIL_CHECK(result.where, " ", result.id, ": ", difference.en);
            passed += result.passed() ? 1 : 0;
        }
    }
    MESSAGE(passed, " golden cases passed");
    CHECK(passed > 0);
}

}  // namespace
}  // namespace doudi::determine
