// SPDX-License-Identifier: Apache-2.0
// What the law joins to a move: cases that begin below it, cases that go on beside it, and to which office
// one goes.
#include <algorithm>
#include <tuple>

#include "casework/office_test_support.h"
#include "casework/payments/earlier_help.h"
#include "casework/payments/owed.h"
#include "casework/payments/payroll.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Kind = Moved::Kind;
using Codes = std::vector<std::string>;

const Fields form{{"channel", {"window"}}, {"pledge", {"true"}}, {"authorised", {"true"}}};
const Fields home{{"officers", {"2", "3"}}, {"note", {"入户调查"}}};
const Fields granted{
    {"category", {"minimum_living_guarantee"}}, {"amount", {"50000"}}, {"differs_because", {"按入户核实"}}};
const Actor third{UserId(7), {"township_officer"}, UnitId(2), "township", "441699101", ""};
const Actor second{UserId(8), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
const Actor fund{UserId(9), {"fund_clerk"}, UnitId(1), "county", "441699", ""};
const Actor hr{UserId(10), {"partner_department"}, UnitId(4), "county", "", "hr"};

Codes codes_of(const Moved& moved) {
    Codes codes;
    for (const MoveFault& fault : moved.faults) codes.push_back(fault.code);
    return codes;
}

Fields with(Fields fields, std::string_view field, std::vector<std::string> values) {
    fields[std::string(field)] = std::move(values);
    return fields;
}

// An application that the county is to confirm; Chongqing's county confirms.
template <class Engine>
CaseId to_confirm(Office<Engine>& office, const std::string& category = "minimum_living_guarantee") {
    const CaseId of = office.open(township, "application", "register", form).of;
    office.move(township, of, "accept", {{"relatives_of_staff", {"false"}}});
    office.move(township, of, "survey", home);
    office.move(colleague, of, "review", {{"category", {category}}, {"opinion", {"grant"}}});
    office.move(third, of, "skip_notice", {{"no_notice", {"urgent"}}, {"reason", {"住院待救助"}}});
    REQUIRE(office.view(of).state.state == "to_confirm");
    return of;
}

// The allowance that a confirmation begins, being paid.
template <class Engine>
CaseId paying(Office<Engine>& office) {
    const CaseId of = to_confirm(office);
    REQUIRE(codes_of(office.move(county, of, "confirm", granted)).empty());
    const CaseId allowance = office.of_machine("allowance").front().head.id;
    office.go_on(5);
    REQUIRE(codes_of(office.move(fund, allowance, "start", {{"amount", {"50000"}}})).empty());
    return allowance;
}

template <class Engine>
std::string state_of(Office<Engine>& office, CaseId of) {
    return office.view(of).state.state;
}

// A review that was decided so: exit, taper.
template <class Engine>
CaseId decided(Office<Engine>& office, const char* kind) {
    const Fields why{{"cause", {"rhythm"}}, {"category", {"minimum_living_guarantee"}}};
    const CaseId of = office.open(township, "review", "open", why).of;
    office.move(township, of, "survey", home);
    office.move(township, of, "propose",
                {{"proposal", {kind}},
                 {"amount", {"30000"}},
                 {"reason", {"收入提高"}},
                 {"differs_because", {"已就业"}}});
    office.move(township, of, "serve_letter", {{"served_how", {"post"}}});
    office.move(township, of, "reply", {{"reply", {"无异议"}}});
    REQUIRE(codes_of(office.move(county, of, "decide", {{"decision_kind", {kind}}, {"reason", {"不再符合"}}}))
                .empty());
    return of;
}

}  // namespace

TEST_CASE_TEMPLATE("one form opens parallel matters, each at its department on the same day", Engine,
                   ENGINES) {
    Office<Engine> office;
    Fields told = with(with(form, "matters", {"employment_assistance", "education_assistance"}), "need",
                       {"失业、助学"});
    const Moved moved = office.open(township, "application", "register", told);
    REQUIRE(codes_of(moved).empty());
    const auto referrals = office.of_machine("referral");
    REQUIRE(referrals.size() == 2);
    // Each began by it, and is told once.
    CHECK(moved.followed == std::vector<CaseId>{referrals[0].head.id, referrals[1].head.id});
    for (const auto& row : referrals) {
        CHECK(row.now.state == "sent");
        CHECK(row.head.parent == moved.of);
        CHECK(value(is_sound(office.desk, row.head.id)));
    }
    CHECK(referrals[0].head.department == "hr");
    CHECK(referrals[0].head.unit == UnitId(4));
    CHECK(referrals[0].now.track == "employment_assistance");
    CHECK(referrals[1].head.department == "education");
    CHECK(referrals[1].head.unit == UnitId(6));
}

