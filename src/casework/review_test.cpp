// SPDX-License-Identifier: Apache-2.0
// A review's amount: found on the facts, proposed by one person, decided by another, carried into what is
// paid from the month that the pack says.
#include <algorithm>

#include "casework/found.h"
#include "casework/office_test_support.h"
#include "casework/payments/paid.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Codes = std::vector<std::string>;

const Fields home{{"officers", {"2", "3"}}, {"note", {"入户调查"}}};
const Actor second{UserId(8), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
const Actor fund{UserId(9), {"fund_clerk"}, UnitId(1), "county", "441699", ""};
const std::string guarantee = "minimum_living_guarantee";

Codes codes_of(const Moved& moved) {
    Codes codes;
    for (const MoveFault& fault : moved.faults) codes.push_back(fault.code);
    return codes;
}

// What a determination found, as whoever determines hands it in.
Fields finding(const std::string& kind, const std::string& category = "", const std::string& amount = "") {
    const auto one = [](const std::string& text) {
        return text.empty() ? std::vector<std::string>() : std::vector{text};
    };
    return {{std::string(found::kind), {kind}},
            {std::string(found::category), one(category)},
            {std::string(found::amount), one(amount)},
            {std::string(found::next), one(kind == "exit" ? "mlg_marginal_household" : "")},
            {std::string(found::why), {"月人均收入变化"}},
            {std::string(found::missing),
             kind == "unknown" ? std::vector<std::string>{"家庭月收入"} : std::vector<std::string>()},
            {std::string(found::paid), {}},
            {std::string(found::income), {"63200"}}};
}

// An office in which 500 yuan are paid a month since the first of July; today is the tenth.
template <class Engine>
struct Paying : Office<Engine> {
    Paying() : Office<Engine>("chongqing-2024") {
        allowance = pay(guarantee);
        this->go_on(9);
    }
    CaseId pay(const std::string& category) {
        const CaseId of =
            this->open(law_itself, "allowance", "open", {{"category", {category}}, {"amount", {"50000"}}}).of;
        constexpr int longest = 32;
        for (int waited = 0; waited < longest; ++waited) {  // for the first of the month after
            if (told(fund, of, "start", {{"amount", {"50000"}}}).empty()) break;
            this->go_on(1);
        }
        REQUIRE(this->view(of).state.state == "paying");
        return of;
    }
    CaseId surveyed() {
        const CaseId of =
            this->open(township, "review", "open", {{"cause", {"rhythm"}}, {"category", {guarantee}}}).of;
        REQUIRE(codes_of(this->move(township, of, "survey", home)).empty());
        return of;
    }
    Codes determine(CaseId of, Fields what, const Actor& who = township) {
        if (what.contains(found::paid)) what[std::string(found::paid)] = {std::to_string(allowance.value())};
        const int seen = static_cast<int>(this->view(of).events.size());
        return codes_of(
            value(tell_found(this->desk, who, {of, seen, "determine", this->today(), std::move(what)})));
    }
    Codes told(const Actor& who, CaseId of, const char* move, Fields fields) {
        return codes_of(this->move(who, of, move, std::move(fields)));
    }
    // Served and answered, as proposed.
    void hear(CaseId of) {
        REQUIRE(told(township, of, "serve_letter", {{"served_how", {"post"}}}).empty());
        REQUIRE(told(township, of, "reply", {{"reply", {"无异议"}}}).empty());
    }
    Codes decide(CaseId of, const char* kind, Fields more = {}, const Actor& who = county) {
        more["decision_kind"] = {kind};
        more["reason"] = {"复核结果"};
        return told(who, of, "decide", std::move(more));
    }
    // A phase-out that is stopped: one proposes it, and another decides who did not decide the phase-out.
    Codes stop(CaseId of, const Actor& who = second) {
        const Fields worse{{"reason", {"困难加重"}}};
        REQUIRE(told(township, of, "propose_stop", worse).empty());
        return told(who, of, "stop_taper", worse);
    }
    // To 250 yuan from the first of the month after, decided by the county.
    CaseId tapered() {
        const CaseId of = surveyed();
        REQUIRE(determine(of, finding("exit")).empty());
        CHECK(first_of(this->view(of).state.fields, found::income) == "63200");
        const Fields taper{{"proposal", {"taper"}}, {"reason", {"就业"}}, {"amount", {"25000"}}};
        REQUIRE(told(township, of, "propose", taper).empty());
        hear(of);
        REQUIRE(decide(of, "taper").empty());
        REQUIRE(told(township, of, "start_taper", {{"served_how", {"post"}}}).empty());
        return of;
    }
    [[nodiscard]] std::vector<PaidFrom> course() { return paid_course(this->view(allowance).events); }
    [[nodiscard]] std::string paid(std::string_view on) {
        const auto steps = course();
        const PaidFrom* step = paid_on(steps, day(on));
        if (step == nullptr) return "not yet";
        if (step->ends) return "ended";
        return step->amount ? step->amount->yuan_text() : "not known";
    }
    CaseId allowance;
};

CaseEvent event(int number, const char* on, Fields fields, std::vector<std::string> marks) {
    CaseEvent one;
    one.number = number;
    one.on = day(on);
    one.fields = std::move(fields);
    one.marks = std::move(marks);
    return one;
}

}  // namespace

