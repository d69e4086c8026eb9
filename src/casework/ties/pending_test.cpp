// SPDX-License-Identifier: Apache-2.0
// What a household asks for twice: it goes into the case that is under way, or it is said why both go on.
#include "casework/office_test_support.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Codes = std::vector<std::string>;

const Actor third{UserId(7), {"township_officer"}, UnitId(2), "township", "441699101", ""};
const Fields form{{"channel", {"window"}}, {"pledge", {"true"}}, {"authorised", {"true"}}};
const char* const guarantee = "minimum_living_guarantee";

template <class Engine>
struct Asking : Office<Engine> {
    CaseId registered(std::optional<PersonId> person = std::nullopt) {
        return this->open(township, "application", "register", form, person).of;
    }
    std::vector<MoveFault> faults(const Actor& who, CaseId of, const char* move, Fields fields) {
        return this->move(who, of, move, std::move(fields)).faults;
    }
    Codes told(const Actor& who, CaseId of, const char* move, Fields fields = {}) {
        Codes codes;
        for (const MoveFault& fault : faults(who, of, move, std::move(fields))) codes.push_back(fault.code);
        return codes;
    }
    Codes accepted(CaseId of, const char* category = "", const char* because = "") {
        Fields fields{{"relatives_of_staff", {"false"}}};
        if (*category != 0) fields["category"] = {category};
        if (*because != 0) fields["beside_because"] = {because};
        return told(township, of, "accept", std::move(fields));
    }
    Codes surveyed(CaseId of) {
        return told(township, of, "survey", {{"officers", {"2", "3"}}, {"note", {"入户"}}});
    }
    Codes reviewed(CaseId of, const char* category = guarantee) {
        return told(township, of, "review", {{"category", {category}}, {"opinion", {"grant"}}});
    }
    Codes joined(CaseId of, CaseId into) {
        return told(township, of, "join",
                    {{"joined_to", {std::to_string(into.value())}}, {"reason", {"同一事项"}}});
    }
};

}  // namespace

TEST_CASE_TEMPLATE(
    "of two applications for one thing the second goes into the first, which bears that another form came",
    Engine, ENGINES) {
    Asking<Engine> office;
    const CaseId first = office.registered();
    REQUIRE(office.accepted(first, guarantee).empty());
    const CaseId again = office.registered();
    const auto faults = office.faults(township, again, "accept",
                                      {{"relatives_of_staff", {"false"}}, {"category", {guarantee}}});
    REQUIRE(faults.size() == 1);
    CHECK(faults.front().code == "pending_beside");
    CHECK(faults.front().field == "beside_because");
    for (const std::string& said : {"第 " + std::to_string(first.value()) + " 号",
                                    std::string("并入在办申请"), std::string("与在办申请并行办理的理由")})
        CHECK_MESSAGE(faults.front().text.zh.contains(said), said);
    CHECK(faults.front().text.en.contains("case " + std::to_string(first.value())));
    CHECK(office.view(again).state.state == "registered");

    CHECK(office.joined(again, again) == Codes{"into_itself"});
    CHECK(office.joined(again, CaseId(9999)) == Codes{"into_unknown"});
    CHECK(office.joined(again, first).empty());
    CHECK(office.view(again).state.state == "joined");
    const CaseView under_way = office.view(first);
    CHECK(under_way.state.state == "accepted");
    CHECK(under_way.events.back().move == "take_in");
    CHECK(first_of(under_way.events.back().fields, taken_from_field) == std::to_string(again.value()));
    // Its day is its own still, and nothing is asked of what has gone into it.
    CHECK(under_way.state.first_on == office.today());
    CHECK(office.joined(office.registered(), again) == Codes{"into_closed"});
    for (const CaseId of : {first, again}) CHECK(value(is_sound(office.desk, of)));
}

TEST_CASE_TEMPLATE("an application goes into none that began later: nobody wins a day by a second form",
                   Engine, ENGINES) {
    Asking<Engine> office;
    const CaseId late = office.registered();
    REQUIRE(office.accepted(late, guarantee).empty());
    const CaseId lies = office.registered();
    office.go_on(1);
    const CaseId fresh = office.registered();
    CHECK(office.joined(late, fresh) == Codes{"into_later"});  // it would be accepted anew
    CHECK(office.joined(lies, fresh) == Codes{"into_later"});  // and this one be asked for anew
    REQUIRE(office.accepted(fresh, guarantee, "另一名成员的申请").empty());
    CHECK(office.joined(late, fresh) == Codes{"into_later"});
    CHECK(office.view(late).state.state == "accepted");
    CHECK(office.joined(lies, fresh).empty());  // what lies there is under way with it
    CHECK(office.joined(fresh, late).empty());
}

TEST_CASE_TEMPLATE("both go on where it is said why, once and in either of the two", Engine, ENGINES) {
    Asking<Engine> office;
    const CaseId first = office.registered();
    const CaseId beside = office.registered();
    REQUIRE(office.accepted(first, guarantee).empty());
    CHECK(office.accepted(beside, guarantee, "。") == Codes{"pending_beside"});  // says nothing
    REQUIRE(office.accepted(beside, guarantee, "分户后另一家庭的申请").empty());
    for (const CaseId of : {first, beside}) {
        REQUIRE(office.surveyed(of).empty());
        CHECK(office.reviewed(of).empty());
    }
    // A third is asked of again.
    const CaseId more = office.registered();
    CHECK(office.accepted(more, guarantee) == Codes{"pending_beside"});
    CHECK(office.accepted(more, "extreme_poverty").empty());  // for something else
}