TEST_CASE_TEMPLATE("a form that names matters says what is needed, or nothing of it is kept", Engine,
                   ENGINES) {
    Office<Engine> office;
    OpenRequest request;
    request.machine = "application";
    request.pack = office.pack_id;
    request.household = HouseholdId(5);
    request.unit = township.unit;
    request.first = {"register", office.today(), with(form, "matters", {"employment_assistance"}), ""};
    const Moved refused = value(open_case(office.desk, township, request));
    CHECK(codes_of(refused) == Codes{"field_missing"});
    CHECK(refused.faults.front().field == "need");
    CHECK(office.of_machine("application").empty());
    CHECK(office.of_machine("referral").empty());
    request.first.fields.erase("matters");  // without any it need not
    CHECK(codes_of(value(open_case(office.desk, township, request))).empty());
}

TEST_CASE_TEMPLATE("an objection lost outside says why where it touches a payment, and how much by which day",
                   Engine, ENGINES) {
    Office<Engine> office("chongqing-2024");
    const Actor clerk{UserId(11), {"verification_clerk"}, UnitId(1), "county", "441699", ""};
    const CaseId of = office.objected("核对有误");
    office.move(clerk, of, "accept");
    office.move(county, of, "uphold", {{"reason", {"无误"}}, {"served_how", {"post"}}});
    office.move(second, of, "reconsider", {{"note", {"复议"}}});
    const auto lost = [&](const char* effect, Fields more = {}) {
        more["note"] = {"驳回"};
        more["payment_effect"] = {effect};
        return codes_of(office.move(county, of, "lost", std::move(more)));
    };
    const Codes one{"field_missing"};
    CHECK(lost("goes_on") == one);
    CHECK(lost("back_paid", {{"reason", {"复议决定"}}}) == one);
    CHECK(lost("recovered", {{"reason", {"复议决定"}}, {"amount", {"100"}}}) == one);
    CHECK(lost("recovered") == Codes{"field_missing", "field_missing", "field_missing"});
    CHECK(lost("none").empty());
}

TEST_CASE_TEMPLATE("payment begins on the first of the month after the confirmation, not a day before",
                   Engine, ENGINES) {
    Office<Engine> office("chongqing-2024");
    const CaseId of = to_confirm(office);  // on the 30th of June
    REQUIRE(codes_of(office.move(county, of, "confirm", granted)).empty());
    const auto allowances = office.of_machine("allowance");
    REQUIRE(allowances.size() == 1);
    const CaseId allowance = allowances.front().head.id;
    CHECK(allowances.front().head.parent == of);
    const Fields amount{{"amount", {"50000"}}};
    CHECK(codes_of(office.move(fund, allowance, "start", amount)) == Codes{"move_too_early"});
    office.go_on(1);
    for (const char* other : {"49999", "50001", "9999900"}) {
        CAPTURE(other);
        CHECK(codes_of(office.move(fund, allowance, "start", {{"amount", {other}}})) ==
              Codes{"not_as_found"});
    }
    CHECK(codes_of(office.move(fund, allowance, "start")).empty());  // what is not told is what was confirmed
    CHECK(first_of(office.view(allowance).events.back().fields, "amount") == "50000");
    CHECK(state_of(office, allowance) == "paying");
}