TEST_CASE_TEMPLATE(
    "more, or less: what is decided is paid from the first of the month after, not a day before", Engine,
    ENGINES) {
    for (const char* fen : {"62000", "38000"}) {
        CAPTURE(fen);
        Paying<Engine> office;
        const CaseId of = office.surveyed();
        REQUIRE(office.determine(of, finding("change", guarantee, fen)).empty());
        // What is not told is what was found.
        REQUIRE(
            office.told(township, of, "propose", {{"proposal", {"change"}}, {"reason", {"复核"}}}).empty());
        CHECK(first_of(office.view(of).events.back().fields, "amount") == fen);
        office.hear(of);
        CHECK(office.paid("2025-08-01") == "500.00");
        REQUIRE(office.decide(of, "change").empty());
        CHECK(first_of(office.view(of).events.back().fields, "amount") == fen);
        CHECK(office.paid("2025-08-01") == "500.00");  // decided, not yet served
        REQUIRE(office.told(township, of, "serve", {{"served_how", {"in_person"}}}).empty());
        CHECK(office.paid("2025-07-31") == "500.00");
        CHECK(office.paid("2025-08-01") == (std::string_view(fen) == "62000" ? "620.00" : "380.00"));
        const CaseView paid = office.view(office.allowance);
        CHECK(paid.state.state == "paying");
        CHECK(paid.events.back().move == "change");
        CHECK(first_of(paid.events.back().fields, "reason") == "复核结果");
        // The events alone give the same.
        CHECK(fold(paid.events) == paid.state);
        CHECK(value(is_sound(office.desk, office.allowance)));
        CHECK(value(is_sound(office.desk, of)));
    }
}

TEST_CASE_TEMPLATE("the same is kept, and what is paid has no new event", Engine, ENGINES) {
    Paying<Engine> office;
    const CaseId of = office.surveyed();
    REQUIRE(office.determine(of, finding("keep", guarantee, "50000")).empty());
    const auto events = office.view(office.allowance).events.size();
    REQUIRE(office.told(county, of, "keep", {{"reason", {"情况无变化"}}}).empty());
    CHECK(office.view(of).state.state == "closed");
    CHECK(office.view(office.allowance).events.size() == events);
    CHECK(office.paid("2025-08-01") == "500.00");
}

TEST_CASE_TEMPLATE("ended: nothing is paid from the month after the decision, and what holds now is told",
                   Engine, ENGINES) {
    Paying<Engine> office;
    const CaseId of = office.surveyed();
    REQUIRE(office.determine(of, finding("exit")).empty());
    REQUIRE(office.told(township, of, "propose", {{"proposal", {"exit"}}, {"reason", {"收入提高"}}}).empty());
    office.hear(of);
    REQUIRE(office.decide(of, "exit").empty());
    CHECK(first_of(office.view(of).state.fields, "next_category") == "mlg_marginal_household");
    REQUIRE(office.told(township, of, "serve_exit", {{"served_how", {"left"}}}).empty());
    CHECK(office.view(office.allowance).state.state == "ended");
    CHECK(office.paid("2025-07-31") == "500.00");
    CHECK(office.paid("2025-08-01") == "ended");
}

TEST_CASE_TEMPLATE("what is not known proposes nothing; whoever proposes without it says why", Engine,
                   ENGINES) {
    Paying<Engine> office;
    const CaseId of = office.surveyed();
    const Fields change{{"proposal", {"change"}}, {"reason", {"复核"}}, {"amount", {"40000"}}};
    // Nothing was determined at all.
    CHECK(office.told(township, of, "propose", change) == Codes{"differs_from_found"});
    REQUIRE(office.determine(of, finding("unknown")).empty());
    CHECK(first_of(office.view(of).state.fields, found::missing) == "家庭月收入");
    CHECK(office.told(township, of, "propose", change) == Codes{"differs_from_found"});
    CHECK(office.told(township, of, "propose", {{"proposal", {"change"}}, {"reason", {"复核"}}}) ==
          Codes{"field_missing", "differs_from_found"});
    Fields reasoned = change;
    reasoned["differs_because"] = {"收入由邻里和雇主证明"};
    CHECK(office.told(township, of, "propose", reasoned).empty());
}

