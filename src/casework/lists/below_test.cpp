// SPDX-License-Identifier: Apache-2.0
// Lists, decisions and branches: a household stands on a campaign's list once, with the campaign's form; what
// was decided, listed or chosen is done before the case above it ends, or it is said why not.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "casework/office_test_support.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Codes = std::vector<std::string>;

Codes codes_of(const Moved& moved) {
    Codes codes;
    for (const MoveFault& fault : moved.faults) codes.push_back(fault.code);
    return codes;
}

template <class Engine>
struct Campaign : Office<Engine> {
    CaseId of;
    explicit Campaign(Fields plan = {}) {
        plan["instruction"] = {"年度集中排查"};
        plan["due_on"] = {"2025-09-30"};
        OpenRequest request;
        request.machine = "campaign";
        request.pack = this->pack_id;
        request.unit = county.unit;
        request.first = {"plan", this->today(), std::move(plan), ""};
        of = value(open_case(this->desk, county, request)).of;
        REQUIRE(this->move(county, of, "start", {{"due_on", {"2025-09-30"}}}).kind == Moved::Kind::made);
    }
    Moved list(unsigned household, Fields told = {}) {
        OpenRequest request;
        request.machine = "survey";
        request.pack = this->pack_id;
        request.household = HouseholdId(household);
        request.unit = township.unit;
        request.parent = of;
        request.first = {"list", this->today(), std::move(told), ""};
        return value(open_case(this->desk, county, request));
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a household stands on a list once, and has the day and the form of the campaign", Engine,
                   ENGINES) {
    Campaign<Engine> campaign(Fields{{"survey_form", {"card_holders"}}});
    const Moved first = campaign.list(5);
    REQUIRE(first.kind == Moved::Kind::made);
    const Fields told = campaign.view(first.of).events.front().fields;
    CHECK(first_of(told, "survey_form") == "card_holders");
    CHECK(first_of(told, "due_on") == "2025-09-30");
    CHECK(codes_of(campaign.list(5)) == Codes{"listed_twice"});
    CHECK(first_of(campaign.view(campaign.list(6, {{"due_on", {"2025-08-31"}}}).of).events.front().fields,
                   "due_on") == "2025-08-31");  // what is told is not taken from above
    Campaign<Engine> other;                     // another office, another list
    CHECK(other.list(5).kind == Moved::Kind::made);
    const Fields filled{{"survey_result", {"worse"}}, {"note", {"入户"}}};
    CHECK(codes_of(campaign.move(township, first.of, "fill", filled)) == Codes{"move_condition"});
    Fields card = filled;
    card["single_member_holds"] = {"holds"};
    CHECK(campaign.move(township, first.of, "fill_card_holder", card).kind == Moved::Kind::made);
}

TEST_CASE_TEMPLATE("a campaign is not summed over open surveys, unless it is said why", Engine, ENGINES) {
    Campaign<Engine> campaign;
    const CaseId survey = campaign.list(5).of;
    CHECK(codes_of(campaign.move(county, campaign.of, "sum")) == Codes{"below_open"});
    SUBCASE("it is said why") {
        CHECK(campaign.move(county, campaign.of, "sum", {{"left_because", {"外出未归"}}}).kind ==
              Moved::Kind::made);
    }
    SUBCASE("the last one is closed") {
        REQUIRE(campaign.move(township, survey, "fill", {{"survey_result", {"worse"}}, {"note", {"入户"}}})
                    .kind == Moved::Kind::made);
        CHECK(codes_of(campaign.move(county, campaign.of, "sum")) == Codes{"below_open"});
        REQUIRE(campaign.move(county, survey, "close").kind == Moved::Kind::made);
        CHECK(campaign.move(county, campaign.of, "sum").kind == Moved::Kind::made);
    }
}

TEST_CASE_TEMPLATE("a conference ends once each decision became a case and that is done", Engine, ENGINES) {
    Office<Engine> office;
    const CaseId of = office.open(county, "conference", "call", {{"reason", {"情形复杂"}}}).of;
    office.move(
        county, of, "convene",
        {{"conference_kind", {"case_conference"}}, {"agenda", {"一户一策"}}, {"due_on", {"2025-07-04"}}});
    REQUIRE(office
                .move(county, of, "hold",
                      {{"attended", {"民政"}}, {"minutes", {"纪要"}}, {"decision", {"临时救助", "联系医院"}}})
                .kind == Moved::Kind::made);
    CHECK(codes_of(office.move(county, of, "close")) == Codes{"below_missing"});
    std::vector<CaseId> tasks;
    for (const char* what : {"临时救助", "联系医院"}) {
        OpenRequest request;
        request.machine = "task";
        request.pack = office.pack_id;
        request.household = HouseholdId(5);
        request.unit = county.unit;
        request.parent = of;
        request.first = {"assign",
                         office.today(),
                         {{"to_unit", {"2"}}, {"instruction", {what}}, {"due_on", {"2025-07-11"}}},
                         ""};
        tasks.push_back(value(open_case(office.desk, county, request)).of);
        CHECK(codes_of(office.move(county, of, "close")) ==
              (tasks.size() == 1 ? Codes{"below_open", "below_missing"} : Codes{"below_open"}));
    }
    for (const CaseId task : tasks) {
        REQUIRE(office.move(township, task, "report", {{"note", {"已办"}}}).kind == Moved::Kind::made);
        REQUIRE(office.move(county, task, "close").kind == Moved::Kind::made);
    }
    CHECK(office.move(county, of, "close").kind == Moved::Kind::made);
}

namespace {

const Actor second{UserId(5), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
const Actor department{UserId(4), {"partner_department"}, UnitId(4), "county", "441699", "hr"};
const Actor provider{UserId(7), {"service_provider"}, UnitId(2), "township", "441699101", ""};
const Fields why_closed{{"reason", {"已办"}}};
const Fields informed{{"policy_told", {"temporary_assistance"}}, {"told_how", {"phone"}}};

// A warning that is true, for which a branch was chosen by the first of the county.
template <class Engine>
struct Handled : Office<Engine> {
    CaseId of;
    Handled(const std::string& pack, const std::string& branch) : Office<Engine>(pack) {
        of = this->accepted();
        handle(branch);
    }
    void handle(const std::string& branch) {
        REQUIRE(this->move(township, of, "visit", seen).kind == Moved::Kind::made);
        REQUIRE(this->move(township, of, "feed_back").kind == Moved::Kind::made);
        REQUIRE(this->move(county, of, "handle", {{"branch", {branch}}}).kind == Moved::Kind::made);
    }
    CaseId below(const Actor& who, std::string machine, std::string opening, Fields fields) {
        OpenRequest request;
        request.machine = std::move(machine);
        request.pack = this->pack_id;
        request.household = HouseholdId(5);
        request.unit = who.unit;
        request.parent = of;
        request.first = {std::move(opening), this->today(), std::move(fields), ""};
        const Moved opened = value(open_case(this->desk, who, request));
        REQUIRE(codes_of(opened) == Codes());
        return opened.of;
    }
    void go(const Actor& who, CaseId one, std::string_view step, Fields fields = {}) {
        CAPTURE(step);
        REQUIRE(codes_of(this->move(who, one, step, std::move(fields))) == Codes());
    }
    Codes close(const Actor& who = county, Fields more = {}) {
        more.insert(why_closed.begin(), why_closed.end());
        return codes_of(this->move(who, of, "close", std::move(more)));
    }
    CaseId referral(const std::string& kind = "aid") {
        return below(county, "referral", "draft", {{"kind", {kind}}, {"need", {"失业"}}});
    }
    void send(CaseId one) { go(county, one, "send", {{"to_department", {"hr"}}, {"to_unit", {"4"}}}); }
    void answer(CaseId one, const std::string& result) {
        go(department, one, "receive");
        go(department, one, "accept");
        go(department, one, "finish", {{"result", {result}}});
        CHECK(close() == Codes{"below_open"});
        go(county, one, "close");
    }
    CaseId review() {
        const CaseId one = below(county, "review", "open",
                                 {{"cause", {"warning"}}, {"category", {"minimum_living_guarantee"}}});
        CHECK(close() == Codes{"below_open"});
        go(township, one, "survey", {{"officers", {"2", "3"}}, {"note", {"入户"}}});
        CHECK(close() == Codes{"below_open"});
        return one;
    }
};

}  // namespace

TEST_CASE_TEMPLATE("A: what was to be delivered is answered or served before the warning is closed", Engine,
                   ENGINES) {
    for (const char* pack : {"guangdong-2021", "jinan-2024", "changsha-2025", "chongqing-2024"}) {
        CAPTURE(pack);
        Handled<Engine> office(pack, "deliver");
        CHECK(office.close() == Codes{"below_undone"});
        const CaseId one = office.referral();
        const Moved refused = office.move(county, office.of, "close", why_closed);
        REQUIRE(codes_of(refused) == Codes{"below_open"});
        // What is still open is named by its procedure and its number, and how it may go on all the same.
        const Text& text = refused.faults.front().text;
        CHECK(text.zh.contains(fmt::format("部门转办 {}", one.value())));
        CHECK(text.zh.contains("处置未办而办结的原因"));
        CHECK(text.en.contains(std::to_string(one.value())));
        office.send(one);
        CHECK(office.close() == Codes{"below_open"});
        office.answer(one, "helped");
        CHECK(office.close() == Codes());
    }
}

TEST_CASE_TEMPLATE("A: a service is settled before the warning is closed, and one that was recalled is none",
                   Engine, ENGINES) {
    Handled<Engine> office("guangdong-2021", "deliver");
    const CaseId recalled = office.referral();
    office.go(county, recalled, "recall", {{"reason", {"重复"}}});
    CHECK(office.close() == Codes{"below_undone"});
    const CaseId one = office.below(county, "order", "ask", {{"need", {"护理"}}, {"consent", {"true"}}});
    office.go(county, one, "order",
              {{"service", {"护理"}}, {"times", {"1"}}, {"amount", {"100"}}, {"to_unit", {"2"}}});
    office.go(provider, one, "take");
    office.go(provider, one, "serve", {{"attachments", {std::string(64, 'a')}}, {"hours", {"1"}}});
    office.go(provider, one, "finish");
    office.go(county, one, "accept", {{"satisfied", {"true"}}});
    CHECK(office.close() == Codes{"below_open"});
    office.go(second, one, "settle", {{"amount", {"100"}}});
    CHECK(office.close() == Codes());
}

TEST_CASE_TEMPLATE("A: charity that was told of is delivered; a need that was withdrawn is none", Engine,
                   ENGINES) {
    for (const char* pack : {"guangdong-2021", "jinan-2024", "changsha-2025", "chongqing-2024"}) {
        CAPTURE(pack);
        Handled<Engine> office(pack, "deliver");
        const Fields need{{"need", {"轮椅"}}, {"consent", {"true"}}};
        office.go(county, office.below(county, "charity", "tell", need), "withdraw", {{"reason", {"已有"}}});
        CHECK(office.close() == Codes{"below_undone"});
        const CaseId one = office.below(county, "charity", "tell", need);
        office.go(county, one, "offer", {{"donor", {"某商会"}}, {"offer", {"轮椅一辆"}}});
        office.go(county, one, "match", {{"donor", {"某商会"}}});
        office.go(county, one, "deliver", {{"amount", {"80000"}}, {"consent", {"true"}}});
        const Moved refused = office.move(county, office.of, "close", why_closed);
        REQUIRE(codes_of(refused) == Codes{"below_open"});
        CHECK(refused.faults.front().text.zh.contains(fmt::format("慈善帮扶 {}", one.value())));
        office.go(second, one, "report", {{"note", {"已交付并回访"}}});
        CHECK(office.close() == Codes());
    }
}

TEST_CASE_TEMPLATE("B: who is to be taken in has had the decision of an application served", Engine,
                   ENGINES) {
    Handled<Engine> office("guangdong-2021", "enrol");
    CHECK(office.close() == Codes{"below_undone"});
    const Fields form = {{"channel", {"discovered"}}, {"pledge", {"true"}}, {"authorised", {"true"}}};
    // One that was not accepted has its letter served, and nobody decided whether they are taken in.
    const CaseId declined = office.below(township, "application", "register", form);
    office.go(township, declined, "decline", {{"reason", {"本人放弃"}}});
    CHECK(office.close() == Codes{"below_open"});
    office.go(township, declined, "serve", {{"served_how", {"post"}}});
    CHECK(office.close() == Codes{"below_undone"});
    const CaseId one = office.below(township, "application", "register", form);
    office.go(township, one, "accept",
              {{"relatives_of_staff", {"false"}}, {"category", {"minimum_living_guarantee"}}});
    office.go(township, one, "survey", {{"officers", {"2", "3"}}, {"note", {"入户"}}});
    office.go(township, one, "review", {{"category", {"minimum_living_guarantee"}}, {"opinion", {"refuse"}}});
    office.go(township, one, "post", {{"attachments", {std::string(64, 'a')}}});
    office.go_on(20);
    office.go(township, one, "end_notice");
    office.go(county, one, "refuse", {{"reason", {"收入超过标准"}}, {"differs_because", {"入户核实"}}});
    CHECK(office.close() == Codes{"below_open"});
    office.go(township, one, "serve", {{"served_how", {"post"}}});
    CHECK(office.close() == Codes());
}

TEST_CASE_TEMPLATE("B: what is pushed was sent, and the household was told where the notice wants it", Engine,
                   ENGINES) {
    for (const auto& [pack, wants_telling] :
         {std::pair("guangdong-2021", false), std::pair("shanxi-county", false),
          std::pair("jinan-2024", true), std::pair("changsha-2025", true),
          std::pair("chongqing-2024", true)}) {
        CAPTURE(pack);
        Handled<Engine> office(pack, "push");
        CHECK(office.close() ==
              (wants_telling ? Codes{"below_undone", "told_missing"} : Codes{"below_undone"}));
        office.send(office.referral());
        CHECK(office.close() == (wants_telling ? Codes{"told_missing"} : Codes()));
        if (!wants_telling) continue;
        CHECK(codes_of(office.move(township, office.of, "tell_policy",
                                   {{"policy_told", {"temporary_assistance"}}})) == Codes{"field_missing"});
        office.go(township, office.of, "tell_policy", informed);
        CHECK(office.close() == Codes());
    }
}

TEST_CASE_TEMPLATE("B: a referral that was recalled or came back was not pushed", Engine, ENGINES) {
    for (const char* pack :
         {"guangdong-2021", "shanxi-county", "jinan-2024", "changsha-2025", "chongqing-2024"}) {
        CAPTURE(pack);
        Handled<Engine> office(pack, "push");
        office.go(township, office.of, "tell_policy", informed);
        const CaseId recalled = office.referral();
        office.send(recalled);
        office.go(county, recalled, "recall", {{"reason", {"重复"}}});
        const Moved none = office.move(county, office.of, "close", why_closed);
        REQUIRE(codes_of(none) == Codes{"below_undone"});
        CHECK(none.faults.front().text.zh.contains("“部门转办·转办”"));
        const CaseId one = office.referral();
        office.send(one);
        office.go(department, one, "return", {{"reason", {"不属本部门"}}});
        const Moved back = office.move(county, office.of, "close", why_closed);
        REQUIRE(codes_of(back) == Codes{"below_open"});  // it waits to be sent again, or recalled
        CHECK(back.faults.front().text.zh.contains(fmt::format("部门转办 {}", one.value())));
        office.send(one);
        office.go(department, one, "receive");
        office.go(department, one, "return", {{"reason", {"材料不清"}}});
        CHECK(office.close() == Codes{"below_open"});
        office.send(one);
        CHECK(office.close() == Codes());
    }
}

TEST_CASE_TEMPLATE("B: an application that was withdrawn was not pushed", Engine, ENGINES) {
    Handled<Engine> office("guangdong-2021", "push");
    const Fields form = {{"channel", {"discovered"}}, {"pledge", {"true"}}, {"authorised", {"true"}}};
    const CaseId gone = office.below(township, "application", "register", form);
    office.go(township, gone, "accept", {{"relatives_of_staff", {"false"}}});
    office.go(township, gone, "withdraw", {{"reason", {"本人撤回"}}});
    CHECK(office.close() == Codes{"below_undone"});
    const CaseId one = office.below(township, "application", "register", form);
    office.go(township, one, "accept", {{"relatives_of_staff", {"false"}}});
    CHECK(office.close() == Codes());
}

TEST_CASE_TEMPLATE("B: who was told at the door was told", Engine, ENGINES) {
    Office<Engine> office("jinan-2024");
    const CaseId of = office.accepted();
    Fields told = seen;
    told["policy_told"] = {"temporary_assistance"};
    CHECK(codes_of(office.move(township, of, "visit", told)) == Codes{"field_missing"});  // how
    told["told_how"] = {"face"};
    REQUIRE(codes_of(office.move(township, of, "visit", told)) == Codes());
    office.move(township, of, "feed_back");
    REQUIRE(codes_of(office.move(county, of, "handle", {{"branch", {"push"}}})) == Codes());
    CHECK(codes_of(office.move(county, of, "close", why_closed)) == Codes{"below_undone"});
}

TEST_CASE_TEMPLATE("C: a conference was held to its end; one that was dropped is none", Engine, ENGINES) {
    for (const char* pack :
         {"guangdong-2021", "jinan-2024", "changsha-2025", "chongqing-2024", "shanxi-county"}) {
        CAPTURE(pack);
        Handled<Engine> office(pack, "conference");
        const bool by_township = std::string_view(pack) == "shanxi-county";
        const Actor& convener = by_township ? township : county;
        CHECK(office.close() == Codes{"below_undone"});
        const CaseId dropped = office.below(county, "conference", "call", {{"reason", {"复杂"}}});
        CHECK(office.close() == Codes{"below_open"});
        office.go(county, dropped, "drop", {{"reason", {"重复"}}});
        CHECK(office.close() == Codes{"below_undone"});
        const CaseId one = office.below(county, "conference", "call", {{"reason", {"复杂"}}});
        office.go(
            convener, one, "convene",
            {{"conference_kind", {"case_conference"}}, {"agenda", {"个案"}}, {"due_on", {"2025-07-04"}}});
        office.go(county, one, "hold",
                  {{"attended", {"民政"}}, {"minutes", {"纪要"}}, {"decision", {"临时救助"}}});
        CHECK(office.close() == Codes{"below_open"});
        office.go(county, one, "close", {{"left_because", {"当场落实"}}});
        CHECK(office.close() == Codes());
    }
}

TEST_CASE_TEMPLATE("D: a review has decided, or the department has answered where the notice lets it", Engine,
                   ENGINES) {
    for (const char* pack : {"changsha-2025", "chongqing-2024"}) {
        CAPTURE(pack);
        Handled<Engine> kept(pack, "terminate");
        CHECK(kept.close() == Codes{"below_undone"});
        kept.go(county, kept.review(), "keep", {{"reason", {"仍符合"}}});
        CHECK(kept.close() == Codes());

        Handled<Engine> ended(pack, "terminate");
        const CaseId one = ended.review();
        ended.go(township, one, "propose",
                 {{"proposal", {"exit"}}, {"reason", {"收入提高"}}, {"differs_because", {"入户核实"}}});
        ended.go(township, one, "serve_letter", {{"served_how", {"in_person"}}});
        ended.go(county, one, "reply", {{"reply", {"无异议"}}});
        CHECK(ended.close() == Codes{"below_open"});
        ended.go(second, one, "decide",
                 {{"decision_kind", {"exit"}}, {"reason", {"不再符合"}}, {"differs_because", {"入户核实"}}});
        CHECK(ended.close() == Codes());  // it is decided; the review itself goes on
        CHECK_FALSE(ended.view(ended.of).children.front().now.is_closed);

        Handled<Engine> asked(pack, "terminate");
        const CaseId question = asked.referral("verify");
        asked.send(question);
        asked.answer(question, "eligible");
        CHECK(asked.close() == Codes());
    }
}

TEST_CASE_TEMPLATE("D: help that a department gave says nothing of eligibility", Engine, ENGINES) {
    for (const char* pack : {"changsha-2025", "chongqing-2024"}) {
        for (const char* kind : {"aid", "job"}) {
            CAPTURE(pack);
            CAPTURE(kind);
            Handled<Engine> office(pack, "terminate");
            const CaseId help = office.referral(kind);
            office.send(help);
            office.go(department, help, "receive");
            office.go(department, help, "accept");
            office.go(department, help, "finish", {{"result", {"helped"}}});
            office.go(county, help, "close");
            const Moved refused = office.move(county, office.of, "close", why_closed);
            REQUIRE(codes_of(refused) == Codes{"below_undone"});
            CHECK(refused.faults.front().text.zh.contains("“转办事项”须为“核实资格”"));
            CHECK(refused.faults.front().text.en.contains("with 'What is asked': 'Verify eligibility'"));
            const CaseId open = office.referral(kind);  // nor does it hinder what is said of it
            const CaseId question = office.referral("verify");
            office.send(question);
            CHECK(office.close() == Codes{"below_open"});
            office.answer(question, "eligible");
            CHECK(office.close() == Codes());
            CHECK(office.view(open).state.state == "drafted");
        }
    }
}

TEST_CASE_TEMPLATE("what was done for an earlier choice is not done for a later one", Engine, ENGINES) {
    Handled<Engine> office("guangdong-2021", "push");
    office.send(office.referral());
    office.go_on(1);
    office.go(program, office.of, "push_again", {{"event", {"2"}}});
    office.handle("push");
    CHECK(office.close() == Codes{"below_undone"});
    office.send(office.referral());
    CHECK(office.close() == Codes());
}

TEST_CASE_TEMPLATE("another person than who chose the branch says why it is closed all the same", Engine,
                   ENGINES) {
    Handled<Engine> office("guangdong-2021", "conference");
    const CaseId one = office.below(county, "conference", "call", {{"reason", {"复杂"}}});
    const Fields undone{{"undone_because", {"no_need"}}};
    CHECK(office.close(county, undone) == Codes{"unless_same_person"});
    CHECK(office.close(second) == Codes{"below_open"});
    CHECK(office.close(second, {{"undone_because", {"just so"}}}) == Codes{"field_word"});
    CHECK(office.close(second, undone) == Codes());
    CHECK_FALSE(office.view(one).state.state == "closed");  // a person ends it, or goes on with it
}

}  // namespace doudi::casework