TEST_CASE_TEMPLATE("a category without an allowance begins none; Chongqing watches whom it refuses", Engine,
                   ENGINES) {
    Office<Engine> office("chongqing-2024");
    const CaseId marginal = to_confirm(office, "mlg_marginal_household");
    REQUIRE(
        codes_of(office.move(county, marginal, "confirm",
                             {{"differs_because", {"按入户核实"}}, {"category", {"mlg_marginal_household"}}}))
            .empty());
    CHECK(office.of_machine("allowance").empty());
    CHECK(office.of_machine("watch").empty());
    const CaseId refused = to_confirm(office);
    REQUIRE(codes_of(office.move(county, refused, "refuse",
                                 {{"differs_because", {"按入户核实"}}, {"reason", {"收入超过标准"}}}))
                .empty());
    REQUIRE(office.of_machine("watch").size() == 1);
    CHECK(office.view(office.of_machine("watch").front().head.id).state.fields.at("watch_cause").front() ==
          "refused");
    const CaseId hardship =
        office.open(township, "emergency", "report", {{"need", {"突发急病"}}, {"found_by", {"hotline"}}}).of;
    REQUIRE(codes_of(office.move(township, hardship, "decline", {{"reason", {"不属急难"}}})).empty());
    REQUIRE(office.of_machine("watch").size() == 2);
    CHECK(office.of_machine("watch").back().head.parent == hardship);
}

TEST_CASE_TEMPLATE(
    "whatever category is paid a month is paid from its confirmation, Chongqing's household of one too",
    Engine, ENGINES) {
    Office<Engine> office("chongqing-2024");
    const CaseId of = to_confirm(office, "single_person_household");
    Fields alone{{"category", {"single_person_household"}}, {"differs_because", {"按入户核实"}}};
    CHECK(codes_of(office.move(county, of, "confirm", alone)) ==
          Codes{"field_missing"});  // the sum that is paid
    CHECK(office.of_machine("allowance").empty());
    alone["amount"] = {"71700"};
    REQUIRE(codes_of(office.move(county, of, "confirm", alone)).empty());
    REQUIRE(office.of_machine("allowance").size() == 1);
    CHECK(office.of_machine("allowance").front().now.track == "single_person_household");
    for (const char* id :
         {"jinan-2024", "changsha-2025", "chongqing-2024", "guangdong-2021", "shanxi-county"}) {
        CAPTURE(id);
        const policy::Law& law = shipped(id).pack.law;
        std::vector<std::string> paid;
        for (const policy::RouteElement& one : law.routes)
            if (one.section == "allowances") paid.push_back(one.id);
        std::vector<std::string> begun =
            law.procedures.machine("application")->move("confirm")->starts.front().only_if.front().words;
        std::ranges::sort(paid);
        std::ranges::sort(begun);
        CHECK(paid == begun);
    }
}

TEST_CASE_TEMPLATE("a refusal is told in writing within three working days; a confirmation is no refusal",
                   Engine, ENGINES) {
    Office<Engine> office;
    const auto told_in_writing = [&](CaseId of) {
        std::vector<ClockReading> found = office.view(of).clocks;
        std::erase_if(found, [](const ClockReading& one) { return one.rule->id != "refusal_notice"; });
        return found;
    };
    const CaseId confirmed = to_confirm(office);
    REQUIRE(codes_of(office.move(county, confirmed, "confirm", granted)).empty());
    CHECK(told_in_writing(confirmed).empty());
    const CaseId refused = to_confirm(office);
    REQUIRE(codes_of(office.move(county, refused, "refuse",
                                 {{"differs_because", {"按入户核实"}}, {"reason", {"收入超过标准"}}}))
                .empty());
    REQUIRE(told_in_writing(refused).size() == 1);
    CHECK(told_in_writing(refused).front().due == day("2025-07-03"));  // of the 30th of June
    office.go_on(3);
    CHECK(told_in_writing(refused).front().state == ClockState::due);
    office.go_on(1);
    CHECK(told_in_writing(refused).front().state == ClockState::overdue);
    REQUIRE(codes_of(office.move(township, refused, "serve", {{"served_how", {"post"}}})).empty());
    CHECK(told_in_writing(refused).front().state == ClockState::missed);
}

