// SPDX-License-Identifier: Apache-2.0
// Help for the same cause again within the year takes a reason; whoever decides is shown what was given.
#include "casework/payments/earlier_help.h"

#include <doctest/doctest.h>

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

const Actor third{UserId(7), {"township_officer"}, UnitId(2), "township", "441699101", ""};
const Fields sum{{"aid_amount", {"500000"}}, {"note", {"按会议决定"}}};

// An application that a conference decides: no figure of the place stands in its way.
template <class Engine>
CaseId discussed(Office<Engine>& office, const std::string& cause) {
    const CaseId of = office
                          .open(township, "temporary", "register",
                                {{"channel", {"window"}},
                                 {"aid_cause", {cause}},
                                 {"need", {"积蓄用尽"}},
                                 {"pledge", {"true"}},
                                 {"authorised", {"true"}}})
                          .of;
    const std::vector<std::tuple<Actor, std::string, Fields>> steps{
        {township, "accept", {}},
        {township, "survey", {{"officers", {"2", "3"}}, {"note", {"入户"}}}},
        {township, "review", {{"opinion", {"grant"}}}},
        {third, "skip_notice", {{"no_notice", {"urgent"}}, {"reason", {"住院待救助"}}}},
        {county, "discuss", {{"reason", {"超过限额"}}}}};
    for (const auto& [who, move, fields] : steps)
        REQUIRE_MESSAGE(codes_of(office.move(who, of, move, fields)).empty(), move);
    return of;
}

}  // namespace

TEST_CASE_TEMPLATE("the same cause within a year takes a reason, another cause and a year later none", Engine,
                   ENGINES) {
    Office<Engine> office;
    REQUIRE(codes_of(office.move(county, discussed(office, "illness"), "approve_discussed", sum)).empty());
    const CaseId again = discussed(office, "illness");
    const Moved refused = office.move(county, again, "approve_discussed", sum);
    REQUIRE(codes_of(refused) == Codes{"helped_before"});
    CHECK(refused.faults.front().field == "again_because");
    REQUIRE(codes_of(office.move(county, discussed(office, "schooling"), "approve_discussed", sum)).empty());
    Fields because = sum;
    because["again_because"] = {"病情反复，再次住院"};
    REQUIRE(codes_of(office.move(county, again, "approve_discussed", because)).empty());
    office.go_on(364);
    const CaseId later = discussed(office, "illness");
    CHECK(codes_of(office.move(county, later, "approve_discussed", sum)) == Codes{"helped_before"});
    office.go_on(1);
    CHECK(codes_of(office.move(county, later, "approve_discussed", sum)).empty());
}

TEST_CASE_TEMPLATE("what a household was given is told with its day and sum, of other cases alone", Engine,
                   ENGINES) {
    Office<Engine> office;
    const CaseId first = discussed(office, "illness");
    REQUIRE(codes_of(office.move(county, first, "approve_discussed", sum)).empty());
    const Date given = office.today();
    const auto of = [&](CaseId one) {
        return value(earlier_help(office.desk, office.view(one).head, office.today(), 12));
    };
    CHECK(of(first).empty());
    const CaseId now =
        office.open(township, "emergency", "report", {{"need", {"突发急病"}}, {"found_by", {"hotline"}}}).of;
    const auto told = of(now);
    REQUIRE(told.size() == 1);
    CHECK(told.front().of == first);
    CHECK(told.front().machine == "temporary");
    CHECK(told.front().on == given);
    CHECK(told.front().amount == Money::fen(500000));
    office.go_on(365);
    CHECK(of(now).empty());
}

}  // namespace doudi::casework
