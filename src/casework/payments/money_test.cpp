// SPDX-License-Identifier: Apache-2.0
// Money has a decision behind it and goes to one case.
#include <tuple>

#include "casework/office_test_support.h"
#include "casework/payments/paid.h"
#include "casework/ties/hanging.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Codes = std::vector<std::string>;

const Actor second{UserId(8), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
const Fields earlier{
    {"basis", {"earlier"}}, {"decided_on", {"2024-11-01"}}, {"decision_number", {"样〔2024〕1号"}}};

Codes codes_of(const Moved& moved) {
    Codes codes;
    for (const MoveFault& fault : moved.faults) codes.push_back(fault.code);
    return codes;
}

Fields of(const char* category, const char* fen) {
    Fields fields = earlier;
    fields["category"] = {category};
    fields["amount"] = {fen};
    return fields;
}

template <class Engine>
struct Roll : Office<Engine> {
    using Office<Engine>::Office;
    Codes carry(const char* category, std::optional<PersonId> person = std::nullopt) {
        return codes_of(this->open(county, "allowance", "carry", of(category, "50000"), person));
    }
    CaseId paying(const char* category, const char* number = "样〔2024〕1号", const Actor& admits = second) {
        Fields fields = of(category, "50000");
        fields["decision_number"] = {number};
        const CaseId allowance = this->open(county, "allowance", "carry", fields).of;
        REQUIRE(codes_of(this->move(admits, allowance, "admit")).empty());
        return allowance;
    }
    std::string last(CaseId allowance) { return this->view(allowance).events.back().move; }
};

}  // namespace

TEST_CASE_TEMPLATE(
    "of a category, or of its exclusive group, one payment is open; of two persons each has one", Engine,
    ENGINES) {
    Roll<Engine> office;
    const char* guarantee = "minimum_living_guarantee";
    const char* single = "single_member_guarantee";
    CHECK(office.carry(guarantee).empty());
    CHECK(office.carry(guarantee) == Codes{"case_not_alone"});
    CHECK(office.carry("extreme_poverty") == Codes{"case_not_alone"});
    CHECK(office.carry(single, PersonId(1)).empty());
    CHECK(office.carry(single, PersonId(1)) == Codes{"case_not_alone"});
    CHECK(office.carry(single) == Codes{"case_not_alone"});  // whoever it is, it may be that one
    CHECK(office.carry(single, PersonId(2)).empty());
    CHECK(office.of_machine("allowance").size() == 3);
}

TEST_CASE_TEMPLATE(
    "a payment that was carried over is not started, and that is said first: then that no day has begun",
    Engine, ENGINES) {
    Roll<Engine> office;
    const CaseId of_before = office.open(county, "allowance", "carry", of("extreme_poverty", "50000")).of;
    CHECK(codes_of(office.move(second, of_before, "start")) == Codes{"move_condition", "move_no_clock"});
    CHECK(codes_of(office.move(second, of_before, "admit")).empty());
}

TEST_CASE_TEMPLATE(
    "what one proposes another admits, once; a later word takes up nothing that was turned down", Engine,
    ENGINES) {
    Roll<Engine> office;
    const CaseId of = office.paying("minimum_living_guarantee");
    const auto told = [&](const Actor& who, const char* move, Fields fields = {}) {
        return codes_of(office.move(who, of, move, std::move(fields)));
    };
    // Of what was due before it was begun here: its paper is told with the proposal.
    const Fields back{
        {"back_proposed", {"84000"}}, {"reason", {"少发"}}, {"earlier_paper", {"2024年12月清册"}}};
    CHECK(told(county, "back_pay", {{"amount", {"84000"}}, {"reason", {"x"}}}) ==
          Codes{"move_role", "before_unknown"});
    CHECK(told(second, "admit_back_pay", {{"amount", {"84000"}}}) ==
          Codes{"move_after", "not_as_found", "before_unknown"});
    CHECK(told(county, "propose_back_pay", back).empty());
    CHECK(told(county, "admit_back_pay") == Codes{"move_same_person"});
    CHECK(told(second, "admit_back_pay", {{"amount", {"84001"}}}) == Codes{"not_as_found"});
    CHECK(told(county, "turn_down", {{"reason", {"再核"}}}).empty());
    CHECK(told(county, "turn_down", {{"reason", {"再核"}}}) == Codes{"move_after"});
    CHECK(told(second, "admit_back_pay") == Codes{"move_after"});
    CHECK(told(county, "propose_back_pay", back).empty());
    CHECK(told(second, "admit_back_pay").empty());
    CHECK(told(second, "admit_back_pay") == Codes{"move_after"});
    // A hold stands at once; another confirms it, and what a case decided has nobody to confirm it.
    CHECK(told(second, "hold", {{"hold_cause", {"unclear"}}}).empty());
    CHECK(told(second, "confirm_hold", {{"reason", {"属实"}}}) == Codes{"move_same_person"});
    CHECK(told(county, "confirm_hold", {{"reason", {"属实"}}}).empty());
    CHECK(told(county, "confirm_hold", {{"reason", {"属实"}}}) == Codes{"move_after"});
}