TEST_CASE_TEMPLATE("a death holds what is paid, and who is left is looked after in the same step", Engine,
                   ENGINES) {
    Office<Engine> office("chongqing-2024");
    const CaseId allowance = paying(office);
    office.go_on(1);  // July is paid
    const CaseId death =
        office
            .open(township, "death", "tell",
                  {{"death_source", {"卫健"}}, {"died_on", {"2025-06-20"}}, {"death_match", {"exact"}}},
                  PersonId(7))
            .of;
    REQUIRE(codes_of(office.move(third, death, "confirm", {{"death_proof", {"visit"}}})).empty());
    CHECK(state_of(office, allowance) == "paying");  // confirmed is not held
    REQUIRE(codes_of(office.move(county, death, "hold")).empty());
    CHECK(state_of(office, allowance) == "held");
    CHECK(office.view(allowance).state.fields.at("hold_cause").front() == "death");
    // Whoever held it with the death does not let it go on again.
    CHECK(codes_of(office.move(county, allowance, "resume", {{"reason", {"误报"}}})) ==
          Codes{"move_same_person"});
    REQUIRE(codes_of(office.move(county, death, "settle", {{"survivors", {"orphan"}}})).empty());
    REQUIRE(office.of_machine("review").size() == 1);
    REQUIRE(office.of_machine("referral").size() == 1);
    const CaseView referral = office.view(office.of_machine("referral").front().head.id);
    CHECK(referral.state.track == "orphan_allowance");
    CHECK(referral.head.parent == death);
    const auto asked = [&](const char* fen) {
        return codes_of(
            office.move(county, death, "ask_back",
                        {{"amount", {fen}}, {"reason", {"死亡后多发"}}, {"due_on", {"2025-08-01"}}}));
    };
    CHECK(asked("50001") == Codes{"field_too_much"});  // no more than was paid
    CHECK(state_of(office, allowance) == "held");
    CHECK(asked("50000").empty());
    CHECK(state_of(office, allowance) == "recovering");
    CHECK(codes_of(office.move(fund, allowance, "recovered", {{"amount", {"50000"}}})).empty());
    for (const char* machine : {"death", "allowance", "review", "referral"})
        CHECK(value(is_sound(office.desk, office.of_machine(machine).front().head.id)));
}

TEST_CASE_TEMPLATE("an objection that is right is paid back; what was paid wrongly is asked back by a day",
                   Engine, ENGINES) {
    Office<Engine> office("chongqing-2024");
    const CaseId allowance = paying(office);
    REQUIRE(codes_of(office.move(fund, allowance, "hold", {{"hold_cause", {"objection"}}})).empty());
    const Actor clerk{UserId(11), {"verification_clerk"}, UnitId(1), "county", "441699", ""};
    // By another than who confirmed what is paid.
    const auto filed = [&] {
        const CaseId of = office.objected("核对有误", allowance);
        office.move(clerk, of, "accept");
        return of;
    };
    const CaseId right = filed();
    const Fields back{{"reason", {"数据有误"}}, {"payment_effect", {"back_paid"}}};
    CHECK_FALSE(codes_of(office.move(second, right, "correct", back)).empty());  // the sum is missing
    CHECK(codes_of(office.move(county, right, "correct", with(back, "amount", {"1"}))) ==
          Codes{"move_same_person"});
    CHECK(state_of(office, allowance) == "held");
    // July, in which it stands still, may be paid by its list yet; in August it is owed, and not a fen more.
    const auto corrected = [&](const char* fen) {
        return codes_of(office.move(second, right, "correct", with(back, "amount", {fen})));
    };
    CHECK(corrected("1") == Codes{"field_too_much"});
    office.go_on(30);
    CHECK(corrected("50001") == Codes{"field_too_much"});
    CHECK(state_of(office, allowance) == "held");
    CHECK(corrected("50000").empty());
    CHECK(state_of(office, allowance) == "paying");
    CHECK(office.view(allowance).events.back().move == "back_pay");
    CHECK(office.view(allowance).state.fields.at("amount").front() == "50000");
    // Once: a second objection finds nothing that is owed still.
    const CaseId again = filed();
    CHECK(codes_of(office.move(second, again, "correct", with(back, "amount", {"1"}))) ==
          Codes{"field_too_much"});
}

