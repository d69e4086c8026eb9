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

TEST_CASE("what a pack joins to a move is read with it, and a nearer pack may join something else") {
    const TrialLaw law;
    const Loaded<Policy> policy = law.load("guangdong-2021");
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Procedures& all = policy->pack.law.procedures;
    const Move& applied = *all.machine("application")->move("register");
    REQUIRE(applied.starts.size() == 1);
    CHECK(applied.starts[0].machine == "referral");
    CHECK(applied.starts[0].over == "matters");
    CHECK(applied.starts[0].as == "benefit");
    CHECK(applied.starts[0].moves == std::vector<std::string>{"draft", "send"});
    CHECK(applied.hands_to == std::vector{HandsTo::below});
    const Move& first = *all.machine("emergency")->move("pay_first");
    REQUIRE(first.also.size() == 1);
    CHECK(first.also[0].of == AlsoRule::Of::unit);
    CHECK(first.also[0].is_needed);
    CHECK(first.also[0].only_if.front().words == std::vector<std::string>{"reserve"});
    const Move& drawing = *all.machine("drawing")->move("draw");
    REQUIRE(drawing.draws.has_value());
    CHECK(drawing.draws->share == "recheck_share");
    CHECK(drawing.draws->level == "township");
    CHECK(all.machine("referral")->move("send")->hands_to == std::vector{HandsTo::department});
    CHECK(all.machine("reserve")->move("spend")->takes == "amount");
    CHECK(all.machine("reserve")->move("top_up")->adds == "amount");
    CHECK(all.machine("disaster")->move("comfort")->once);
    CHECK(all.machine("application")->move("post_confirmed")->not_if.front().field == "no_notice");
    CHECK(all.clock("benefit_term")->term.kind == ClockTerm::Kind::by_benefit);
    law.write("packs/guangdong-2021/procedures/reserve.yaml", R"(
moves:
  - {id: reserve.spend, inherit: true, also: [{machine: task, move: report}], hands_to: [above, anywhere], cite: 试一}
)");
    const Loaded<Policy> other = law.load("guangdong-2021");
    REQUIRE_MESSAGE(other, other.error().front().message(Lang::en));
    const Move& spend = *other->pack.law.procedures.machine("reserve")->move("spend");
    CHECK(spend.at_most.empty());
    CHECK(spend.also.front().machine == "task");
    CHECK(spend.hands_to == std::vector{HandsTo::above, HandsTo::anywhere});
}

TEST_CASE(
    "what a move follows, how a category is paid and what goes over to a payment are read as the law says") {
    const TrialLaw law;
    const Loaded<Policy> policy = law.load("guangdong-2021");
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Law& read = policy->pack.law;
    const RouteElement* follow = read.route_of("follows", "taper_as_proposed");
    REQUIRE(follow != nullptr);
    CHECK(*follow->field("move") == "review.decide");
    CHECK(*follow->field("differs") == "differs_because");
    CHECK(*follow->list("only_if") == std::vector<std::string>{"decision_kind=taper"});
    CHECK(*follow->list("found") == std::vector<std::string>{"proposal=taper"});
    CHECK(*follow->list("same") == std::vector<std::string>{"amount=amount", "next_category=next_category"});
    CHECK(*follow->list("needs") == std::vector<std::string>{"amount"});
    const RouteElement* poor = read.route_of("allowances", "extreme_poverty");
    REQUIRE(poor != nullptr);
    CHECK(*poor->field("paid_by") == "allowance");
    CHECK(poor->list("benefits")->size() == 2);
    const AlsoRule& paid = read.procedures.machine("review")->move("serve")->also.front();
    CHECK(paid.with.front() == std::pair<std::string, std::string>("amount", "told.amount"));
    CHECK(paid.with.back() == std::pair<std::string, std::string>("from_on", "clock.review_month"));
}

