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
  - {id: by_told_day, title: {zh: 丁, en: D}, by_day: true, days: 4, kind: working, from: push, cite: 试一}
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
    CHECK(all.clock("by_told_day")->term.kind == ClockTerm::Kind::told_day);
    CHECK(all.clock("by_told_day")->term.count == 4);
    CHECK(all.clock("warning_verification")->term.parameter == "verification_days");
    const Loaded<Policy> guangdong = law.load("guangdong-2021");
    REQUIRE(guangdong);
    CHECK(guangdong->pack.law.procedures.clock("warning_verification")->term.kind ==
          ClockTerm::Kind::by_level);
    CHECK(guangdong->pack.law.procedures.clock("warning_verification")->each);
}

TEST_CASE("a field tells a fact that visits tell, in its words, and a move at the door takes them all") {
    const TrialLaw law;
    const Loaded<Policy> policy = law.load("guangdong-2021");
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Procedures& all = policy->pack.law.procedures;
    CHECK(all.field("found_ill")->tells == "true");
    CHECK(all.field("found_ill")->sensitive);  // an illness, and an income, as the facts are
    CHECK(all.field("heard_income")->sensitive);
    CHECK_FALSE(all.field("found_lost_work")->sensitive);
    const Machine& visit = *all.machine("visit");
    for (const FieldRule& field : all.fields) {
        const auto has = [&](const char* move) {
            return std::ranges::find(visit.move(move)->may, field.id) != visit.move(move)->may.end();
        };
        if (field.fact.empty()) continue;
        CHECK(has("met"));
        CHECK_FALSE(has("attempt"));  // who met nobody found nothing
    }
    law.write(
        "packs/guangdong-2021/procedures/visit.yaml",
        "fields:\n  - {id: found_x, title: {zh: 甲, en: A}, type: word, fact: dwelling_grade, cite: 试一}\n");
    const Loaded<Policy> graded = law.load("guangdong-2021");
    REQUIRE_MESSAGE(graded, graded.error().front().message(Lang::en));
    const FieldRule& grade = *graded->pack.law.procedures.field("found_x");
    CHECK(grade.words.size() == 5);  // four grades, and none
    CHECK(grade.words.back().first == "none");
    for (const auto& [stated, code] : {
             std::pair("type: money, fact: income_week", "unknown_fact"),
             std::pair("type: people, fact: serious_illness, tells: \"true\"", "fact_not_of_visits"),
             std::pair("type: text, fact: dwelling_grade", "fact_type"),
             std::pair("type: flag, fact: chronic_illness", "fact_type"),
             std::pair("type: people, fact: chronic_illness, tells: perhaps", "told_fact"),
             std::pair("type: people, fact: chronic_illness", "yaml_missing_key"),
         }) {
        law.write(
            "packs/guangdong-2021/procedures/visit.yaml",
            std::string("fields:\n  - {id: found_x, title: {zh: 甲, en: A}, ") + stated + ", cite: 试一}\n");
        const Loaded<Policy> wrong = law.load("guangdong-2021");
        REQUIRE_FALSE(wrong);
        CHECK_MESSAGE(std::ranges::find(wrong.error(), code, &Error::code) != wrong.error().end(), stated);
    }
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
    CHECK(all.machine("emergency")->move("pay_agreed")->not_by == std::vector<std::string>{"propose"});
    CHECK(all.machine("allowance")->move("open")->alone == std::vector{Alone::household, Alone::category});
    CHECK(all.machine("death")->move("tell")->alone == std::vector{Alone::person});
    CHECK(all.machine("application")->move("serve")->after == std::vector<std::string>{"post_confirmed"});
    CHECK(all.machine("death")->move("confirm_by_sources")->among.front() ==
          std::pair<std::string, std::string>("two_sources", "source_departments"));
    CHECK(all.machine("objection")->move("correct")->also.front().is_one);
    CHECK(all.field("died_on")->past);
    CHECK_FALSE(all.field("due_on")->past);
    CHECK(all.machine("application")->move("post_confirmed")->not_if.front().field == "no_notice");
    CHECK(all.clock("benefit_term")->term.kind == ClockTerm::Kind::by_benefit);
    law.write("packs/guangdong-2021/procedures/reserve.yaml", R"(
moves:
  - {id: reserve.spend, inherit: true, also: [{machine: task, move: report, with: {note: 支出}}], cite: 试一,
     hands_to: [above, anywhere]}
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
    CHECK(read.route_of("follows", "paid_as_granted")->field("differs") == nullptr);
    const RouteElement* poor = read.route_of("allowances", "extreme_poverty");
    REQUIRE(poor != nullptr);
    CHECK(*poor->field("paid_by") == "allowance");
    CHECK(poor->list("benefits")->size() == 2);
    const AlsoRule& paid = read.procedures.machine("review")->move("serve")->also.front();
    CHECK(paid.with.front() == std::pair<std::string, std::string>("amount", "told.amount"));
    CHECK(paid.with.back() == std::pair<std::string, std::string>("from_on", "clock.review_month"));
}

TEST_CASE(
    "an id that two files of one pack give is a fault where the second stands; a nearer pack may state it "
    "anew") {
    const std::string_view field =
        "fields:\n  - {id: odd_word, title: {zh: 甲, en: A}, type: text, cite: \"[I]\"}\n";
    const TestLaw law;
    law.write("packs/national/procedures/one.yaml", field);
    law.write("packs/guangdong-2021/procedures/one.yaml", field);
    CHECK(load_policy(law.root(), "guangdong-2021").has_value());
    law.write("packs/national/procedures/other.yaml", field);
    const auto policy = load_policy(law.root(), "guangdong-2021");
    REQUIRE_FALSE(policy.has_value());
    CHECK(codes_of(policy.error()) == std::vector<std::string>{"duplicate_id"});
    CHECK(policy.error()[0].where.find("national/procedures/other.yaml:2:") != std::string::npos);
}

namespace {

using Codes = std::vector<std::string>;
// Of the pack, with this beside what it states of a review.
Codes codes_of_review(const std::string& text) {
    const TrialLaw law;
    law.write("packs/guangdong-2021/procedures/review.yaml", text + "\n");
    return law.fault_codes("guangdong-2021");
}

}  // namespace

TEST_CASE("a name that nothing states is a fault of what is followed, paid or carried over") {
    const auto& codes_of = codes_of_review;
    const auto follow = [&](const std::string& keys) {
        return codes_of("follows: [{id: trial, " + keys + ", cite: 试一}]");
    };
    CHECK(follow("move: review.decide, differs: reason").empty());
    CHECK(follow("move: review.decide").empty());
    CHECK(follow("move: review.decid, differs: reason") == Codes{"unknown_move"});
    const auto move = [&](const std::string& keys) {
        return codes_of("moves: [{id: review.survey, inherit: true, " + keys + ", cite: 试一}]");
    };
    CHECK(move("after: [open], among: {note: reason}").empty());
    CHECK(move("after: [opn]") == Codes{"unknown_move"});
    CHECK(move("among: {nte: reasn}") == Codes{"unknown_field", "unknown_field"});
    CHECK(move("alone: [household]") == Codes{"alone_of_no_opening"});
    CHECK(move("alone: [household], once: true").empty());
    CHECK(codes_of("moves: [{id: review.open, inherit: true, alone: [street], cite: 试一}]") ==
          Codes{"yaml_unknown_word"});
    CHECK(
        codes_of("fields: [{id: reply, title: {zh: 陈述, en: Reply}, type: text, past: true, cite: 试一}]") ==
        Codes{"past_of_no_date"});
    const auto bounded = [&](const std::string& id, const std::string& keys) {
        return codes_of("fields: [{id: " + id + ", title: {zh: 试, en: Trial}, " + keys + ", cite: 试一}]");
    };
    CHECK(bounded("decided_on", "type: date, ahead: 3, earliest: 1994-01-23").empty());
    CHECK(bounded("reply", "type: text, ahead: 3") == Codes{"ahead_of_no_date"});
    CHECK(bounded("reply", "type: text, earliest: 1994-01-23") == Codes{"earliest_of_no_date"});
    CHECK_FALSE(bounded("decided_on", "type: date, ahead: 0").empty());
    CHECK_FALSE(bounded("decided_on", "type: date, earliest: 1994-02-30").empty());
    CHECK(move("served_once: note").empty());
    CHECK(move("served_once: nte") == Codes{"unknown_field"});
    CHECK(move("served_once: note, shared_by: nte") == Codes{"unknown_field"});
    CHECK(follow("move: review.decide, differs: reasn") == Codes{"unknown_field"});
    CHECK(follow("move: review.decide, differs: reason, needs: [amunt]") == Codes{"unknown_field"});
    CHECK(follow("move: review.decide, differs: reason, found: {found_kind: [kep]}") ==
          Codes{"unknown_word"});
    CHECK(follow("move: review.decide, differs: reason, only_if: {propsal: [exit]}") ==
          Codes{"unknown_field"});
    CHECK(follow("move: review.decide, differs: reason, same: {amont: found_amount, amount: found_amout}") ==
          Codes{"unknown_field", "unknown_field"});
    CHECK(follow("move: review.decide, route: transfers, target: category").empty());
    CHECK(follow("move: review.decide, route: transfer") == Codes{"yaml_unknown_word"});
    CHECK(follow("move: review.decide, route: transfers, target: categry") == Codes{"unknown_field"});
    const auto allowance = [&](const std::string& keys) {
        return codes_of("allowances: [{" + keys + ", cite: 试一}]");
    };
    CHECK(allowance("id: relapse_monitored, paid_by: allowance, benefits: []").empty());
    CHECK(allowance("id: relapse_monitored, paid_by: allowance, benefits: [], income: no_such") ==
          Codes{"unknown_fact"});
    CHECK(allowance("id: relapsed, paid_by: allowance, benefits: []") == Codes{"unknown_category"});
    CHECK(allowance("id: relapse_monitored, paid_by: alowance, benefits: []") == Codes{"unknown_machine"});
    CHECK(allowance("id: relapse_monitored, paid_by: allowance, benefits: [no_such]") ==
          Codes{"unknown_benefit"});
}

TEST_CASE("what is counted, compared and asked of ages names what there is, and nobody tells a count") {
    const auto& codes_of = codes_of_review;
    const auto follow = [&](const std::string& keys) {
        return codes_of("follows: [{id: trial, move: review.decide, " + keys + ", cite: 试一}]");
    };
    CHECK(follow("subject: nobody, needs: [reason]").empty());
    CHECK(follow("subject: household, needs: [reason]") == Codes{"yaml_unknown_word"});
    CHECK(follow("at_most: {amount: found_amount}").empty());
    CHECK(follow("at_most: {amunt: found_amont}") == Codes{"unknown_field", "unknown_field"});
    CHECK(follow("at_most: {amount: reason}") == Codes{"compared_no_number"});
    CHECK(follow("unused: [attachments]").empty());
    CHECK(follow("unused: [attachment]") == Codes{"unknown_field"});
    CHECK(follow("counts: survey, into: served_times, against: times, differs: reason").empty());
    CHECK(follow("counts: survy, into: served_times, against: times") == Codes{"unknown_mark"});
    CHECK(follow("counts: survey, into: served_times") == Codes{"yaml_missing_key"});
    CHECK(follow("into: served_times") == Codes{"counts_nothing"});
    CHECK(follow("counts: survey, into: served_times, against: tims") == Codes{"unknown_field"});
    CHECK(follow("counts: survey, into: served_times, against: reason") == Codes{"compared_no_number"});
    // "times" is told with an order: no program counts it.
    CHECK(follow("counts: survey, into: times, against: served_times") == Codes{"counted_is_told"});
    const auto decides = [&](const std::string& keys) {
        return codes_of("moves: [{id: review.decide, inherit: true, " + keys + ", cite: 试一}]");
    };
    CHECK(decides("shut_by: [survey]").empty());
    CHECK(decides("shut_by: [survy]") == Codes{"unknown_move"});
    CHECK(decides("nobody_aged: {years: 18, only_if: {decision_kind: [exit]}, unless: differs_because}")
              .empty());
    CHECK(decides("nobody_aged: {years: 18, unless: no_notice}") == Codes{"unknown_field"});
    CHECK(decides("nobody_aged: {years: 0, unless: differs_because}") == Codes{"yaml_out_of_range"});
    CHECK(decides("nobody_aged: {years: 18}") == Codes{"yaml_missing_key"});
    CHECK(decides("nobody_aged: {years: 18, only_if: {decision_kind: [exits]}, unless: differs_because}") ==
          Codes{"unknown_word"});
}

TEST_CASE("what a conference, an order and a notice are asked is read as the law says") {
    const Loaded<Policy> policy = load_policy(DOUDI_SOURCE_DIR, "guangdong-2021");
    REQUIRE(policy);
    const Law& read = policy->pack.law;
    const Machine& order = *read.procedures.machine("order");
    CHECK(order.move("ask")->only_if.front().field == "consent");
    const RouteElement* counts = read.route_of("follows", "served_as_ordered");
    REQUIRE(counts != nullptr);
    CHECK(*counts->field("counts") == "service_given");
    CHECK(*counts->field("into") == "served_times");
    CHECK(*counts->field("against") == "times");
    CHECK(*read.route_of("follows", "settled_at_most")->list("at_most") ==
          std::vector<std::string>{"amount=amount"});
    CHECK(*read.route_of("follows", "somebody_is_shown")->field("subject") == "nobody");
    const auto& asked = read.procedures.machine("application")->move("skip_notice")->nobody_aged;
    REQUIRE(asked.has_value());
    CHECK(asked->years == 18);
    CHECK(asked->only_if.front().words == std::vector<std::string>{"children"});
    CHECK(asked->unless == "ages_because");
    CHECK(read.procedures.machine("assistance")->move("withdraw")->shut_by ==
          std::vector<std::string>{"take"});
    CHECK(*read.route_of("conference", "mechanism")->field("level") == "county");
}

TEST_CASE("what follows of a move needs no field that the move may leave out") {
    const auto& codes_of = codes_of_review;
    const Codes untold{"follows_untold"};
    const auto keeps = [&](const std::string& keys, const std::string& rules = "") {
        return codes_of("moves: [{id: review.keep, inherit: true, " + keys + ", cite: 试一}]" + rules);
    };
    const auto needed = [](const std::string& keys) {
        return "\nfollows: [{id: trial, move: review.keep, " + keys + ", cite: 试一}]";
    };
    const std::string held = "also: [{machine: allowance, move: hold, only_if: {stability: [unstable]}}]";
    CHECK(keeps(held) == untold);
    CHECK(keeps("may: [hold_cause], " + held) == untold);
    CHECK(keeps("needs: [hold_cause], " + held).empty());
    CHECK(keeps("also: [{machine: allowance, move: hold, with: {hold_cause: review}}]").empty());
    // A rule says when it is needed: whenever it follows, or it says too little.
    const std::string may = "may: [stability, hold_cause], " + held;
    CHECK(keeps(may, needed("needs: [hold_cause]")).empty());
    CHECK(keeps(may, needed("only_if: {stability: [stable, unstable]}, needs: [hold_cause]")).empty());
    CHECK(keeps(may, needed("only_if: {stability: [stable]}, needs: [hold_cause]")) == untold);
    CHECK(keeps(may, needed("only_if: {hold_cause: [review]}, needs: [hold_cause]")) == untold);
    CHECK(keeps(may, needed("told: [stability], needs: [hold_cause]")) == untold);
    CHECK(keeps(may, needed("subject: nobody, needs: [hold_cause]")) == untold);
    // One for each value: the rule may ask whether there are any. Papers stay with their case.
    const std::string each =
        "may: [matters, need], starts: [{machine: referral, over: matters, as: benefit, "
        "with: {kind: aid}, moves: [draft, send]}]";
    CHECK(keeps(each) == untold);
    CHECK(keeps(each, needed("told: [matters], needs: [need]")).empty());
    CHECK(keeps("needs: [attachments], also: [{machine: application, move: post}]") == untold);
    CHECK(keeps(may, needed("told: [stabilty], needs: [hold_cause]")) == Codes{"unknown_field"});
}

TEST_CASE("a name that nothing states is a fault of who may not, of who signs and of what goes over") {
    const auto& codes_of = codes_of_review;
    const auto decides = [&](const std::string& keys) {
        return codes_of("moves: [{id: review.decide, inherit: true, " + keys + ", cite: 试一}]");
    };
    CHECK(decides("not_by: [survey, application.confirm]").empty());
    CHECK(decides("not_by: [survy]") == Codes{"unknown_move"});
    CHECK(decides("not_by: [application.confirmed]") == Codes{"unknown_move"});
    CHECK(decides("signed: {scope: means, unless: {unsigned_because: [ward]}}").empty());
    CHECK(decides("signed: {unless: {unsigned_because: [ward]}}") == Codes{"yaml_missing_key"});
    CHECK(decides("signed: {scope: means, unless: {unsigned_because: [wards]}}") == Codes{"unknown_word"});
    const auto field = [&](const std::string& keys) {
        return codes_of("fields: [{id: trial, title: {zh: 试, en: Trial}, " + keys + ", cite: 试一}]");
    };
    CHECK(field("type: users, without_maker: reason").empty());
    CHECK(field("type: users, without_maker: reasn") == Codes{"unknown_field"});
    CHECK(field("type: count, range: [1, 24]").empty());
    CHECK(field("type: count, range: [7, 7]").empty());
    for (const char* none : {"type: count, range: [24, 1]", "type: count, range: [1]",
                             "type: count, range: [1, 2, 3]", "type: text, range: [1, 24]"})
        CHECK(field(none) == Codes{"range"});
    const auto with = [&](const std::string& keys) {
        return codes_of(
            "moves: [{id: review.serve, inherit: true, also: [{machine: allowance, move: change, with: {" +
            keys + "}}], cite: 试一}]");
    };
    CHECK(with("amount: told.amount, from_on: clock.taper").empty());
    CHECK(with("amount: told.sum") == Codes{"unknown_field"});
    CHECK(with("sum: told.amount") == Codes{"unknown_field"});
    CHECK(with("from_on: clock.month") == Codes{"unknown_clock"});
    CHECK(with("amount: paid_before.taper").empty());
    CHECK(with("amount: paid_before.wedding") == Codes{"unknown_move"});
    CHECK(with("amount: paid_before.end|taper").empty());
    CHECK(with("amount: paid_before.end|wedding") == Codes{"unknown_move"});
    for (const char* none : {"paid_before.", "paid_before.end|", "paid_before.end||taper"})
        CHECK(with(std::string("amount: ") + none) == Codes{"unknown_move"});
    CHECK(with("sum: paid_before.taper") == Codes{"unknown_field"});
}

TEST_CASE("a name that nothing states is a fault of a rhythm, of a list and of what a move waits for") {
    const auto rhythm = [](const std::string& keys) {
        const TrialLaw law;
        law.replace("packs/guangdong-2021/routes.yaml", "rhythms:\n",
                    "rhythms:\n  - {id: trial, " + keys + ", cite: 试一}\n");
        return law.fault_codes("guangdong-2021");
    };
    CHECK(rhythm("every_months: 3, of: [extreme_poverty], since: [review.keep], opens: review.open_due")
              .empty());
    CHECK(rhythm("by_validity: true, with: {cause: validity}").empty());
    CHECK(rhythm("every_months: 3, by_validity: true") == Codes{"rhythm"});
    CHECK(rhythm("of: [extreme_poverty]") == Codes{"rhythm"});
    CHECK(rhythm("every_months: 3, opens: review.open") == Codes{"rhythm_opens"});
    CHECK(rhythm("every_months: 3, of: [extreme_povert]") == Codes{"unknown_category"});
    CHECK(rhythm("every_months: 3, every_household: true, opens: review.keep") ==
          Codes{"unknown_opening_move"});
    CHECK(rhythm("every_months: 3, since: [review.kept]") == Codes{"unknown_move"});
    CHECK(rhythm("every_months: 3, ends: [exit]") == Codes{"unknown_move"});
    CHECK(rhythm("every_months: 3, of: [extreme_poverty], only_if: {stability: [shaky]}") ==
          Codes{"unknown_word"});
    CHECK(rhythm("every_months: 3, of: [extreme_poverty], with: {caus: rhythm}") == Codes{"unknown_field"});

    const auto joined = [](const std::string& text) {
        const TrialLaw law;
        law.write("packs/guangdong-2021/procedures/trial.yaml", text + "\n");
        return law.fault_codes("guangdong-2021");
    };
    const std::string listed = "listed: [{id: trial, machine: ";
    CHECK(joined(listed + "survey, under: campaign, takes: [due_on], cite: 试一}]").empty());
    CHECK(joined(listed + "surve, under: campaign, cite: 试一}]") == Codes{"unknown_machine"});
    CHECK(joined(listed + "survey, under: campain, cite: 试一}]") == Codes{"unknown_machine"});
    CHECK(joined(listed + "survey, under: campaign, takes: [due], cite: 试一}]") == Codes{"unknown_field"});
    const std::string waits = "waits: [{id: trial, move: ";
    CHECK(joined(waits + "campaign.close, machines: [survey], unless: left_because, cite: 试一}]").empty());
    CHECK(joined(waits + "campaign.shut, machines: [survey], unless: left_because, cite: 试一}]") ==
          Codes{"unknown_move"});
    CHECK(joined(waits + "campaign.close, machines: [surve], unless: left_because, cite: 试一}]") ==
          Codes{"unknown_machine"});
    CHECK(joined(waits + "campaign.close, machines: [survey], unless: because, cite: 试一}]") ==
          Codes{"unknown_field"});
    CHECK(joined(waits +
                 "campaign.close, machines: [survey], each: househol, unless: left_because, cite: 试一}]") ==
          Codes{"unknown_field"});
    // Of what was chosen: done below by these steps, since that mark, or told; said otherwise by another.
    const std::string close = waits + "warning.close, unless: undone_because, cite: 试一, ";
    CHECK(joined(close + "only_if: {branch: [push]}, done: [referral.send], since: branched, "
                         "told: [policy_told], not_by: [handle]}]")
              .empty());
    CHECK(joined(close + "done: [referral.sent]}]") == Codes{"unknown_move"});
    CHECK(joined(close + "done: [referral.send], since: branch}]") == Codes{"unknown_mark"});
    // In which cases below it counts, and what takes it back.
    const std::string done = close + "done: [referral.send], ";
    CHECK(joined(done + "done_if: {kind: [verify]}, undone_by: [referral.recall]}]").empty());
    CHECK(joined(done + "done_if: {kind: [verifies]}}]") == Codes{"unknown_word"});
    CHECK(joined(done + "done_if: {kin: [verify]}}]") == Codes{"unknown_field"});
    CHECK(joined(done + "undone_by: [referral.recalled]}]") == Codes{"unknown_move"});
    CHECK(joined(close + "told: [policy_told], undone_by: [referral.recall]}]") == Codes{"done_nothing"});
    CHECK(joined(close + "told: [policy_told], done_if: {kind: [verify]}}]") == Codes{"done_nothing"});
    CHECK(joined(close + "told: [policy]}]") == Codes{"unknown_field"});
    CHECK(joined(close + "told: [policy_told], not_by: [handl]}]") == Codes{"unknown_move"});
    CHECK(joined(close + "told: [policy_told], only_if: {outcome: [maybe]}}]") == Codes{"unknown_word"});
    CHECK(joined(close + "only_if: {branch: [push]}}]") == Codes{"waits_for_nothing"});
}

TEST_CASE(
    "a clock that takes another's place does so with a mark that a move leaves; what is not after one names "
    "it") {
    const auto clock = [](const std::string& keys) {
        const TrialLaw law;
        law.replace(
            "packs/guangdong-2021/routes.yaml", "rhythms:\n",
            "clocks:\n  - {id: trial, title: {zh: 试, en: Trial}, days: 3, kind: working, from: push, " +
                keys + ", cite: 试一}\nrhythms:\n");
        return law.fault_codes("guangdong-2021");
    };
    CHECK(clock("only_after: extended, instead_of: warning_acceptance").empty());
    CHECK(clock("only_after: extended").empty());
    CHECK(clock("only_after: prolonged") == Codes{"unknown_mark"});
    CHECK(clock("only_after: extended, instead_of: warning_acceptanc") == Codes{"unknown_clock"});
    CHECK(clock("instead_of: warning_acceptance") == Codes{"instead_of_at_once"});
    CHECK(clock("until: [verified, closed], goes_on: [closed]").empty());
    CHECK(clock("until: [verified], goes_on: [closed]") == Codes{"goes_on_no_end"});
    CHECK(clock("until: [verified, closed], goes_on: [closed], each: true") == Codes{"goes_on_each"});

    const auto move = [](const std::string& clocks) {
        const TrialLaw law;
        law.write(
            "packs/guangdong-2021/procedures/trial.yaml",
            "moves: [{id: application.extend, inherit: true, not_after: [" + clocks + "], cite: 试一}]\n");
        return law.fault_codes("guangdong-2021");
    };
    CHECK(move("whole_procedure").empty());
    CHECK(move("whole_procedur") == Codes{"unknown_clock"});
    const auto opens = [](const std::string& keys) {
        const TrialLaw law;
        law.write("packs/guangdong-2021/procedures/trial.yaml",
                  "moves: [{id: objection." + keys + ", cite: 试一}]\n");
        return law.fault_codes("guangdong-2021");
    };
    CHECK(opens("sue_decision, inherit: true, under: [review]").empty());
    CHECK(opens("sue_decision, inherit: true, under: [reviews]") == Codes{"unknown_machine"});
    CHECK(opens("sue, inherit: true, under: [review]") == Codes{"under_of_no_opening"});
    const auto pays = [](const std::string& keys) {
        const TrialLaw law;
        law.write("packs/guangdong-2021/procedures/trial.yaml",
                  "moves: [{id: allowance.admit_end, inherit: true, " + keys + ", cite: 试一}]\n");
        return law.fault_codes("guangdong-2021");
    };
    CHECK(pays("answers: [propose_end, propose]").empty());
    CHECK(pays("answers: [propose_ending]") == Codes{"unknown_move"});
    CHECK(pays("within: {claim_proposed: paid, back_proposed: owed}").empty());
    CHECK(pays("within: {claim_proposed: taken}").empty());
    CHECK(pays("within: {claim_proposed: lent}") == Codes{"yaml_unknown_word"});
    CHECK(pays("within: {claim: paid}") == Codes{"unknown_field"});
    CHECK(pays("within: {reason: paid}") == Codes{"within_no_money"});
    const TrialLaw law;
    const Loaded<Policy> policy = law.load("guangdong-2021");
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Procedures& all = policy->pack.law.procedures;
    CHECK(all.clock("whole_procedure_extended")->only_after == "extended");
    CHECK(all.clock("whole_procedure_extended")->instead_of == "whole_procedure");
    CHECK(all.machine("application")->move("extend")->not_after.size() == 2);
    const Machine& allowance = *all.machine("allowance");
    CHECK(allowance.move("admit_end")->answers == std::vector<std::string>{"propose_end"});
    CHECK(allowance.move("propose_back_pay")->within.front().second == Within::owed);
    CHECK(allowance.move("propose_ask_back")->within.front().second == Within::paid);
}

TEST_CASE(
    "with what a sum is counted, between which it lies and who takes back a proposal is read as stated") {
    const auto codes_of = [](const std::string& text) {
        const TrialLaw law;
        law.write("packs/guangdong-2021/procedures/trial.yaml", text + "\n");
        return law.fault_codes("guangdong-2021");
    };
    const auto pays = [&](const std::string& keys) {
        return codes_of("moves: [{id: emergency.pay, inherit: true, " + keys + ", cite: 试一}]");
    };
    CHECK(pays("together: {moves: [pay], days: 30, cite: 试一}").empty());
    CHECK(pays("together: {moves: [pay], same: need, day: due_on, days: 366, cite: 试一}").empty());
    CHECK(pays("together: {moves: [pai], days: 30, cite: 试一}") == Codes{"unknown_move"});
    CHECK(pays("together: {moves: [pay], same: neeed, days: 30, cite: 试一}") == Codes{"unknown_field"});
    CHECK(pays("together: {moves: [pay], day: need, days: 30, cite: 试一}") == Codes{"together_no_date"});
    CHECK(pays("together: {moves: [pay], days: 0, cite: 试一}") == Codes{"yaml_out_of_range"});
    CHECK(pays("together: {moves: [pay], days: 30}") == Codes{"yaml_missing_key"});
    CHECK(pays("zero: [amount]").empty());
    CHECK(pays("zero: [note]") == Codes{"unknown_field"});
    CHECK(pays("by_proposer: true") == Codes{"by_proposer_of_none"});
    CHECK(codes_of("moves: [{id: emergency.explain, inherit: true, together: {moves: [pay], days: 30, cite: "
                   "试一}, cite: 试一}]") == Codes{"together_no_bound"});
    const auto field = [&](const std::string& keys) {
        return codes_of("fields: [{inherit: true, cite: 试一, " + keys + "}]");
    };
    const std::string because = "because: {zh: 试, en: trial}}";
    CHECK(field("id: amount, sum: {least: 0.01, most: 5.00, " + because).empty());
    CHECK(field("id: amount, sum: {least: 5.01, most: 5.00, " + because) == Codes{"sum_range"});
    CHECK(field("id: amount, sum: {least: -1, most: 5.00, " + because) == Codes{"sum_range"});
    CHECK(field("id: persons, sum: {least: 1, most: 5, " + because) == Codes{"sum_range"});
    CHECK(field("id: amount, sum: {least: 0.01, most: 5.00}") == Codes{"yaml_missing_key"});
    const TrialLaw law;
    const Loaded<Policy> policy = law.load("guangdong-2021");
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Procedures& all = policy->pack.law.procedures;
    const auto& together = all.machine("disaster")->move("help")->together;
    REQUIRE(together.has_value());
    CHECK(together->day == "hit_on");
    CHECK(together->moves == std::vector<std::string>{"help"});
    CHECK(all.machine("allowance")->move("turn_down")->by_proposer);
    CHECK(all.field("amount")->sum->least == Money::fen(1));
    CHECK_FALSE(all.field("balance")->sum.has_value());
}

TEST_CASE(
    "what a payment may move of the time before it was begun here, and of which decisions, is the law's") {
    const auto pays = [](const std::string& keys) {
        const TrialLaw law;
        law.write("packs/guangdong-2021/procedures/trial.yaml",
                  "moves: [{id: allowance.admit_end, inherit: true, " + keys + ", cite: 试一}]\n");
        return law.fault_codes("guangdong-2021");
    };
    const std::string within = "may: [reason], within: {claim_proposed: paid}, before: ";
    CHECK(pays(within + "{since: decided_on, shown_by: reason}").empty());
    CHECK(pays(within + "{since: reason, shown_by: reason}") == Codes{"before_no_date"});
    CHECK(pays(within + "{since: decided_on, shown_by: note}") ==
          Codes{"unknown_field"});  // it does not take it
    CHECK(pays("may: [reason], before: {since: decided_on, shown_by: reason}") == Codes{"before_no_within"});
    CHECK(pays(within + "{since: decided_on}") == Codes{"yaml_missing_key"});
    const TrialLaw law;
    const Loaded<Policy> policy = law.load("guangdong-2021");
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Procedures& all = policy->pack.law.procedures;
    const Machine& allowance = *all.machine("allowance");
    REQUIRE(allowance.move("admit_back_pay")->before);
    CHECK(allowance.move("admit_back_pay")->before->since == "decided_on");
    CHECK(allowance.move("admit_back_pay")->before->shown_by == "earlier_paper");  // of the proposal
    const Move& correct = *all.machine("objection")->move("correct");
    CHECK(correct.also.front().of == AlsoRule::Of::household);
    CHECK(correct.also.back().of == AlsoRule::Of::decision);
    CHECK(correct.not_beside == std::vector<std::string>{"allowance.hold", "allowance.hold_decided"});
}

TEST_CASE("what is alone, ends after what was paid, or runs before a category names what the law has") {
    const auto trial = [](const std::string& section, const std::string& element) {
        const TrialLaw law;
        law.write("packs/guangdong-2021/procedures/trial.yaml",
                  section + ": [{id: " + element + ", cite: 试一}]\n");
        return law.fault_codes("guangdong-2021");
    };
    CHECK(trial("moves", "objection.sue_decision, inherit: true, alone: [parent]").empty());
    CHECK(trial("moves", "objection.sue_decision, inherit: true, alone: [decision]") ==
          Codes{"yaml_unknown_word"});
    CHECK(trial("follows", "trial, move: objection.lost, under: [review]").empty());
    CHECK(trial("follows", "trial, move: objection.lost, under: [reviews]") == Codes{"unknown_machine"});
    const auto ends = [&](const std::string& field) {
        return trial("moves", "allowance.admit_end, inherit: true, first_unpaid: " + field);
    };
    CHECK(ends("end_proposed").empty());
    CHECK(ends("no_such_field") == Codes{"unknown_field"});
    CHECK(ends("reason") == Codes{"first_unpaid_no_date"});
    const auto clock = [](const std::string& keys) {
        const TrialLaw law;
        law.replace(
            "packs/guangdong-2021/routes.yaml", "rhythms:\n",
            "clocks:\n  - {id: trial, title: {zh: 试, en: Trial}, days: 3, kind: working, from: push, "
            "before_category: true" +
                keys + ", cite: 试一}\nrhythms:\n");
        return law.fault_codes("guangdong-2021");
    };
    CHECK(clock(", of: [minimum_living_guarantee]").empty());
    CHECK(clock("") == Codes{"before_no_category"});

    const TrialLaw law;
    const Loaded<Policy> policy = law.load("guangdong-2021");
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Procedures& all = policy->pack.law.procedures;
    for (const char* common : {"survey_start", "whole_procedure"}) CHECK(all.clock(common)->before_category);
    CHECK_FALSE(all.clock("procedure_by_analogy")->before_category);
    for (const char* opening : {"file", "reconsider_decision", "sue_decision"})
        CHECK(all.machine("objection")->move(opening)->alone == std::vector{Alone::parent});
    const Machine& allowance = *all.machine("allowance");
    CHECK(allowance.move("back_pay")->within.front().second == Within::owed);
    CHECK(allowance.move("propose_end")->first_unpaid == "end_proposed");
    CHECK(allowance.move("admit_end")->first_unpaid == "from_on");
    CHECK(allowance.move("carry")->served_once == "decision_number");
    CHECK(allowance.move("carry")->shared_by == "decision_of_many");
    CHECK(all.field("end_proposed")->ahead == 3);
    CHECK(all.field("decided_on")->earliest == Date::from_ymd(1994, 1, 23));
    CHECK_FALSE(all.field("died_on")->ahead);
}

TEST_CASE("what is made otherwise, goes into another case or comes late names what the law states") {
    const auto codes_of = [](const std::string& move) {
        const TrialLaw law;
        law.write("packs/guangdong-2021/procedures/warning.yaml",
                  "moves: [{id: warning." + move + ", cite: 试一}]\n");
        return law.fault_codes("guangdong-2021");
    };
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
    CHECK(into("field: merged_into, clock: warning_verification, running: take_in") ==
          Codes{"yaml_missing_key"});
    CHECK(into("field: merged_into, clock: warning_verification, others: push_event") ==
          Codes{"yaml_missing_key"});
    CHECK(into("field: merged_into, others: push_event").empty());  // no clock goes over
    const auto pending = [&](const std::string& keys) {
        return codes_of("merge, inherit: true, pending: {" + keys + "}");
    };
    CHECK(pending("until: push, unless: merged_into, joins: merge").empty());
    CHECK(pending("until: pushed, unless: reason, joins: merges") ==
          Codes{"unknown_mark", "unknown_field", "unknown_move"});
    CHECK(pending("until: push, joins: visit") == Codes{"joins_nothing"});
    CHECK(pending("joins: merge") == Codes{"yaml_missing_key"});
    CHECK(codes_of("merge, inherit: true, not_beside: [allowance.hold]").empty());
    CHECK(codes_of("merge, inherit: true, not_beside: [hold]") == Codes{"unknown_move"});

    const TrialLaw law;
    const Loaded<Policy> policy = law.load("guangdong-2021");
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Procedures& all = policy->pack.law.procedures;
    const Machine& warning = *all.machine("warning");
    CHECK(warning.move("push_event")->otherwise == "push_again");
    CHECK(warning.move("merge")->into->field == "merged_into");
    const Move& accept = *all.machine("application")->move("accept");
    REQUIRE(accept.pending);
    CHECK(accept.pending->unless == "beside_because");
    CHECK(all.machine("application")->move(accept.pending->joins)->into->clock.empty());
    CHECK(*warning.move("visit")->late_after == std::vector<std::string>{"push"});
    CHECK_FALSE(warning.move("feed_back")->late_after.has_value());
    CHECK(all.machine("assistance")->move("answer")->also.front().of == AlsoRule::Of::parent);
}

TEST_CASE("an account says how long it may be and whose it is, and whoever takes it is told that too") {
    const TrialLaw law;
    const Loaded<Policy> policy = law.load("guangdong-2021");
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Procedures& all = policy->pack.law.procedures;
    const FieldRule& account = *all.field("account");
    REQUIRE(account.account.has_value());
    CHECK(account.account->least == 12);
    CHECK(account.account->most == 25);
    CHECK_FALSE(account.account->refuses_check_digit);
    CHECK(account.account->payee == "successor");
    CHECK(account.sensitive);
    CHECK_FALSE(all.field("amount")->account);
    const Machine& allowance = *all.machine("allowance");
    for (const Move& move : allowance.moves) {  // told by the proposal alone, which another person admits
        const bool takes = std::ranges::find(move.may, "account_of") != move.may.end();
        CHECK_MESSAGE(takes == (move.id == "propose_payee"), move.id);
    }
    const RouteElement* same = policy->pack.law.route_of("findings", "same_account");
    REQUIRE(same != nullptr);
    CHECK(*same->field("account") == "account");
    CHECK(*same->list("in_order") == std::vector<std::string>{"joint", "guardian", "institution"});
}

TEST_CASE("what a pack says of an account is held against what it has, and an account goes nowhere else") {
    const auto& codes_of = codes_of_review;
    const auto field = [&](const std::string& keys) {
        return codes_of("fields: [{id: trial, title: {zh: 账, en: A}, type: account, " + keys +
                        ", cite: 试一}]");
    };
    const std::string whose = ", whose: account_of";
    CHECK(field("digits: {least: 8, most: 8}" + whose).empty());
    CHECK(field("digits: {least: 12, most: 25}, check_digit: refused" + whose).empty());
    CHECK(field("digits: {least: 7, most: 25}" + whose) == Codes{"yaml_out_of_range"});
    CHECK(field("digits: {least: 12, most: 11}" + whose) == Codes{"account_digits"});
    CHECK(field("digits: {least: 12, most: 25}, check_digit: maybe" + whose) == Codes{"yaml_unknown_word"});
    CHECK(field("digits: {least: 12, most: 25}") == Codes{"yaml_missing_key"});
    CHECK(field("digits: {least: 12, most: 25}, whose: acount_of") == Codes{"unknown_field"});
    CHECK(field("digits: {least: 12, most: 25}, whose: amount") == Codes{"whose_no_word"});
    CHECK(field("digits: {least: 12, most: 25}, payee: sucessor" + whose) == Codes{"unknown_field"});

    const auto finding = [&](const std::string& keys) {
        return codes_of("findings: [{id: trial, " + keys + ", cite: 试一}]");
    };
    CHECK(finding("account: account, in_order: [joint]").empty());
    CHECK(finding("account: account").empty());
    CHECK(finding("account: amount, in_order: [joint]") == Codes{"finding_no_account"});
    CHECK(finding("account: account, in_order: [joined]") == Codes{"unknown_word"});

    const auto move = [&](const std::string& keys) {
        return codes_of("moves: [{id: review.survey, inherit: true, " + keys + ", cite: 试一}]");
    };
    CHECK(move("may: [account, account_of]") == Codes{"account_by_one"});
    const auto admitted = [&](const std::string& keys) {
        return codes_of(
            "moves: [{id: allowance.propose_payee, inherit: true,"
            " may: [account, account_paper, attachments], cite: 试一},"
            " {id: allowance.admit_payee, inherit: true, " +
            keys + ", cite: 试一}]");
    };
    CHECK(admitted("not_by: [propose_payee]").empty());
    CHECK(admitted("not_by: [turn_down]") == Codes{"account_by_one"});  // whoever told it admits it
    CHECK(admitted("answers: [propose]") == Codes{"account_by_one"});   // only turned down
    CHECK(move("only_if: {account: [x]}") == Codes{"account_stays"});
    CHECK(codes_of("follows: [{id: trial, move: review.decide, same: {reply: account}, cite: 试一}]") ==
          Codes{"account_stays"});
    CHECK(
        codes_of("fields: [{id: other, title: {zh: 账, en: A}, type: account, digits: {least: 12, most: 25},"
                 " whose: account_of, cite: 试一}]\nmoves: [{id: review.survey, inherit: true,"
                 " may: [account, other], cite: 试一}]") == Codes{"account_one", "account_by_one"});
    CHECK(move("also: [{machine: allowance, move: propose_payee, with: {payee_proposed: told.reason,"
               " reason: told.reason}}]") == Codes{"account_stays"});
}

}  // namespace doudi::policy