TEST_CASE_TEMPLATE("another amount than was found, and another than was proposed, each want a reason", Engine,
                   ENGINES) {
    Paying<Engine> office;
    const CaseId of = office.surveyed();
    REQUIRE(office.determine(of, finding("change", guarantee, "62000")).empty());
    Fields other{{"proposal", {"change"}}, {"reason", {"复核"}}, {"amount", {"62001"}}};
    CHECK(office.told(township, of, "propose", other) == Codes{"differs_from_found"});
    CHECK(office.told(township, of, "propose", {{"proposal", {"exit"}}, {"reason", {"复核"}}}) ==
          Codes{"differs_from_found"});
    other["differs_because"] = {"另有一笔未计入的收入"};
    REQUIRE(office.told(township, of, "propose", other).empty());
    office.hear(of);
    CHECK(office.decide(of, "change", {{"amount", {"62000"}}}) == Codes{"differs_from_found"});
    CHECK(office.decide(of, "exit") == Codes{"differs_from_found"});
    REQUIRE(
        office.decide(of, "change", {{"amount", {"62000"}}, {"differs_because", {"该笔收入不计"}}}).empty());
    REQUIRE(office.told(township, of, "serve", {{"served_how", {"post"}}}).empty());
    CHECK(office.paid("2025-08-01") == "620.00");
}

TEST_CASE_TEMPLATE("whoever surveyed, determined or proposed does not decide", Engine, ENGINES) {
    Paying<Engine> office;
    const CaseId of = office.surveyed();
    REQUIRE(office.determine(of, finding("change", guarantee, "62000"), second).empty());
    const Actor both{
        township.user, {"township_officer", "county_caseworker"}, UnitId(1), "county", "441699", ""};
    REQUIRE(office.told(colleague, of, "propose", {{"proposal", {"change"}}, {"reason", {"复核"}}}).empty());
    office.hear(of);
    CHECK(office.decide(of, "change", {}, both) == Codes{"move_same_person"});    // surveyed
    CHECK(office.decide(of, "change", {}, second) == Codes{"move_same_person"});  // determined
    const Actor proposer{colleague.user, {"county_caseworker"}, UnitId(1), "county", "441699", ""};
    // Went along to the survey, and proposed.
    CHECK(office.decide(of, "change", {}, proposer) == Codes{"move_same_person", "move_same_person"});
    CHECK(office.decide(of, "change").empty());
}

TEST_CASE_TEMPLATE("what was found is told by nobody, and a new survey makes it void", Engine, ENGINES) {
    Paying<Engine> office;
    const CaseId of = office.surveyed();
    CHECK(office.told(township, of, "determine", {}) == Codes{"determined_only"});
    CHECK(office.told(township, of, "determine", {{"found_amount", {"99999"}}}) ==
          Codes{"field_unknown", "determined_only"});
    REQUIRE(office.determine(of, finding("exit")).empty());
    REQUIRE(office
                .told(township, of, "propose",
                      {{"proposal", {"taper"}}, {"reason", {"就业"}}, {"amount", {"25000"}}})
                .empty());
    office.hear(of);
    REQUIRE(office.decide(of, "taper").empty());
    REQUIRE(office.told(township, of, "start_taper", {{"served_how", {"post"}}}).empty());
    CHECK(office.paid("2025-07-31") == "500.00");
    CHECK(office.paid("2025-08-01") == "250.00");
    REQUIRE(office.stop(of).empty());
    REQUIRE(office.told(township, of, "survey", home).empty());
    CHECK(office.told(township, of, "propose", {{"proposal", {"exit"}}, {"reason", {"就业"}}}) ==
          Codes{"differs_from_found"});
}