TEST_CASE_TEMPLATE("what is owed is ordered once, though the second decision is entered with an earlier day",
                   Engine, ENGINES) {
    Office<Engine> office("chongqing-2024");
    const CaseId allowance = paying(office);  // from the fifth of July
    REQUIRE(codes_of(office.move(fund, allowance, "hold", {{"hold_cause", {"objection"}}})).empty());
    const Actor clerk{UserId(11), {"verification_clerk"}, UnitId(1), "county", "441699", ""};
    // Against the confirmation by which it is paid, and against the payment itself.
    const CaseId confirmed = office.of_machine("application").front().head.id;
    REQUIRE(codes_of(office.move(township, confirmed, "serve", {{"served_how", {"post"}}})).empty());
    const auto filed = [&](CaseId below) {
        const CaseId of = office.objected("核对有误", below);
        REQUIRE(codes_of(office.move(clerk, of, "accept")).empty());
        return of;
    };
    const CaseId first = filed(confirmed);
    const CaseId late = filed(allowance);
    office.go_on(30);
    const auto corrected = [&](CaseId of, Date on) {
        const Fields back{{"reason", {"数据有误"}}, {"payment_effect", {"back_paid"}}, {"amount", {"50000"}}};
        return codes_of(value(move_case(office.desk, second, of, std::nullopt, {"correct", on, back, ""})));
    };
    CHECK(corrected(first, office.today()).empty());
    CHECK(corrected(late, office.today() - 2) == Codes{"field_too_much"});
    CHECK(state_of(office, late) == "accepted");
}

TEST_CASE_TEMPLATE("what the list of a month did not pay is owed once that list is closed", Engine, ENGINES) {
    Office<Engine> office("chongqing-2024");
    const CaseId allowance = paying(office);  // from the fifth of July
    REQUIRE(codes_of(office.move(second, allowance, "hold", {{"hold_cause", {"unclear"}}})).empty());
    const auto proposed = [&](const char* fen) {
        return codes_of(office.move(fund, allowance, "propose_back_pay",
                                    {{"back_proposed", {fen}}, {"reason", {"暂停期间应发"}}}));
    };
    CHECK(proposed("1") == Codes{"field_too_much"});
    const auto machines = paying_machines(office.law().procedures);
    const Month july{2025, 7};
    const PayrollNow now = value(read_payroll(office.desk, machines, UnitId(1), july));
    CHECK(
        value(close_payroll(office.desk, fund, machines, UnitId(1), july, value(sum_of(now.lines)))).total ==
        Money());
    CHECK(proposed("50001") == Codes{"field_too_much"});
    CHECK(proposed("50000").empty());
    // Had that list paid July, it could not end before August.
    const FirstEnd first =
        first_end(office.view(allowance).events, office.today(), {{july.first(), Money::fen(50000)}});
    CHECK(first.day == day("2025-08-01"));
}

TEST_CASE_TEMPLATE("a phase-out and an end reach what is paid with the letter that is served", Engine,
                   ENGINES) {
    Office<Engine> office("chongqing-2024");
    const CaseId allowance = paying(office);
    const CaseId taper = decided(office, "taper");
    REQUIRE(codes_of(office.move(township, taper, "start_taper", {{"served_how", {"post"}}})).empty());
    CHECK(state_of(office, allowance) == "tapering");
    const Fields worse{{"reason", {"困难加重"}}};
    REQUIRE(codes_of(office.move(township, taper, "propose_stop", worse)).empty());
    REQUIRE(codes_of(office.move(second, taper, "stop_taper", worse)).empty());
    CHECK(state_of(office, allowance) == "paying");
    const CaseId exit = decided(office, "exit");
    REQUIRE(codes_of(office.move(township, exit, "serve_exit", {{"served_how", {"left"}}})).empty());
    CHECK(state_of(office, allowance) == "ended");
}

TEST_CASE_TEMPLATE(
    "who left help is watched for two years in Chongqing, to their last day, by a case that is open", Engine,
    ENGINES) {
    Office<Engine> office("chongqing-2024");
    (void)paying(office);
    const CaseId exit = decided(office, "exit");
    REQUIRE(codes_of(office.move(township, exit, "serve_exit", {{"served_how", {"left"}}})).empty());
    CHECK(state_of(office, exit) == "watched");
    constexpr int months = 24;
    const Date last = office.today().plus_months(months);
    const CaseView view = office.view(exit);
    const auto watch = std::ranges::find_if(
        view.clocks, [](const ClockReading& clock) { return clock.rule->id == "exit_watch"; });
    REQUIRE(watch != view.clocks.end());
    CHECK(watch->due == last);
    CHECK(codes_of(office.move(township, exit, "end_watch")) == Codes{"move_too_early"});
    office.go_on(last - office.today());
    CHECK(codes_of(office.move(township, exit, "end_watch")) == Codes{"move_too_early"});
    CHECK(state_of(office, exit) == "watched");
    office.go_on(1);
    CHECK(codes_of(office.move(township, exit, "end_watch")).empty());
    CHECK(state_of(office, exit) == "closed");
}

