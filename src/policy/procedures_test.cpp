// SPDX-License-Identifier: Apache-2.0
#include "policy/procedures.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "policy/trial_law.h"

namespace doudi::policy {

TEST_CASE("a nearer pack states one move anew, adds one and takes one away; the others stay") {
    const TrialLaw law;
    law.write("packs/near/pack.yaml", R"(
id: near
extends: guangdong-2021
version: "1"
title: {zh: 近, en: Near}
source: 试验
region_scope: "4416"
effective: {from: 2025-01-01}
public: true
)");
    const Loaded<Policy> under = law.load("near");
    REQUIRE_MESSAGE(under, under.error().front().message(Lang::en));
    const auto before = under->pack.law.procedures.machine("warning")->moves.size();
    law.write("packs/near/procedures/warning.yaml", R"(
moves:
  - {id: warning.close, inherit: true, level: county, cite: 试一}
  - {id: warning.note, title: {zh: 记事, en: Note}, from: [accepted], by: [township_officer], needs: [note], cite: 试二}
  - {id: warning.merge, withdrawn: true, cite: 试三}
)");
    const Loaded<Policy> policy = law.load("near");
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Machine& machine = *policy->pack.law.procedures.machine("warning");
    CHECK(machine.moves.size() == before);
    CHECK(machine.move("close")->level == "county");
    CHECK(machine.move("close")->needs == std::vector<std::string>{"reason"});
    CHECK(machine.move("close")->cite.clause == "试一");
    CHECK(machine.move("note") != nullptr);
    CHECK(machine.move("merge") == nullptr);
}

TEST_CASE("a clock goes by days, by months, by a parameter or by the warning's level") {
    const TrialLaw law;
    law.replace("packs/trial/routes.yaml", "clocks:\n", R"(clocks:
  - {id: by_days, title: {zh: 甲, en: A}, days: 3, kind: natural, from: push, until: [closed], cite: 试一}
  - {id: by_months, title: {zh: 乙, en: B}, months: 2, from: push, internal: true, cite: 试一}
  - {id: by_parameter, title: {zh: 丙, en: C}, months: param.phase_out_months, from: push, cite: 试一}
)");
    const Loaded<Policy> policy = law.load();
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Procedures& all = policy->pack.law.procedures;
    CHECK(all.clock("by_days")->term.kind == ClockTerm::Kind::natural_days);
    CHECK(all.clock("by_days")->term.count == 3);
    CHECK(all.clock("by_days")->until == std::vector<std::string>{"closed"});
    CHECK(all.clock("by_months")->term.kind == ClockTerm::Kind::months);
    CHECK(all.clock("by_months")->internal);
    CHECK(all.clock("by_parameter")->term.parameter == "phase_out_months");
    CHECK(all.clock("warning_verification")->term.parameter == "verification_days");
    const Loaded<Policy> guangdong = law.load("guangdong-2021");
    REQUIRE(guangdong);
    CHECK(guangdong->pack.law.procedures.clock("warning_verification")->term.kind ==
          ClockTerm::Kind::by_level);
    CHECK(guangdong->pack.law.procedures.clock("warning_verification")->each);
}

}  // namespace doudi::policy