TEST_CASE("a name that nothing states is a fault of what is followed, paid or carried over") {
    const auto codes_of = [](const std::string& text) {
        const TrialLaw law;
        law.write("packs/guangdong-2021/procedures/review.yaml", text + "\n");
        return law.fault_codes("guangdong-2021");
    };
    using Codes = std::vector<std::string>;
    const auto follow = [&](const std::string& keys) {
        return codes_of("follows: [{id: trial, " + keys + ", cite: 试一}]");
    };
    CHECK(follow("move: review.decide, differs: reason").empty());
    CHECK(follow("move: review.decid, differs: reason") == Codes{"unknown_move"});
    CHECK(follow("move: review.decide, differs: reasn") == Codes{"unknown_field"});
    CHECK(follow("move: review.decide, differs: reason, needs: [amunt]") == Codes{"unknown_field"});
    CHECK(follow("move: review.decide, differs: reason, found: {found_kind: [kep]}") ==
          Codes{"unknown_word"});
    CHECK(follow("move: review.decide, differs: reason, only_if: {propsal: [exit]}") ==
          Codes{"unknown_field"});
    CHECK(follow("move: review.decide, differs: reason, same: {amont: found_amount, amount: found_amout}") ==
          Codes{"unknown_field", "unknown_field"});
    const auto allowance = [&](const std::string& keys) {
        return codes_of("allowances: [{" + keys + ", cite: 试一}]");
    };
    CHECK(allowance("id: relapse_monitored, paid_by: allowance, benefits: []").empty());
    CHECK(allowance("id: relapsed, paid_by: allowance, benefits: []") == Codes{"unknown_category"});
    CHECK(allowance("id: relapse_monitored, paid_by: alowance, benefits: []") == Codes{"unknown_machine"});
    CHECK(allowance("id: relapse_monitored, paid_by: allowance, benefits: [no_such]") ==
          Codes{"unknown_benefit"});
    const auto with = [&](const std::string& keys) {
        return codes_of(
            "moves: [{id: review.serve, inherit: true, also: [{machine: allowance, move: change, with: {" +
            keys + "}}], cite: 试一}]");
    };
    CHECK(with("amount: told.amount, from_on: clock.taper").empty());
    CHECK(with("amount: told.sum") == Codes{"unknown_field"});
    CHECK(with("sum: told.amount") == Codes{"unknown_field"});
    CHECK(with("from_on: clock.month") == Codes{"unknown_clock"});
}

TEST_CASE("what is made otherwise, goes into another case or comes late names what the law states") {
    const auto codes_of = [](const std::string& move) {
        const TrialLaw law;
        law.write("packs/guangdong-2021/procedures/warning.yaml",
                  "moves: [{id: warning." + move + ", cite: 试一}]\n");
        return law.fault_codes("guangdong-2021");
    };
    using Codes = std::vector<std::string>;
    CHECK(codes_of("visit, inherit: true, late_after: [push, accepted]").empty());
    CHECK(codes_of("visit, inherit: true, late_after: [pushed]") == Codes{"unknown_mark"});
    CHECK(codes_of("visit, inherit: true, otherwise: call").empty());
    CHECK(codes_of("visit, inherit: true, otherwise: survey") == Codes{"unknown_move"});
    const auto into = [&](const std::string& keys) {
        return codes_of("merge, inherit: true, into: {" + keys + "}");
    };
    CHECK(into("field: merged_into, clock: warning_verification, running: take_in, others: push_event")
              .empty());
    CHECK(into("field: merged, clock: warning_verification, running: take_in, others: push_event") ==
          Codes{"unknown_field"});
    CHECK(into("field: reason, clock: warning_verification, running: take_in, others: push_event") ==
          Codes{"into_no_case"});
    CHECK(into("field: merged_into, clock: verification, running: take_in, others: push_event") ==
          Codes{"unknown_clock"});
    CHECK(into("field: merged_into, clock: warning_verification, running: taken, others: push") ==
          Codes{"unknown_move", "unknown_move"});
    CHECK(into("field: merged_into, clock: warning_verification, running: take_in") == Codes{"yaml_missing_key"});

    const TrialLaw law;
    const Loaded<Policy> policy = law.load("guangdong-2021");
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Procedures& all = policy->pack.law.procedures;
    const Machine& warning = *all.machine("warning");
    CHECK(warning.move("push_event")->otherwise == "push_again");
    CHECK(warning.move("merge")->into->field == "merged_into");
    CHECK(*warning.move("visit")->late_after == std::vector<std::string>{"push"});
    CHECK_FALSE(warning.move("feed_back")->late_after.has_value());
    CHECK(all.machine("assistance")->move("answer")->also.front().of == AlsoRule::Of::parent);
}

}  // namespace doudi::policy