TEST_CASE_TEMPLATE(
    "of what was carried over no more is moved than is known here, or than a paper shows of the time before",
    Engine, ENGINES) {
    Roll<Engine> office;
    const CaseId of = office.paying("minimum_living_guarantee");  // on the 30th of June, 500 yuan a month
    REQUIRE(codes_of(office.move(second, of, "hold", {{"hold_cause", {"unclear"}}})).empty());
    office.go_on(33);  // the second of August: July is owed
    const auto proposed = [&](const char* fen, const char* paper = "") {
        Fields back{{"back_proposed", {fen}}, {"reason", {"少发"}}};
        if (*paper != 0) back["earlier_paper"] = {paper};
        const Moved moved = office.move(second, of, "propose_back_pay", back);
        return moved.faults.empty() ? std::pair(std::string(), MoveFault{})
                                    : std::pair(moved.faults.front().code, moved.faults.front());
    };
    const auto [unknown, fault] = proposed("50001");
    CHECK(unknown == "before_unknown");
    CHECK(fault.field == "earlier_paper");
    // From when it is known, what is, what has to be shown, and the most: seven months before and July.
    for (const char* said : {"2025-06-30", "500.00", "启用前应发、已发的依据", "4000.00", "2024-11-01"})
        CHECK_MESSAGE(fault.text.zh.contains(said), said);
    CHECK(fault.text.en.contains("not known here"));
    CHECK(proposed("50001", "。").first == "before_unknown");  // says nothing
    CHECK(proposed("99999900", "2024年12月清册").first == "field_too_much");
    const auto [beyond, most] = proposed("400001", "2024年12月清册");
    CHECK(beyond == "field_too_much");
    for (const char* said : {"4000.00", "500.00", "2024-11-01"}) {
        CHECK_MESSAGE(most.text.zh.contains(said), said);
        CHECK_MESSAGE(most.text.en.contains(said), said);
    }
    CHECK(most.text.zh.contains("应发未发且清册不再发放的金额：本平台启用前后合计最多 4000.00 元"));
    CHECK(most.text.en.contains(
        "since the decision of 2024-11-01 no more than 4000.00 yuan was owed, not paid, "
        "and is on no list to come, on this platform and before it"));
    CHECK(proposed("50000").first.empty());
    CHECK(codes_of(office.move(county, of, "turn_down", {{"reason", {"再核"}}})).empty());
    CHECK(proposed("400000", "2024年12月清册").first.empty());
    CHECK(codes_of(office.move(county, of, "admit_back_pay")).empty());
    // It is paid back once: the paper shows no more.
    CHECK(proposed("1", "2024年12月清册").first == "field_too_much");
    // Asked back: what was paid back here, and what a paper shows of December to May.
    const auto claimed = [&](const char* fen, const char* paper = "") {
        Fields claim{{"claim_proposed", {fen}}, {"claim_due", {"2025-10-01"}}, {"reason", {"多发"}}};
        if (*paper != 0) claim["earlier_paper"] = {paper};
        return codes_of(office.move(second, of, "propose_ask_back", claim));
    };
    CHECK(claimed("400001") == Codes{"before_unknown"});
    CHECK(claimed("700001", "2024年12月清册") == Codes{"field_too_much"});
    CHECK(claimed("700000", "2024年12月清册").empty());
}

