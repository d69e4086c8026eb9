// SPDX-License-Identifier: Apache-2.0
// Packs over packs, folders that are not there, and the fingerprint.
#include <doctest/doctest.h>

#include <cstdlib>

#include "policy/load.h"
#include "policy/test_law.h"

namespace doudi::policy {
namespace {

constexpr std::string_view trial_header =
    "{id: trial, version: '1', title: {zh: 试, en: Trial}, source: 试验, extends: guangdong-2021, "
    "effective: {from: 2025-01-01, to: 2025-12-31}, public: true}";

std::vector<std::string> fault_codes(const TestLaw& law, std::string_view pack) {
    const Loaded<Policy> policy = load_policy(law.root(), pack);
    return policy ? std::vector<std::string>{} : codes_of(policy.error());
}

TEST_CASE("the nearest pack has the last word on an indicator, a switch and the scale of levels") {
    const TestLaw law;
    law.write("packs/trial/pack.yaml", trial_header);
    law.write("packs/trial/indicators.yaml",
              "- {id: birth, title: {zh: 生, en: Birth}, dimension: household_change, points: 5, on: "
              "health.births,\n"
              "   roles: [father], count: once_per_household, cite: 甲}\n");
    law.write("packs/trial/levels.yaml",
              "- {id: high, title: {zh: 高, en: High}, points_min: 4, working_days: 2, channel: visit, cite: "
              "乙}\n");
    law.write("packs/trial/monitoring.yaml",
              "{cite: 丙, switches: {window: {value: last_months, settles: {zh: 窗, en: w}, cite: 丁},\n"
              "                      window_months: {value: 12, settles: {zh: 窗, en: w}, cite: 丁}}}\n");
    const Loaded<Policy> policy = load_policy(law.root(), "trial");
    REQUIRE(policy.has_value());
    const Pack& pack = policy->pack;
    CHECK(pack.indicators.size() == 12);
    const Indicator& birth = pack.indicators[static_cast<std::size_t>(pack.indicator_of("birth"))];
    CHECK(birth.points == 5);
    CHECK(birth.sources.at(0).roles == std::vector<int>{1});
    CHECK(birth.count == CountPer::household_once);
    REQUIRE(pack.levels.size() == 1);
    CHECK(pack.level_of(4)->id == "high");
    CHECK(pack.level_of(3) == nullptr);
    CHECK(pack.monitoring.window == MonitoringRules::Window::last_months);
    CHECK(pack.monitoring.window_months == 12);
    CHECK(pack.monitoring.retraction);  // from Guangdong
    CHECK(pack.monitoring.cite.clause == "丙");
    CHECK(pack.monitoring.switches.size() == 10);
    CHECK(pack.effective_to == Date::from_ymd(2025, 12, 31));
    CHECK(pack.is_public);
}

TEST_CASE("each switch of Guangdong can be set the other way") {
    const auto with = [](std::string_view id, std::string_view value) {
        const TestLaw law;
        law.write("packs/trial/pack.yaml", trial_header);
        law.write("packs/trial/monitoring.yaml", "{cite: 甲, switches: {" + std::string(id) +
                                                     ": {value: " + std::string(value) +
                                                     ", settles: {zh: 乙, en: b}, cite: 丙}}}");
        Loaded<Policy> policy = load_policy(law.root(), "trial");
        REQUIRE(policy.has_value());
        return policy->pack.monitoring;
    };
    CHECK_FALSE(with("retraction", "false").retraction);
    CHECK_FALSE(with("scored_once", "false").scored_once);
    CHECK(with("rise_may_postpone_due", "true").rise_may_postpone_due);
    CHECK_FALSE(with("fall_keeps_due", "false").fall_keeps_due);
    CHECK_FALSE(with("close_when_all_taken_back", "false").close_when_all_taken_back);
    CHECK_FALSE(with("natural_exit", "false").natural_exit);
    CHECK_FALSE(with("natural_exit_exact_only", "false").natural_exit_exact_only);
    CHECK(with("suppress_days_after_close", "90").suppress_days_after_close == 90);
}

TEST_CASE("a pack that scores must set every switch and have levels") {
    const TestLaw law;
    law.replace("packs/guangdong-2021/monitoring.yaml", "  retraction:\n", "  scored_once_:\n");
    CHECK(fault_codes(law, "guangdong-2021") == std::vector<std::string>{"switch_unset", "unknown_switch"});
    std::filesystem::remove(law.root() / "packs/guangdong-2021/monitoring.yaml");
    std::filesystem::remove(law.root() / "packs/guangdong-2021/levels.yaml");
    const std::vector<std::string> codes = fault_codes(law, "guangdong-2021");
    CHECK(codes.size() == 11);
    CHECK(codes.front() == "no_levels");
    CHECK(codes.back() == "switch_unset");
}

TEST_CASE("a pack that extends itself by way of others is refused") {
    const TestLaw law;
    law.replace("packs/national/pack.yaml", "public: true", "public: true\nextends: guangdong-2021");
    CHECK(fault_codes(law, "guangdong-2021") == std::vector<std::string>{"pack_cycle"});
}

TEST_CASE("a pack that is not there is named with the nearest one; a path is no pack") {
    const TestLaw law;
    const Loaded<Policy> policy = load_policy(law.root(), "guangdong-2012");
    REQUIRE_FALSE(policy.has_value());
    REQUIRE(policy.error().size() == 1);
    CHECK(policy.error()[0].text.en == "no pack 'guangdong-2012'; did you mean 'guangdong-2021'?");
    CHECK(fault_codes(law, "../packs/national") == std::vector<std::string>{"unknown_pack"});
    CHECK(fault_codes(law, "") == std::vector<std::string>{"unknown_pack"});
}

TEST_CASE("a folder that is not there is an error, not an empty law") {
    const TestLaw law;
    std::filesystem::remove_all(law.root() / "calendar");
    CHECK(fault_codes(law, "guangdong-2021") == std::vector<std::string>{"folder_unreadable"});
}

TEST_CASE("faults of the calendar and of the pack are reported together") {
    const TestLaw law;
    law.replace("calendar/2025.yaml", "2025-10-08", "2025-10-07");
    law.replace("packs/guangdong-2021/levels.yaml", "points_min: 7", "points_min: 8");
    CHECK(fault_codes(law, "guangdong-2021") == std::vector<std::string>{"duplicate_day", "levels_overlap"});
}

TEST_CASE("two datasets that their required headings do not tell apart are refused") {
    const TestLaw law;
    std::string copy = law.read("datasets/police.accidents.yaml");
    copy.replace(copy.find("id: police.accidents"), 20, "id: police.injuries");
    law.write("datasets/police.injuries.yaml", copy);
    CHECK(fault_codes(law, "guangdong-2021") == std::vector<std::string>{"datasets_alike"});
}

TEST_CASE("the fingerprint depends on the bytes and names, not on where the folder lies") {
    const TestLaw one;
    const TestLaw two;
    const auto hashes = [](const TestLaw& law) {
        Loaded<Policy> policy = load_policy(law.root(), "guangdong-2021");
        REQUIRE(policy.has_value());
        return std::vector<std::string>{policy->catalogue.content_hash, policy->pack.content_hash,
                                        policy->calendar_hash};
    };
    const std::vector<std::string> before = hashes(one);
    CHECK(before == hashes(two));
    CHECK(before[0].size() == 64);
    two.write("datasets/headings.yaml", two.read("datasets/headings.yaml") + "\n");
    two.write("packs/national/categories.yaml", two.read("packs/national/categories.yaml") + "\n");
    const std::vector<std::string> after = hashes(two);
    CHECK(after[0] != before[0]);
    CHECK(after[1] != before[1]);
    CHECK(after[2] == before[2]);
}

TEST_CASE("the law is found where DOUDI_HOME says, and a wrong DOUDI_HOME is said") {
    const TestLaw law;
    setenv("DOUDI_HOME", law.root().c_str(), 1);
    const Result<std::filesystem::path> found = find_policy_root();
    setenv("DOUDI_HOME", (law.root() / "packs").c_str(), 1);
    const Result<std::filesystem::path> wrong = find_policy_root();
    unsetenv("DOUDI_HOME");
    REQUIRE(found.has_value());
    CHECK(*found == law.root());
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error().code == "policy_root");
}

}  // namespace
}  // namespace doudi::policy