TEST_CASE_TEMPLATE(
    "what is paid first from the reserve stands in the township's ledger, and no more than is there", Engine,
    ENGINES) {
    Office<Engine> office("jinan-2024");
    // Jinan's figures hold in 3701.
    const Actor town{UserId(2), {"township_officer"}, UnitId(2), "township", "370102001", ""};
    unsigned household = 20;
    const auto reported = [&] {  // of a household each: of one they would be more than it is paid at once
        OpenRequest request;
        request.machine = "emergency";
        request.pack = office.pack_id;
        request.household = HouseholdId(++household);
        request.unit = town.unit;
        request.first = {"report", office.today(), {{"need", {"突发急病"}}, {"found_by", {"hotline"}}}, ""};
        return value(open_case(office.desk, town, request)).of;
    };
    const auto pay = [&](CaseId of, const char* fen, const char* how) {
        return codes_of(office.move(town, of, "pay_first", {{"amount", {fen}}, {"paid_how", {how}}}));
    };
    CHECK(pay(reported(), "50000", "reserve") == Codes{"also_none"});
    CHECK(pay(reported(), "50000", "goods").empty());
    REQUIRE(codes_of(office.open(county, "reserve", "set_up", {{"to_unit", {"2"}}, {"amount", {"150000"}}}))
                .empty());
    const CaseId ledger =
        value(repository::select_open_of_unit(office.desk.shelf, "reserve", UnitId(2))).front().head.id;
    // A second ledger of the township would pay every sum twice.
    CHECK(codes_of(office.open(county, "reserve", "set_up", {{"to_unit", {"2"}}, {"amount", {"1"}}})) ==
          Codes{"case_not_alone"});
    CHECK(
        codes_of(office.open(county, "reserve", "set_up", {{"to_unit", {"3"}}, {"amount", {"1"}}})).empty());
    const CaseId first = reported();
    CHECK(pay(first, "100001", "reserve").front() == "field_too_much");
    // How much it may be at most is said, with the clause that says so.
    const Moved refused =
        office.move(town, first, "pay_first", {{"amount", {"100001"}}, {"paid_how", {"reserve"}}});
    CHECK(refused.faults.front().text.zh.starts_with("“金额”不得超过 1000.00 元（"));
    CHECK(refused.faults.front().text.en.starts_with("'Amount' is 1000.00 yuan at most ("));
    CHECK(pay(first, "100000", "reserve").empty());
    CHECK(office.view(ledger).state.fields.at("balance").front() == "50000");
    CHECK(pay(reported(), "50001", "reserve") == Codes{"balance_short"});
    CHECK(pay(reported(), "50000", "reserve").empty());
    CHECK(office.view(ledger).state.fields.at("balance").front() == "0");
    CHECK(office.view(ledger).events.size() == 3);
    CHECK(value(is_sound(office.desk, ledger)));
}

TEST_CASE_TEMPLATE(
    "into the reserve no more comes back than was taken from it: below, all of it, a fen above", Engine,
    ENGINES) {
    Office<Engine> office("jinan-2024");
    const Actor town{UserId(2), {"township_officer"}, UnitId(2), "township", "370102001", ""};
    const auto back = [&](const Actor& who, CaseId of, const char* fen) {
        return codes_of(office.move(who, of, "give_back", {{"amount", {fen}}, {"reason", {"退回"}}}));
    };
    const CaseId ledger =
        office.open(county, "reserve", "set_up", {{"to_unit", {"2"}}, {"amount", {"150000"}}}).of;
    REQUIRE(codes_of(office.move(county, ledger, "top_up", {{"amount", {"50000"}}})).empty());
    // What was put in was not spent.
    for (const Actor& who : {town, county}) CHECK(back(who, ledger, "1") == Codes{"field_too_much"});
    const CaseId urgent =
        office.open(town, "emergency", "report", {{"need", {"突发急病"}}, {"found_by", {"hotline"}}}).of;
    const Fields pay{{"amount", {"80000"}}, {"paid_how", {"reserve"}}};
    REQUIRE(codes_of(office.move(town, urgent, "pay_first", pay)).empty());
    CHECK(back(town, ledger, "80001") == Codes{"field_too_much"});
    CHECK(back(town, ledger, "79999").empty());
    CHECK(back(town, ledger, "2") == Codes{"field_too_much"});
    CHECK(back(county, ledger, "1").empty());
    CHECK(back(town, ledger, "1") == Codes{"field_too_much"});
    CHECK(office.view(ledger).state.fields.at("balance").front() == "200000");
    CHECK(value(is_sound(office.desk, ledger)));
}