TEST_CASE_TEMPLATE(
    "of several payments the one that was determined goes on; where none was, it has to be said", Engine,
    ENGINES) {
    Paying<Engine> office;
    const CaseId other = office.pay("single_member_guarantee");
    const auto served = [&](bool determined, Fields more = {}) {
        const CaseId of = office.surveyed();
        if (determined) REQUIRE(office.determine(of, finding("exit")).empty());
        Fields exit{
            {"proposal", {"exit"}}, {"reason", {"收入提高"}}, {"next_category", {"mlg_marginal_household"}}};
        if (!determined) exit["differs_because"] = {"全户迁出"};
        REQUIRE(office.told(township, of, "propose", exit).empty());
        office.hear(of);
        REQUIRE(office.decide(of, "exit").empty());
        more["served_how"] = {"post"};
        return code_of(move_case(office.desk, township, of, std::nullopt,
                                 {"serve_exit", office.today(), std::move(more), ""}));
    };
    CHECK(served(false) == "also_several");
    CHECK(served(false, {{"paid_case", {"999"}}}) == "also_other");
    CHECK(office.view(office.allowance).state.state == "paying");
    CHECK(served(false, {{"paid_case", {std::to_string(office.allowance.value())}}}) == "done");
    CHECK(office.view(office.allowance).state.state == "ended");
    CHECK(office.view(other).state.state == "paying");
    const CaseId third = office.pay("extreme_poverty");
    office.allowance = third;
    CHECK(served(true) == "done");
    CHECK(office.view(third).state.state == "ended");
    CHECK(office.view(other).state.state == "paying");
}

TEST_CASE("a later word takes the place of what was set from that day on; back pay sets nothing") {
    const std::vector<std::string> sets{"amount_set"};
    const std::vector<CaseEvent> events{
        event(1, "2025-06-30", {{"category", {guarantee}}}, {"granted"}),
        event(2, "2025-07-01", {{"amount", {"50000"}}}, sets),
        event(3, "2025-07-10", {{"amount", {"60000"}}, {"from_on", {"2025-09-01"}}}, sets),
        event(4, "2025-07-11", {{"amount", {"100"}}}, {}),
        event(5, "2025-07-20", {{"amount", {"40000"}}, {"from_on", {"2025-08-01"}}}, sets)};
    const auto course = paid_course(events);
    REQUIRE(course.size() == 2);
    CHECK(paid_on(course, day("2025-06-30")) == nullptr);
    CHECK(paid_on(course, day("2025-07-01"))->event == 2);
    CHECK(paid_on(course, day("2025-07-31"))->amount == Money::fen(50000));
    CHECK(paid_on(course, day("2025-08-01"))->amount == Money::fen(40000));
    CHECK(paid_on(course, day("2025-09-01"))->amount == Money::fen(40000));
    CHECK(paid_on(course, day("2025-09-01"))->category == guarantee);
}

TEST_CASE("a sum that cannot be read takes the place of the earlier one, and is neither that nor an end") {
    const std::vector<std::string> sets{"amount_set"};
    std::vector<CaseEvent> events{event(1, "2025-07-01", {{"amount", {"50000"}}}, sets),
                                  event(2, "2025-08-01", {{"amount", {"六百"}}}, sets),
                                  event(3, "2025-08-05", {}, {"tapered"})};
    events.back().move = "taper";
    const auto course = paid_course(events);
    CHECK(paid_on(course, day("2025-07-31"))->amount == Money::fen(50000));
    const PaidFrom* paid = paid_on(course, day("2025-08-01"));
    REQUIRE(paid != nullptr);
    CHECK(paid->event == 2);
    CHECK_FALSE(paid->amount);
    CHECK_FALSE(paid->ends);
    CHECK_FALSE(paid_amount(events));
    CHECK(paid_before(events, "taper") == "六百");  // no move takes that for a sum
    events.push_back(event(4, "2025-09-01", {}, {"payment_ended"}));
    CHECK(paid_course(events).back().ends);
}

TEST_CASE_TEMPLATE("what is paid is found by its household; of several by the category", Engine, ENGINES) {
    Paying<Engine> office;
    const auto paid = [&](const char* category) {
        return paid_case(office.desk, HouseholdId(5), "allowance", category);
    };
    CHECK(value(paid("")).of == office.allowance);
    CHECK(value(paid("")).amount == Money::fen(50000));
    CHECK_FALSE(value(paid_case(office.desk, HouseholdId(6), "allowance", "")).of);
    CHECK_FALSE(value(paid_case(office.desk, std::nullopt, "allowance", "")).of);
    const CaseId other = office.pay("single_member_guarantee");
    CHECK(value(paid("single_member_guarantee")).of == other);
    CHECK(code_of(paid("")) == "paid_unclear");
    const Fields ends{{"end_proposed", {office.today().iso()}}, {"reason", {"迁出"}}};
    REQUIRE(office.told(county, other, "propose_end", ends).empty());
    REQUIRE(office.told(second, other, "admit_end", {{"from_on", {office.today().iso()}}}).empty());
    CHECK(value(paid("")).of == office.allowance);
}