TEST_CASE_TEMPLATE(
    "an end that is undone gives what was paid before it again, and what was paid back beside it", Engine,
    ENGINES) {
    Roll<Engine> office;
    const CaseId of = office.paying("minimum_living_guarantee");
    const Fields ends{{"end_proposed", {office.today().iso()}}, {"reason", {"迁出"}}};
    REQUIRE(codes_of(office.move(county, of, "propose_end", ends)).empty());
    REQUIRE(codes_of(office.move(second, of, "admit_end")).empty());
    REQUIRE(office.view(of).state.state == "ended");
    office.go_on(40);
    const CaseId objection = office.objected("没有迁出", of);
    const Actor clerk{UserId(11), {"verification_clerk"}, UnitId(1), "county", "441699", ""};
    office.move(clerk, objection, "accept");
    const Fields right{{"reason", {"没有迁出"}},
                       {"payment_effect", {"reinstated"}},
                       {"amount", {"84000"}},
                       {"paid_case", {std::to_string(of.value())}}};
    // Another payment that goes on is not what was meant, and one that has ended is not undone by the way.
    const CaseId other = office.paying("single_member_guarantee");
    Fields wrong = right;
    wrong["paid_case"] = {std::to_string(other.value())};
    CHECK(codes_of(office.move(county, objection, "correct", wrong)) == Codes{"paid_by_other_decision"});
    CHECK(codes_of(office.move(county, objection, "correct", right)).empty());
    CHECK(office.last(other) == "admit");
    const CaseView view = office.view(of);
    CHECK(view.state.state == "paying");
    CHECK(office.last(of) == "back_pay");
    CHECK(view.events[view.events.size() - 2].move == "reinstate");
    CHECK(paid_amount(view.events) == Money::fen(50000));
    CHECK(paid_on(paid_course(view.events), office.today())->amount == Money::fen(50000));
    CHECK(value(is_sound(office.desk, of)));
    // It is paid again: no other of its kind is opened beside it.
    CHECK(office.carry("minimum_living_guarantee") == Codes{"case_not_alone"});
    // What was never ended is not begun again.
    CHECK(paid_before(view.events, "taper|change").empty());
    CHECK(paid_before(view.events, "end|admit_end") == "50000");
}

TEST_CASE_TEMPLATE("an end is not undone beside a payment that has taken its place", Engine, ENGINES) {
    Roll<Engine> office;
    const CaseId of = office.paying("minimum_living_guarantee");
    const Fields ends{{"end_proposed", {office.today().iso()}}, {"reason", {"迁出"}}};
    REQUIRE(codes_of(office.move(county, of, "propose_end", ends)).empty());
    REQUIRE(codes_of(office.move(second, of, "admit_end")).empty());
    const CaseId other = office.paying("extreme_poverty", "样〔2024〕2号");  // of the same exclusive group
    office.go_on(40);                                                        // July is over, and not paid
    const CaseId objection = office.objected("没有迁出", of);
    const Actor clerk{UserId(11), {"verification_clerk"}, UnitId(1), "county", "441699", ""};
    office.move(clerk, objection, "accept");
    const Fields right{{"reason", {"没有迁出"}},
                       {"payment_effect", {"reinstated"}},
                       {"amount", {"84000"}},
                       {"paid_case", {std::to_string(of.value())}}};
    CHECK(codes_of(office.move(county, objection, "correct", right)) == Codes{"paid_beside"});
    CHECK(office.view(of).state.state == "ended");
    CHECK(office.last(other) == "admit");
}