TEST_CASE_TEMPLATE("a reason that was told of nothing, or of another, is none for what comes later", Engine,
                   ENGINES) {
    Asking<Engine> office;
    const CaseId first = office.registered();
    REQUIRE(office.accepted(first, guarantee, "另一名成员的申请").empty());  // nothing is beside it yet
    office.go_on(1);
    const CaseId second = office.registered();
    CHECK(office.accepted(second, guarantee) == Codes{"pending_beside"});
    REQUIRE(office.accepted(second, guarantee, "分户后另一家庭的申请").empty());
    office.go_on(1);
    const CaseId last = office.registered();
    CHECK(office.accepted(last, guarantee) == Codes{"pending_beside"});
    REQUIRE(office.accepted(last, guarantee, "投靠亲属的另一户").empty());
    // Each was told of what was there: nothing is asked again.
    for (const CaseId of : {first, second, last}) {
        REQUIRE(office.surveyed(of).empty());
        CHECK(office.reviewed(of).empty());
    }
}

TEST_CASE_TEMPLATE(
    "a reason that was told while the two were for different things is none once they are for one", Engine,
    ENGINES) {
    Asking<Engine> office;
    const CaseId first = office.registered();
    const CaseId again = office.registered();
    REQUIRE(office.accepted(first, guarantee).empty());
    REQUIRE(office.accepted(again, "extreme_poverty", "另一名成员的申请").empty());
    office.go_on(1);
    const Fields as_guarantee{{"category", {guarantee}}, {"reason", {"按低保办理"}}};
    CHECK(office.told(township, again, "switch", as_guarantee) == Codes{"pending_beside"});
    Fields because = as_guarantee;
    because["beside_because"] = {"分户后另一家庭的申请"};
    REQUIRE(office.told(township, again, "switch", because).empty());
    REQUIRE(office.surveyed(again).empty());
    CHECK(office.reviewed(again).empty());
}

TEST_CASE_TEMPLATE("what no category is told of may be the same, and is asked about when it is accepted",
                   Engine, ENGINES) {
    Asking<Engine> office;
    const CaseId first = office.registered();
    const CaseId again = office.registered();
    REQUIRE(office.accepted(first).empty());  // what only lies there is not under way
    for (const char* category : {"", guarantee}) {
        const auto faults = office.faults(
            township, again, "accept",
            *category == 0 ? Fields{{"relatives_of_staff", {"false"}}}
                           : Fields{{"relatives_of_staff", {"false"}}, {"category", {category}}});
        REQUIRE(faults.size() == 1);
        CHECK(faults.front().code == "pending_beside");
        CHECK(faults.front().text.zh.contains("类别未定"));
    }
    CHECK(office.accepted(again, "", "另一名成员的申请").empty());
    REQUIRE(office.surveyed(again).empty());
    CHECK(office.joined(again, first).empty());  // it was the same after all
    CHECK(office.accepted(office.registered()) == Codes{"pending_beside"});
}

TEST_CASE_TEMPLATE("of what was told for something else it is asked when it comes to the same", Engine,
                   ENGINES) {
    Asking<Engine> office;
    const CaseId first = office.registered();
    const CaseId again = office.registered();
    REQUIRE(office.accepted(first, guarantee).empty());
    REQUIRE(office.accepted(again, "extreme_poverty").empty());
    REQUIRE(office.surveyed(again).empty());
    const Fields as_guarantee{{"category", {guarantee}}, {"reason", {"按低保办理"}}};
    CHECK(office.told(township, again, "switch", as_guarantee) == Codes{"pending_beside"});
    CHECK(office.reviewed(again) == Codes{"pending_beside"});
    CHECK(office.reviewed(again, "extreme_poverty").empty());
    CHECK(office.told(township, again, "switch_reviewed", as_guarantee) == Codes{"pending_beside"});
}

TEST_CASE_TEMPLATE("what was decided is pending no more, and what is one person's is another's beside it",
                   Engine, ENGINES) {
    Asking<Engine> office;
    const CaseId first = office.registered();
    REQUIRE(office.accepted(first).empty());
    REQUIRE(office.surveyed(first).empty());
    REQUIRE(office.reviewed(first).empty());
    REQUIRE(office.told(third, first, "skip_notice", {{"no_notice", {"urgent"}}, {"reason", {"住院待救助"}}})
                .empty());
    const CaseId again = office.registered();
    CHECK(office.accepted(again, guarantee) == Codes{"pending_beside"});
    REQUIRE(office
                .told(county, first, "refuse",
                      {{"reason", {"收入超过标准"}}, {"differs_because", {"按入户核实"}}})
                .empty());
    CHECK(office.accepted(again, guarantee).empty());
    // Into what is decided nothing goes.
    CHECK(code_of(move_case(office.desk, township, again, std::nullopt,
                            {"join",
                             office.today(),
                             {{"joined_to", {std::to_string(first.value())}}, {"reason", {"同一事项"}}},
                             ""})) == "move_not_open");
    CHECK(office.view(again).state.state == "accepted");

    const char* single = "single_member_guarantee";
    REQUIRE(office.accepted(office.registered(PersonId(1)), single).empty());
    CHECK(office.accepted(office.registered(PersonId(1)), single) == Codes{"pending_beside"});
    CHECK(office.accepted(office.registered(PersonId(2)), single).empty());
    CHECK(office.accepted(office.registered(), single) == Codes{"pending_beside"});  // it may be either's
}

}  // namespace doudi::casework
