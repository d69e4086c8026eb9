// SPDX-License-Identifier: Apache-2.0
// Lists and decisions: a household stands on a campaign's list once, with the campaign's form; what was
// decided or listed is done before the case above it ends, or it is said why not.
#include <algorithm>

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

}  // namespace doudi::casework