TEST_CASE_TEMPLATE("money goes to the payment that hangs on what was decided, and to no other that is named",
                   Engine, ENGINES) {
    Roll<Engine> office;
    const CaseId first = office.paying("minimum_living_guarantee");
    const CaseId other = office.paying("single_member_guarantee");
    const auto held = [&](CaseId of) {
        REQUIRE(codes_of(office.move(second, of, "hold", {{"hold_cause", {"objection"}}})).empty());
    };
    for (const CaseId one : {first, other}) held(one);
    office.go_on(40);  // July stood still and is over: 500 yuan are owed of each
    const Actor clerk{UserId(11), {"verification_clerk"}, UnitId(1), "county", "441699", ""};
    const auto accepted = [&](CaseId below) {
        const CaseId objection = office.objected("核对有误", below);
        REQUIRE(codes_of(office.move(clerk, objection, "accept")).empty());
        return objection;
    };
    const std::string named = std::to_string(other.value());
    Fields back{{"reason", {"数据有误"}}, {"payment_effect", {"back_paid"}}, {"amount", {"50000"}}};
    // What was decided in a case that has nothing to do with either.
    const Moved refused = office.move(county, accepted(office.decided()), "correct", back);
    REQUIRE(codes_of(refused) == Codes{"paid_by_other_decision"});
    CHECK(refused.faults.front().field == "payment_effect");
    for (const CaseId one : {first, other}) {
        const std::string number = std::to_string(one.value());
        CHECK(refused.faults.front().text.zh.contains("第 " + number + " 号"));
        CHECK(refused.faults.front().text.en.contains("case " + number));
    }
    // Against a payment itself it is that one, though another stands beside it.
    const CaseId against = accepted(first);
    Fields wrong = back;
    wrong["paid_case"] = {named};
    CHECK(codes_of(office.move(county, against, "correct", wrong)) == Codes{"paid_by_other_decision"});
    for (const CaseId one : {first, other}) CHECK(office.last(one) == "hold");
    CHECK(codes_of(office.move(county, against, "correct", back)).empty());
    CHECK(office.last(first) == "back_pay");
    CHECK(office.view(first).state.state == "paying");
    CHECK(office.last(other) == "hold");
    // That one only goes on orders nothing: of several it is said which.
    held(first);
    const auto goes_on = [&](Fields more) {
        more["reason"] = {"数据有误"};
        more["payment_effect"] = {"goes_on"};
        return code_of(move_case(office.desk, county, accepted(office.decided()), std::nullopt,
                                 {"correct", office.today(), std::move(more), ""}));
    };
    CHECK(goes_on({}) == "also_several");
    CHECK(goes_on({{"paid_case", {"999"}}}) == "also_other");
    CHECK(goes_on({{"paid_case", {named}}}) == "done");
    CHECK(office.last(first) == "hold");
    CHECK(office.last(other) == "resume");
    const Fields wrongly{{"reason", {"数据有误"}},
                         {"payment_effect", {"recovered"}},
                         {"amount", {"1"}},
                         {"due_on", {"2025-09-30"}}};
    CHECK(codes_of(office.move(county, accepted(first), "correct", wrongly)).empty());
    CHECK(office.last(first) == "ask_back");
    CHECK(office.last(other) == "resume");
}

TEST_CASE_TEMPLATE("an objection to a review moves the payment that the review moved, and no other", Engine,
                   ENGINES) {
    Roll<Engine> office("chongqing-2024");
    const CaseId first = office.paying("minimum_living_guarantee");
    const CaseId other = office.paying("single_member_guarantee");
    const Actor third{UserId(7), {"township_officer"}, UnitId(2), "township", "441699101", ""};
    const Fields why{{"cause", {"rhythm"}}, {"category", {"minimum_living_guarantee"}}};
    const CaseId review = office.open(township, "review", "open", why).of;
    const std::string named = std::to_string(first.value());
    for (const auto& [who, move, told] : std::vector<std::tuple<Actor, const char*, Fields>>{
             {township, "survey", {{"officers", {"2", "3"}}, {"note", {"入户调查"}}}},
             {township,
              "propose",
              {{"proposal", {"exit"}}, {"reason", {"收入提高"}}, {"differs_because", {"已就业"}}}},
             {township, "serve_letter", {{"served_how", {"post"}}}},
             {township, "reply", {{"reply", {"无异议"}}}},
             {county, "decide", {{"decision_kind", {"exit"}}, {"reason", {"不再符合"}}}},
             {third, "serve_exit", {{"served_how", {"left"}}, {"paid_case", {named}}}}})
        REQUIRE_MESSAGE(codes_of(office.move(who, review, move, told)).empty(), move);
    REQUIRE(office.view(first).state.state == "ended");
    const CaseHead decided = office.view(review).head;
    CHECK(value(hangs_on(office.desk, office.view(first).head, decided)));
    CHECK_FALSE(value(hangs_on(office.desk, office.view(other).head, decided)));
    // Whoever decided it judges nothing that is brought against it, nor against the payment that it ended.
    const Actor clerk{UserId(11), {"verification_clerk"}, UnitId(1), "county", "441699", ""};
    const Fields upheld{{"reason", {"无误"}}, {"served_how", {"post"}}};
    for (const CaseId below : {review, first}) {
        const CaseId objection = office.objected("没有就业", below);
        REQUIRE(codes_of(office.move(clerk, objection, "accept")).empty());
        CHECK(codes_of(office.move(county, objection, "uphold", upheld)) == Codes{"move_same_person"});
    }
    CHECK(office.last(other) == "admit");
}

