// SPDX-License-Identifier: Apache-2.0
// Profiles: a notice that asks for early warning and states no indicators is monitored by a proposal, which
// is never shown as the notice's own; what the notice does state goes before it.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/test_values.h"
#include "policy/coverage.h"
#include "policy/law_checks.h"
#include "policy/load.h"
#include "policy/profile_words.h"
#include "policy/test_law.h"

namespace doudi::policy {
namespace {

constexpr std::string_view draft = "profiles/scored-draft";
constexpr std::string_view by_draft =
    "monitors_by: {profile: scored-draft, settles: {zh: 未列, en: none}, cite: 四}\n";

std::string header(std::string_view id, std::string_view more) {
    return "id: " + std::string(id) +
           "\nversion: '1'\ntitle: {zh: 试, en: Trial}\nsource: 试验\neffective: {from: 2025-01-01}\npublic: "
           "true\n" +
           std::string(more);
}

Pack load(const TestLaw& law, std::string_view id, const LoadOptions& options = {}) {
    Loaded<Policy> policy = load_policy(law.root(), id, options);
    if (!policy) {
        for (const Error& error : policy.error()) MESSAGE(error.message(Lang::en));
    }
    REQUIRE(policy.has_value());
    return std::move(policy->pack);
}

std::vector<std::string> fault_codes(const TestLaw& law, std::string_view id) {
    const Loaded<Policy> policy = load_policy(law.root(), id);
    return policy ? std::vector<std::string>{} : codes_of(policy.error());
}

bool has(const std::vector<std::string>& codes, std::string_view code) {
    return std::ranges::find(codes, code) != codes.end();
}

const Indicator& indicator(const Pack& pack, std::string_view id) {
    REQUIRE(pack.indicator_of(id) >= 0);
    return pack.indicators[static_cast<std::size_t>(pack.indicator_of(id))];
}

const Level& level(const Pack& pack, std::string_view id) {
    const auto found = std::ranges::find(pack.levels, id, &Level::id);
    REQUIRE(found != pack.levels.end());
    return *found;
}

TEST_CASE("each of the four packs monitors by the profile, and says that its points are not the notice's") {
    const TestLaw law;
    for (const std::string_view id : {"changsha-2025", "chongqing-2024", "jinan-2024", "shanxi-county"}) {
        const Pack pack = load(law, id);
        CHECK_MESSAGE(pack.can_monitor(), id);
        REQUIRE(pack.profile.has_value());
        CHECK(pack.profile->id == draft);
        CHECK(pack.profile->cite.pack == id);
        CHECK_FALSE(pack.profile->cite.clause.empty());
        CHECK_FALSE(pack.profile->standing.zh.empty());
        CHECK(pack.indicators.size() == 12);
        CHECK(pack.monitoring.switches.size() == 10);
        for (const Indicator& one : pack.indicators)
            CHECK_MESSAGE(pack.profile->states(one.clause()), id, " ", one.id);
        for (const Level& one : pack.levels) {
            CHECK_MESSAGE(pack.profile->states(one.clause()), id, " ", one.id);
            CHECK_MESSAGE(!one.working_days.has_value(), id, " ", one.id);
            CHECK_MESSAGE(one.target >= 0, id, " ", one.id);
            CHECK_FALSE(pack.term_of(one, "441622", day("2026-06-30")).working_days.has_value());
        }
        CHECK_FALSE(pack.is_public);  // what the profile keeps from the public stays so
        const Text words = profile_words(pack);
        CHECK(words.en.find("is not what the notice says") != std::string::npos);
        CHECK(words.zh.find(pack.profile->cite.text()) != std::string::npos);
    }
}

TEST_CASE("Guangdong's annex is its own: no profile, and its points and days are the notice's") {
    const TestLaw law;
    const Pack pack = load(law, "guangdong-2021");
    CHECK_FALSE(pack.profile.has_value());
    // Of a call after a green one alone, for which it sets no day.
    CHECK(pack.term_of(level(pack, "green"), "441622", day("2025-06-30")).is_target);
    CHECK(level(pack, "red").clause() == "guangdong-2021@1 附件3·二·一档");
    CHECK(pack.term_of(level(pack, "red"), "441622", day("2025-06-30")).working_days == 3);
    CHECK_FALSE(pack.term_of(level(pack, "red"), "441622", day("2025-06-30")).is_target);
}

TEST_CASE("without the profile a pack determines and warns of nothing; with it, it monitors") {
    const TestLaw law;
    law.write("packs/trial/pack.yaml", header("trial", "extends: national\n"));
    const Pack without = load(law, "trial");
    CHECK_FALSE(without.can_monitor());
    CHECK(without.levels.empty());
    CHECK(without.is_public);
    law.write("packs/trial/pack.yaml", header("trial", "extends: national\n" + std::string(by_draft)));
    const Pack with = load(law, "trial");
    CHECK(with.can_monitor());
    CHECK(with.content_hash != without.content_hash);
    CHECK(with.law.value_at("pack.header.monitors_by") == std::string(draft));
    CHECK(without.law.value_at("pack.header.monitors_by") == "");
    const auto monitoring = packs_that_monitor(law.root(), load_datasets(law.root() / "datasets").value());
    CHECK(std::ranges::find(monitoring, "trial") != monitoring.end());
}

TEST_CASE("the nearest pack says by which profile, also that there is none") {
    const TestLaw law;
    law.write("packs/trial/pack.yaml", header("trial", "extends: jinan-2024\n"));
    CHECK(load(law, "trial").profile->cite.pack == "jinan-2024");
    law.write("packs/trial/pack.yaml", header("trial", "extends: jinan-2024\n" + std::string(by_draft)));
    CHECK(load(law, "trial").profile->cite.text() == "trial@1 四");
    law.write("packs/trial/pack.yaml", header("trial", "extends: shanxi-county\nmonitors_by: null\n"));
    const Pack none = load(law, "trial");
    CHECK_FALSE(none.profile.has_value());
    CHECK_FALSE(none.can_monitor());
}

TEST_CASE("what the notice states goes before the profile, key by key, and only the rest is the profile's") {
    const TestLaw law;
    law.write("packs/trial/pack.yaml", header("trial", "extends: national\n" + std::string(by_draft)));
    law.write("packs/trial/indicators.yaml",
              "- {id: accident, inherit: true, points: 9, cite: 甲}\n"
              "- {id: death, inherit: true, on: [police.deaths], cite: 乙}\n"
              "- {id: petition_lead, withdrawn: true, cite: 丙}\n");
    law.write("packs/trial/levels.yaml",
              "- {id: red, inherit: true, working_days: 2, cite: 丁}\n"
              "- {id: blue, inherit: true, points_min: 3, cite: 丁}\n");
    law.write("packs/trial/monitoring.yaml",
              "{cite: 戊, switches: {scored_once: {value: false, settles: {zh: 一, en: one}, cite: 戊}}}\n");
    const Pack pack = load(law, "trial");
    CHECK(pack.indicators.size() == 11);
    const Indicator& accident = indicator(pack, "accident");
    CHECK(accident.points == 9);
    CHECK(accident.clause() == "trial@1 甲");
    CHECK_FALSE(pack.profile->states(accident.clause()));
    const Indicator& death = indicator(pack, "death");
    CHECK(death.sources.size() == 1);
    CHECK(death.points == 6);
    CHECK(death.clause() == "trial@1 乙；profiles/scored-draft@1 [I] 指标·维度三");
    REQUIRE(pack.levels.size() == 2);
    CHECK(level(pack, "red").working_days == 2);  // the notice's days, no target beside them
    CHECK(level(pack, "red").target == -1);
    CHECK(level(pack, "red").points_cite.pack == draft);
    CHECK(level(pack, "blue").points_min == 3);
    CHECK(level(pack, "blue").target >= 0);
    CHECK_FALSE(pack.profile->states(level(pack, "blue").clause()));
    CHECK_FALSE(pack.monitoring.scored_once);
    CHECK(pack.monitoring.retraction);
}

TEST_CASE("a profile under a notice with a scale of its own changes nothing of that") {
    const TestLaw law;
    law.write("packs/trial/pack.yaml", header("trial", "extends: guangdong-2021\n" + std::string(by_draft)));
    const Pack pack = load(law, "trial");
    for (const Indicator& one : pack.indicators) CHECK_MESSAGE(one.cite.pack == "guangdong-2021", one.id);
    for (const Level& one : pack.levels) CHECK_MESSAGE(one.cite.pack == "guangdong-2021", one.id);
    CHECK(level(pack, "red").working_days == 3);
}

TEST_CASE("a target holds where and when the office's figure does") {
    const TestLaw law;
    const std::string figures =
        "- id: red_visit_target_days\n"
        "  values:\n"
        "    - {region: '3701', from: 2026-01-01, value: 5, source: 甲}\n"
        "    - {region: '370102', from: 2026-01-01, to: 2026-06-30, value: 2, source: 乙}\n";
    Pack pack = load(law, "jinan-2024");
    REQUIRE(lay_figures_over(figures, "figures", pack).has_value());
    const Level& red = level(pack, "red");
    CHECK_FALSE(pack.term_of(red, "3701", day("2025-12-31")).working_days.has_value());
    CHECK(pack.term_of(red, "370103", day("2026-01-01")).working_days == 5);
    CHECK(pack.term_of(red, "370102001", day("2026-06-30")).working_days == 2);
    CHECK(pack.term_of(red, "370102001", day("2026-07-01")).working_days == 5);
    CHECK(pack.term_of(red, "370102001", day("2026-07-01")).is_target);
    CHECK_FALSE(pack.term_of(level(pack, "orange"), "370102", day("2026-06-30")).working_days.has_value());
}

TEST_CASE("a target is a number of working days: none, too many or a figure in the pack are refused") {
    const TestLaw law;
    const auto code = [&](std::string_view value) {
        Pack pack = load(law, "jinan-2024");
        const auto laid = lay_figures_over(
            "- {id: red_visit_target_days, values: [{from: 2026-01-01, value: " + std::string(value) +
                "}]}\n",
            "figures", pack);
        return laid ? std::string("none") : laid.error().front().code;
    };
    CHECK(code("0") == "target_out_of_range");
    CHECK(code("1") == "none");
    CHECK(code("1000") == "none");
    CHECK(code("1001") == "target_out_of_range");
    CHECK(code("-3") != "none");
    CHECK(code("soon") != "none");
    const auto levels = [&](std::string_view line) {
        law.write("packs/trial/pack.yaml", header("trial", "extends: national\n" + std::string(by_draft)));
        law.write("packs/trial/levels.yaml", line);
        return fault_codes(law, "trial");
    };
    CHECK(levels("- {id: red, inherit: true, target_days: 3, cite: 甲}\n") ==
          std::vector<std::string>{"target_no_parameter"});
    CHECK(levels("- {id: red, inherit: true, target_days: param.no_such_days, cite: 甲}\n") ==
          std::vector<std::string>{"unknown_parameter"});
    CHECK(levels("- {id: red, inherit: true, target_days: param.mlg_standard_month, cite: 甲}\n") ==
          std::vector<std::string>{"value_type"});
    CHECK(levels("- {id: red, inherit: true, target_days: param.red_visit_target_days, working_days: 3, "
                 "cite: 甲}\n") == std::vector<std::string>{"level_two_terms"});
    CHECK(has(levels("- {id: purple, inherit: true, cite: 甲}\n"), "nothing_under"));
}

TEST_CASE("a profile that is not there is named with the nearest; a header that says too little is refused") {
    const TestLaw law;
    law.write("packs/trial/pack.yaml",
              header("trial", "monitors_by: {profile: scored-daft, settles: {zh: 甲, en: a}, cite: 四}\n"));
    const Loaded<Policy> misspelt = load_policy(law.root(), "trial");
    REQUIRE_FALSE(misspelt.has_value());
    CHECK(misspelt.error().front().code == "unknown_profile");
    CHECK(misspelt.error().front().text.en.find("did you mean 'scored-draft'") != std::string::npos);
    law.write("packs/trial/pack.yaml", header("trial", "monitors_by: {profile: scored-draft}\n"));
    CHECK(fault_codes(law, "trial") == std::vector<std::string>{"yaml_missing_key", "missing_citation"});
    law.write("packs/trial/pack.yaml", header("trial", by_draft));
    law.replace("packs/profiles/scored-draft/pack.yaml", "standing:", "standings:");
    CHECK(has(fault_codes(law, "trial"), "yaml_unknown_key"));
}

TEST_CASE("a profile is checked like a pack, holds no law beyond warnings, and nobody works by it") {
    const TestLaw law;
    const DatasetCatalogue datasets = load_datasets(law.root() / "datasets").value();
    CHECK(profile_ids(law.root() / "packs") == std::vector<std::string>{std::string(draft)});
    const auto packs = pack_ids(law.root() / "packs");
    CHECK(std::ranges::find(packs, "profiles") == packs.end());
    const Loaded<Pack> profile = load_pack(law.root() / "packs", draft, datasets);
    REQUIRE(profile.has_value());
    CHECK(profile->is_profile);
    CHECK_FALSE(profile->can_monitor());
    CHECK(unused_names(*profile).parameters.empty());
    CHECK(fault_codes(law, draft) == std::vector<std::string>{"profile_is_no_pack"});
    CHECK(fault_codes(law, "profiles/nothing") == std::vector<std::string>{"unknown_pack"});
    CHECK(fault_codes(law, "profiles/../national") == std::vector<std::string>{"unknown_pack"});
    law.write("packs/trial/pack.yaml", header("trial", "extends: profiles/scored-draft\n"));
    CHECK(fault_codes(law, "trial") == std::vector<std::string>{"unknown_pack"});
    law.write("packs/profiles/scored-draft/benefits.yaml", "[]\n");
    CHECK(fault_codes(law, "jinan-2024") == std::vector<std::string>{"unknown_pack_file"});
}

TEST_CASE("a clause that only a profile serves is answered for with its name") {
    const TestLaw law;
    const auto packs = law.root() / "packs";
    const DatasetCatalogue datasets = load_datasets(law.root() / "datasets").value();
    const auto codes = [&] {
        const auto lines = load_coverage(packs, load_pack(packs, "jinan-2024", datasets).value(),
                                         load_clauses(packs).value());
        return lines ? std::vector<std::string>{} : codes_of(lines.error());
    };
    CHECK(codes().empty());
    law.replace("packs/jinan-2024/coverage.yaml",
                "by: [profile:scored-draft, pack:monitors_by, program:monitor]",
                "by: [indicator:death, program:monitor]");
    CHECK(codes() == std::vector<std::string>{"profile_unnamed"});
    law.replace("packs/jinan-2024/coverage.yaml", "by: [indicator:death, program:monitor]",
                "by: [indicator:death, profile:scored-raft]");
    CHECK(codes() == std::vector<std::string>{"unknown_element"});
    // What the notice names itself needs none.
    law.replace("packs/jinan-2024/coverage.yaml", "by: [indicator:death, profile:scored-raft]",
                "by: [indicator:unemployment_registration]");
    CHECK(codes().empty());
}

}  // namespace
}  // namespace doudi::policy