TEST_CASE_TEMPLATE(
    "a phase-out that stops gives the amount before it again, from the first of the month after", Engine,
    ENGINES) {
    Paying<Engine> office;  // the tenth of July; 500 yuan
    SUBCASE("on the last day of a month") {
        const CaseId of = office.tapered();
        office.go_on(52);  // the 31st of August
        REQUIRE(office.today() == day("2025-08-31"));
        REQUIRE(office.stop(of).empty());
        CHECK(office.paid("2025-07-31") == "500.00");
        CHECK(office.paid("2025-08-01") == "250.00");
        CHECK(office.paid("2025-08-31") == "250.00");
        CHECK(office.paid("2025-09-01") == "500.00");
    }
    SUBCASE("on the first day of a month") {
        const CaseId of = office.tapered();
        office.go_on(53);
        REQUIRE(office.stop(of).empty());
        CHECK(office.paid("2025-09-30") == "250.00");
        CHECK(office.paid("2025-10-01") == "500.00");
    }
    SUBCASE("before it has begun to be paid") {
        const CaseId of = office.tapered();
        REQUIRE(office.stop(of).empty());
        CHECK(office.paid("2025-07-31") == "500.00");
        CHECK(office.paid("2025-08-01") == "500.00");
    }
    SUBCASE("a payment that is held meanwhile stays held, and is worth the amount before") {
        const CaseId of = office.tapered();
        office.go_on(30);  // the ninth of August
        REQUIRE(office.told(second, office.allowance, "hold", {{"hold_cause", {"bank"}}}).empty());
        REQUIRE(office.stop(of).empty());
        CHECK(office.view(office.allowance).state.state == "held");
        CHECK(office.paid("2025-08-31") == "250.00");
        CHECK(office.paid("2025-09-01") == "500.00");
        REQUIRE(office.told(county, office.allowance, "resume", {{"reason", {"查清"}}}).empty());
        CHECK(office.view(office.allowance).state.state == "paying");
        return;
    }
    const CaseView paid = office.view(office.allowance);
    CHECK(paid.state.state == "paying");
    CHECK(paid.events.back().move == "stop_taper");
    CHECK(first_of(paid.events.back().fields, "reason") == "困难加重");
    CHECK(office.told(county, office.allowance, "stop_taper", {}).front() == "move_not_open");
    // Its own marks alone say when: what was decided first does not.
    CHECK(paid_before(paid.events, "taper") == "50000");
    CHECK(paid_before(paid.events, "hold").empty());
    CHECK(paid_before(std::span(paid.events).first(1), "open").empty());
}

TEST_CASE_TEMPLATE("a phase-out is stopped by another than who proposed that or who had decided it", Engine,
                   ENGINES) {
    Paying<Engine> office;
    const CaseId of = office.tapered();
    const Fields worse{{"reason", {"困难加重"}}};
    CHECK(office.told(second, of, "stop_taper", worse) == Codes{"move_after"});  // nobody proposed it
    CHECK(office.stop(of, county) == Codes{"move_same_person"});                 // decided the phase-out
    const Actor proposer{township.user, {"county_caseworker"}, UnitId(1), "county", "441699", ""};
    CHECK(office.told(proposer, of, "stop_taper", worse) == Codes{"move_same_person"});
    CHECK(office.told(colleague, of, "stop_taper", worse) == Codes{"move_authority"});
    CHECK(office.paid("2025-09-01") == "250.00");
    const auto waits =
        [&] {  // it ends over no word that waits for its answer, whatever else speaks against it
            const Codes codes = office.told(township, of, "end_taper", {});
            return std::ranges::count(codes, "move_after") == 1;
        };
    CHECK(waits());
    // Whoever proposed it takes it back, though the answer is for another office; nobody else does.
    CHECK(office.told(colleague, of, "keep_taper", worse) == Codes{"move_authority"});
    REQUIRE(office.told(township, of, "keep_taper", {{"reason", {"误提"}}}).empty());
    CHECK_FALSE(waits());
    CHECK(office.told(township, of, "keep_taper", worse).front() == "move_after");
    CHECK(office.stop(of, county) == Codes{"move_same_person"});
    CHECK(waits());
    REQUIRE(office.told(county, of, "keep_taper", {{"reason", {"未见加重"}}}).empty());
    CHECK_FALSE(waits());
    CHECK(office.told(second, of, "stop_taper", worse) == Codes{"move_after"});
    CHECK(office.stop(of).empty());
    CHECK(office.view(office.allowance).state.state == "paying");
}

}  // namespace doudi::casework