TEST_CASE_TEMPLATE(
    "what an objection orders is paid by a payment that takes it, or is said to be paid otherwise", Engine,
    ENGINES) {
    Roll<Engine> office;
    const CaseId of = office.paying("minimum_living_guarantee");
    const Actor clerk{UserId(11), {"verification_clerk"}, UnitId(1), "county", "441699", ""};
    const auto corrected = [&](const char* effect, CaseId below) {
        const CaseId objection = office.objected("核对有误", below);
        office.move(clerk, objection, "accept");
        return codes_of(office.move(county, objection, "correct",
                                    {{"reason", {"数据有误"}},
                                     {"payment_effect", {effect}},
                                     {"amount", {"84000"}},
                                     {"due_on", {"2025-08-01"}}}));
    };
    const Codes none{"also_none"};
    CHECK(corrected("recovered", of) == none);  // it is paid on: whoever asks back holds it first
    CHECK(office.last(of) == "admit");
    const Fields ends{{"end_proposed", {office.today().iso()}}, {"reason", {"迁出"}}};
    REQUIRE(codes_of(office.move(county, of, "propose_end", ends)).empty());
    REQUIRE(codes_of(office.move(second, of, "admit_end")).empty());
    REQUIRE(codes_of(office.move(second, of, "settle")).empty());
    // Settled, nothing is brought below it any more, and no payment of the household is there to move.
    for (const char* effect : {"back_paid", "recovered"}) CHECK(corrected(effect, office.decided()) == none);
    for (const char* effect : {"back_paid_outside", "recovered_outside"})
        CHECK(corrected(effect, office.decided()).empty());
    CHECK(office.last(of) == "settle");
}

TEST_CASE_TEMPLATE("what has ended is settled when nothing that was proposed waits for its answer", Engine,
                   ENGINES) {
    Roll<Engine> office;
    const CaseId of = office.paying("minimum_living_guarantee");
    const auto told = [&](const Actor& who, const char* move, Fields fields = {}) {
        return codes_of(office.move(who, of, move, std::move(fields)));
    };
    CHECK(told(second, "propose", {{"proposed_amount", {"60000"}}, {"reason", {"提标"}}}).empty());
    CHECK(told(second, "propose_end", {{"end_proposed", {office.today().iso()}}, {"reason", {"迁出"}}})
              .empty());
    CHECK(told(county, "admit_end").empty());
    CHECK(told(second, "propose_ask_back",
               {{"claim_proposed", {"100"}},
                {"claim_due", {"2025-08-01"}},
                {"reason", {"多发"}},
                {"earlier_paper", {"2024年12月清册"}}})
              .empty());
    CHECK(told(second, "settle") == Codes{"move_after", "move_after"});
    CHECK(told(county, "turn_down", {{"reason", {"没有多发"}}}).empty());
    CHECK(told(second, "settle").empty());
}