TEST_CASE_TEMPLATE("Jinan's 1000 yuan is a household's once, of all of its applications that are pending",
                   Engine, ENGINES) {
    Office<Engine> office("jinan-2024");
    // Jinan's figures hold in 3701.
    const Actor town{UserId(2), {"township_officer"}, UnitId(2), "township", "370102001", ""};
    const Actor other{UserId(3), {"township_officer"}, UnitId(2), "township", "370102001", ""};
    const auto accepted = [&](const char* category) {
        const CaseId of = office.open(town, "application", "register", form).of;
        const Fields told{{"relatives_of_staff", {"false"}},
                          {"category", {category}},
                          {"beside_because", {"另一名成员的申请"}}};
        REQUIRE(codes_of(office.move(town, of, "accept", told)).empty());
        return of;
    };
    const auto advance = [&](const Actor& who, CaseId of) {
        return codes_of(office.move(who, of, "advance", {{"amount", {"100000"}}, {"reason", {"急需"}}}));
    };
    const CaseId one = accepted("minimum_living_guarantee");
    const CaseId beside = accepted("minimum_living_guarantee");
    const CaseId poor = accepted("extreme_poverty");
    CHECK(advance(town, one).empty());
    for (const CaseId of : {one, beside, poor}) CHECK(advance(other, of) == Codes{"move_once"});
    // What was paid is shown beside the next, with its sum.
    const auto shown = value(earlier_help(office.desk, office.view(beside).head, office.today(), 12));
    REQUIRE(shown.size() == 1);
    CHECK(shown.front().of == one);
    CHECK(shown.front().amount == Money::fen(100000));
    const Fields gone{{"reason", {"本人撤回"}}};
    CHECK(codes_of(office.move(town, one, "withdraw", gone)) == Codes{"move_same_person"});
    // Nor does it go into another, in which the sum would be had again: that one goes into it.
    const auto into = [](CaseId of) {
        return Fields{{"joined_to", {std::to_string(of.value())}}, {"reason", {"同一事项"}}};
    };
    CHECK(codes_of(office.move(other, one, "join", into(beside))) == Codes{"move_shut"});
    REQUIRE(codes_of(office.move(other, one, "withdraw", gone)).empty());
    CHECK(advance(town, beside).empty());  // nothing for which it was paid is pending
    CHECK(advance(town, poor) == Codes{"move_once"});
}

TEST_CASE_TEMPLATE("a case is handed below one's own office, to the department's in the county, nowhere else",
                   Engine, ENGINES) {
    Office<Engine> office;
    const CaseId of = office.open().of;
    CHECK(codes_of(office.move(county, of, "dispatch", {{"to_unit", {"5"}}})) == Codes{"unit_out_of_reach"});
    CHECK(codes_of(office.move(county, of, "dispatch", {{"to_unit", {"99"}}})) == Codes{"unit_unknown"});
    // A department's office would not see it: neither below one's own nor anywhere.
    CHECK(codes_of(office.move(county, of, "dispatch", {{"to_unit", {"4"}}})) == Codes{"unit_of_department"});
    const auto assisted = [&](const char* unit) {
        return codes_of(
            office.open(county, "assistance", "ask", {{"to_unit", {unit}}, {"need", {"请核实"}}}));
    };
    CHECK(assisted("4") == Codes{"unit_of_department"});
    CHECK(assisted("5").empty());
    CHECK(codes_of(office.move(county, of, "dispatch", {{"to_unit", {"2"}}})).empty());
    CHECK(codes_of(office.move(township, of, "pass_down", {{"to_unit", {"3"}}})) ==
          Codes{"unit_out_of_reach"});
    office.move(township, of, "accept");
    office.move(township, of, "help_asked", {{"reason", {"人在外地"}}});
    const auto referral =
        office.open(township, "referral", "draft", {{"kind", {"job"}}, {"need", {"失业"}}}).of;
    const auto send = [&](const char* unit) {
        return codes_of(
            office.move(township, referral, "send", {{"to_department", {"hr"}}, {"to_unit", {unit}}}));
    };
    CHECK(send("2") == Codes{"unit_out_of_reach"});
    CHECK(send("6") == Codes{"unit_out_of_reach"});  // another department's
    CHECK(send("4").empty());
}