TEST_CASE_TEMPLATE("to whom it is paid is proposed by one person and admitted by another, or turned down",
                   Engine, ENGINES) {
    Roll<Engine> office;
    const CaseId of = office.paying("minimum_living_guarantee");
    const auto told = [&](const Actor& who, const char* move, Fields fields = {}) {
        return codes_of(office.move(who, of, move, std::move(fields)));
    };
    const Fields spouse{{"payee_proposed", {"配偶"}}, {"reason", {"原领款人迁出"}}};
    CHECK(told(county, "change_payee", {{"successor", {"配偶"}}}) == Codes{"move_role"});  // a death's alone
    CHECK(told(county, "propose_payee", {{"payee_proposed", {"配偶"}}}) == Codes{"field_missing"});
    REQUIRE(told(county, "propose_payee", spouse).empty());
    CHECK(told(county, "admit_payee") == Codes{"move_same_person"});
    CHECK(told(second, "admit_payee", {{"successor", {"旁人"}}}) == Codes{"not_as_found"});
    CHECK(told(second, "turn_down", {{"reason", {"未见委托书"}}}).empty());
    CHECK(told(second, "admit_payee") == Codes{"move_after"});
    CHECK_FALSE(office.view(of).state.fields.contains("successor"));
    REQUIRE(told(county, "propose_payee", spouse).empty());
    CHECK(told(second, "admit_payee").empty());
    CHECK(office.view(of).state.fields.at("successor") == Codes{"配偶"});
}

TEST_CASE_TEMPLATE("an objection is ended by two: whoever filed it decides nothing, whoever accepted it may",
                   Engine, ENGINES) {
    Roll<Engine> office;
    const Actor third{UserId(12), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
    const CaseId of = office.paying("minimum_living_guarantee", "样〔2024〕1号", third);
    const CaseId objection =
        office.open(county, "objection", "file", {{"reason", {"少发"}}}, std::nullopt, of).of;
    const Codes same{"move_same_person"};
    const Fields why{{"reason", {"同一事项已复核"}}};
    CHECK(codes_of(office.move(county, objection, "decline", why)) == same);
    REQUIRE(codes_of(office.move(second, objection, "accept")).empty());
    const Fields right{{"reason", {"少发"}},
                       {"payment_effect", {"back_paid"}},
                       {"amount", {"100000"}},
                       {"earlier_paper", {"2024年12月发放清册"}}};
    CHECK(codes_of(office.move(county, objection, "correct", right)) == same);
    CHECK(codes_of(office.move(county, objection, "uphold",
                               {{"reason", {"无误"}}, {"served_how", {"post"}}})) == same);
    CHECK(office.last(of) == "admit");
    CHECK(codes_of(office.move(second, objection, "correct", right)).empty());
    CHECK(office.last(of) == "back_pay");
    // One alone ends nothing of it.
    const CaseId alone =
        office.open(county, "objection", "file", {{"reason", {"少发"}}}, std::nullopt, of).of;
    REQUIRE(codes_of(office.move(county, alone, "accept")).empty());
    CHECK(codes_of(office.move(county, alone, "correct", right)) == same);
}

TEST_CASE_TEMPLATE("whoever filed an objection, or told of what was brought outside, decides nothing of it",
                   Engine, ENGINES) {
    Roll<Engine> office;
    const Actor clerk{UserId(11), {"verification_clerk"}, UnitId(1), "county", "441699", ""};
    const auto filed = [&] {
        return office
            .open(county, "objection", "file", {{"reason", {"少发"}}}, std::nullopt, office.decided())
            .of;
    };
    const auto told = [&](const Actor& who, CaseId of, const char* move, Fields fields = {}) {
        return codes_of(office.move(who, of, move, std::move(fields)));
    };
    const Codes same{"move_same_person"};
    const Fields reason{{"reason", {"同一事项已复核"}}};
    const CaseId declined = filed();
    CHECK(told(county, declined, "decline", reason) == same);
    CHECK(told(second, declined, "decline", reason).empty());
    const CaseId of = filed();
    REQUIRE(told(clerk, of, "accept").empty());
    CHECK(told(county, of, "uphold", {{"reason", {"无误"}}, {"served_how", {"post"}}}) == same);
    const Fields right{{"reason", {"有误"}}, {"payment_effect", {"none"}}};
    CHECK(told(county, of, "correct", right) == same);
    // The household need not wait for the recheck; what it brings goes on in this case.
    REQUIRE(told(second, of, "reconsider", {{"note", {"收到复议申请副本"}}}).empty());
    const Fields lost{{"note", {"驳回"}}, {"payment_effect", {"none"}}};
    for (const Actor& who : {county, second}) {
        CHECK(told(who, of, "correct", right) == same);
        CHECK(told(who, of, "lost", lost) == same);
    }
    const Actor other{UserId(12), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
    CHECK(told(other, of, "lost", lost).empty());
}

TEST_CASE_TEMPLATE("an objection that stands below no decision is corrected, and moves no money", Engine,
                   ENGINES) {
    Roll<Engine> office;
    const CaseId of = office.paying("minimum_living_guarantee");
    REQUIRE(codes_of(office.move(second, of, "hold", {{"hold_cause", {"objection"}}})).empty());
    const CaseId objection = office.open(township, "objection", "file", {{"reason", {"核对有误"}}}).of;
    const Actor clerk{UserId(11), {"verification_clerk"}, UnitId(1), "county", "441699", ""};
    REQUIRE(codes_of(office.move(clerk, objection, "accept")).empty());
    Fields right{{"reason", {"数据有误"}}, {"amount", {"1"}}, {"due_on", {"2025-08-01"}}};
    for (const char* effect : {"back_paid", "reinstated", "recovered"}) {
        right["payment_effect"] = {effect};
        const Moved refused = office.move(county, objection, "correct", right);
        CHECK(codes_of(refused) == Codes{"not_under_decision"});
        CHECK(refused.faults.front().field == "payment_effect");
    }
    CHECK(office.last(of) == "hold");
    const Fields on{{"reason", {"数据有误"}}, {"payment_effect", {"goes_on"}}};
    // Whoever holds it judges no objection of the household: neither declines nor upholds it, nor lets the
    // payment go by it.
    const CaseId another = office.open(township, "objection", "file", {{"reason", {"再次不服"}}}).of;
    CHECK(codes_of(office.move(second, another, "decline", {{"reason", {"已复核"}}})) ==
          Codes{"move_same_person"});
    CHECK(codes_of(
              office.move(second, objection, "uphold", {{"reason", {"无误"}}, {"served_how", {"post"}}})) ==
          Codes{"move_same_person"});
    CHECK(codes_of(office.move(second, objection, "correct", on)) == Codes{"move_same_person"});
    CHECK(office.last(of) == "hold");
    CHECK(codes_of(office.move(county, objection, "correct", on)).empty());
    CHECK(office.last(of) == "resume");
    CHECK(codes_of(office.move(second, another, "decline", {{"reason", {"已复核"}}})).empty());  // it is over
}

TEST_CASE_TEMPLATE("to one decision one objection, reconsideration or suit is open at a time", Engine,
                   ENGINES) {
    Roll<Engine> office;
    const CaseId decision = office.decided();
    const auto brought = [&](const char* move, std::optional<CaseId> parent) {
        const bool is_filed = std::string_view(move) == "file";
        Fields fields;
        fields[is_filed ? "reason" : "note"] = {"不服"};
        return office.open(county, "objection", move, fields, std::nullopt, parent);
    };
    const CaseId first = brought("file", decision).of;
    for (const char* move : {"file", "reconsider_decision", "sue_decision"})
        CHECK(codes_of(brought(move, decision)) == Codes{"case_not_alone"});
    CHECK(codes_of(brought("file", office.decided())).empty());  // to another decision of the household
    for (int nth = 0; nth < 2; ++nth) CHECK(codes_of(brought("file", std::nullopt)).empty());  // to none
    REQUIRE(codes_of(office.move(second, first, "decline", {{"reason", {"已复核"}}})).empty());
    CHECK(codes_of(brought("sue_decision", decision)) == Codes{"case_not_alone"});  // it is not told yet
    REQUIRE(codes_of(office.move(second, first, "serve", {{"served_how", {"post"}}})).empty());
    const CaseId suit = brought("sue_decision", decision).of;
    CHECK(office.view(suit).state.state == "litigating");
    for (const char* move : {"file", "reconsider_decision", "sue_decision"})
        CHECK(codes_of(brought(move, decision)) == Codes{"case_not_alone"});
}

}  // namespace doudi::casework