TEST_CASE_TEMPLATE("Changsha: a department that answers that its help has ended opens the review itself",
                   Engine, ENGINES) {
    Office<Engine> office("changsha-2025");
    office.clock.advance(std::chrono::days(300));
    const auto answered = [&](const char* result) {
        const CaseId of =
            office.open(township, "referral", "draft", {{"kind", {"verify"}}, {"need", {"核实就业"}}}).of;
        REQUIRE(codes_of(office.move(township, of, "send", {{"to_department", {"hr"}}})).empty());
        office.move(hr, of, "receive");
        office.move(hr, of, "accept");
        return codes_of(office.move(hr, of, "finish", {{"result", {result}}}));
    };
    CHECK(answered("eligible").empty());
    CHECK(office.of_machine("review").empty());
    CHECK(answered("ended").empty());
    REQUIRE(office.of_machine("review").size() == 1);
    const CaseView review = office.view(office.of_machine("review").front().head.id);
    CHECK(review.state.fields.at("cause").front() == "department");
    CHECK(review.events.front().by == hr.user);
}

TEST_CASE_TEMPLATE(
    "a referral about a benefit has the benefit's own term from the day the department accepts it", Engine,
    ENGINES) {
    Office<Engine> office("changsha-2025");
    office.clock.advance(std::chrono::days(300));
    const Actor justice{UserId(12), {"partner_department"}, UnitId(4), "county", "", "justice"};
    const auto clock_for = [&](const char* benefit) {
        const CaseId of = office
                              .open(township, "referral", "draft",
                                    {{"kind", {"aid"}}, {"need", {"需要帮助"}}, {"benefit", {benefit}}})
                              .of;
        REQUIRE(codes_of(office.move(township, of, "send")).empty());
        office.move(justice, of, "receive");
        office.move(justice, of, "accept");
        const CaseView view = office.view(of);
        const auto found = std::ranges::find_if(
            view.clocks, [](const ClockReading& one) { return one.rule->id == "benefit_term"; });
        REQUIRE(found != view.clocks.end());
        return std::tuple(found->due, found->waits_for, found->cite.clause);
    };
    const auto [due, settled, clause] = clock_for("legal_aid");  // 法律援助法: seven days for the review
    CHECK(due == office.desk.calendar.due_after_natural_days(office.today(), 7).date);
    CHECK(settled.empty());
    CHECK(clause == "三(二)6");
    const auto [none, waits, own] = clock_for("education_assistance");
    CHECK_FALSE(none);
    CHECK(waits == "benefit");
}

namespace {

// A death confirmed on the first of July, a payment opened on the third: how that stands once the hold is
// written down with a day.
template <class Engine>
std::string after_hold(std::string_view on) {
    Office<Engine> office("chongqing-2024");
    office.go_on(1);
    const Fields died{
        {"death_source", {"村委会"}}, {"died_on", {"2025-06-30"}}, {"death_match", {"by_person"}}};
    const CaseId death = office.open(township, "death", "tell", died, PersonId(7)).of;
    REQUIRE(codes_of(office.move(third, death, "confirm", {{"death_proof", {"visit"}}})).empty());
    office.go_on(2);
    REQUIRE(codes_of(office.move(county, to_confirm(office), "confirm", granted)).empty());
    const CaseId allowance = office.of_machine("allowance").front().head.id;
    office.go_on(1);
    const Moved held = value(move_case(office.desk, second, death, std::nullopt, {"hold", day(on), {}, ""}));
    CHECK(codes_of(held).empty());
    CHECK(value(is_sound(office.desk, allowance)));
    return state_of(office, allowance);
}

}  // namespace

TEST_CASE_TEMPLATE("a step of an earlier day leaves alone what was opened after it: the day before, the day",
                   Engine, ENGINES) {
    CHECK(after_hold<Engine>("2025-07-02") == "to_start");
    CHECK(after_hold<Engine>("2025-07-03") == "held");
    CHECK(after_hold<Engine>("2025-07-04") == "held");
}

}  // namespace doudi::casework
