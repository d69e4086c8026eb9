// SPDX-License-Identifier: Apache-2.0
// A case of somebody who was on no register goes to their household by a person's word, and by another one to
// another household, or to none again; one that was about a household stays with it. So does an emergency of
// nobody who was known, and what was paid in it counts as help of that household.
#include "casework/ties/tying.h"

#include <fmt/format.h>

#include "casework/office_test_support.h"
#include "casework/payments/earlier_help.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

template <class Engine>
struct Tying : Office<Engine> {
    CaseId of = opened(std::nullopt);

    CaseId opened(std::optional<HouseholdId> household) {
        OpenRequest request;
        request.machine = "application";
        request.pack = this->pack_id;
        request.household = household;
        request.unit = township.unit;
        request.first = {"register",
                         this->today(),
                         {{"channel", {"online"}}, {"pledge", {"true"}}, {"authorised", {"true"}}},
                         ""};
        const Moved moved = value(open_case(this->desk, township, request));
        REQUIRE(moved.kind == Moved::Kind::made);
        return moved.of;
    }
    Moved tie(CaseId one, unsigned household, std::string because = "核对了户口簿和身份证") {
        const int seen = static_cast<int>(this->view(one).events.size());
        Fields told{{"tied_because", {std::move(because)}}, {"tied_from", {"LC999999"}}};
        return value(tie_case(this->desk, township,
                              {one,
                               seen,
                               HouseholdId(household),
                               fmt::format("LC{:06}", household),
                               {"tie", this->today(), std::move(told), ""}}));
    }
    [[nodiscard]] std::string refused(const Moved& moved) const {
        return moved.faults.empty() ? std::string() : moved.faults.front().code;
    }
};

using Kind = Moved::Kind;

// In Jinan, where one officer pays 1000 yuan at once.
template <class Engine>
struct Lane : Office<Engine> {
    Lane() : Office<Engine>("jinan-2024") {}

    Actor town{UserId(2), {"township_officer"}, UnitId(2), "township", "370102001", ""};
    Actor other{UserId(3), {"township_officer"}, UnitId(2), "township", "370102001", ""};

    CaseId reported(std::optional<HouseholdId> household, std::string who = "约七十岁男子，无证件") {
        OpenRequest request;
        request.machine = "emergency";
        request.pack = this->pack_id;
        request.household = household;
        request.unit = town.unit;
        request.first = {
            "report",
            this->today(),
            {{"need", {"突发急病"}}, {"found_by", {"hotline"}}, {"person_shown", {std::move(who)}}},
            ""};
        const Moved moved = value(open_case(this->desk, town, request));
        REQUIRE(moved.kind == Kind::made);
        return moved.of;
    }
    CaseId paid(std::optional<HouseholdId> household) {
        const CaseId of = reported(household);
        REQUIRE(this->move(town, of, "pay_first", {{"amount", {"80000"}}, {"paid_how", {"goods"}}}).kind ==
                Kind::made);
        return of;
    }
    Moved tied(const Actor& who, CaseId of, std::optional<unsigned> household, std::string move = "tie",
               Fields told = {{"shown_by", {"id_card"}}, {"tied_because", {"核对了本人身份证"}}}) {
        const int seen = static_cast<int>(this->view(of).events.size());
        Tie tie{of, seen, std::nullopt, "", {std::move(move), this->today(), std::move(told), ""}};
        if (household) {
            tie.household = HouseholdId(*household);
            tie.code = fmt::format("LC{:06}", *household);
        }
        return value(tie_case(this->desk, who, tie));
    }
    Moved untied(const Actor& who, CaseId of) {
        return tied(who, of, std::nullopt, "untie", {{"untied_because", {"同名，公安复核后不是此人"}}});
    }
    std::vector<EarlierHelp> helped(CaseId of) {
        return value(earlier_help(this->desk, this->view(of).head, this->today(), 12));
    }
    // The steps of whatever is in the household's chain.
    std::vector<std::string> chain(unsigned household) {
        std::vector<std::string> steps;
        for (const auto& row : value(repository::select_cases_of(this->desk.shelf, HouseholdId(household))))
            for (const CaseEvent& event : this->view(row.head.id).events) steps.push_back(event.move);
        return steps;
    }
};

std::string code_of(const Moved& moved) {
    return moved.faults.empty() ? std::string() : moved.faults.front().code;
}

}  // namespace

TEST_CASE_TEMPLATE(
    "an emergency of nobody goes to the household that the papers show, and its help counts there", Engine,
    ENGINES) {
    Lane<Engine> office;
    const CaseId of = office.paid(std::nullopt);
    const CaseId later = office.reported(HouseholdId(5));
    CHECK(office.helped(later).empty());
    CHECK(office.chain(5) == std::vector<std::string>{"report"});
    // Without what was shown nothing is tied.
    CHECK(code_of(office.tied(office.town, of, 5, "tie", {{"tied_because", {"核对了本人身份证"}}})) ==
          "field_missing");
    CHECK_FALSE(office.view(of).head.household);
    REQUIRE(office.tied(office.town, of, 5).kind == Kind::made);
    const CaseView view = office.view(of);
    CHECK(view.head.household == HouseholdId(5));
    CHECK(view.state.state == "paid");  // nothing else goes on by it
    CHECK(office.chain(5) == std::vector<std::string>{"report", "pay_first", "tie", "report"});
    const auto helped = office.helped(later);
    REQUIRE(helped.size() == 1);
    CHECK(helped.front().of == of);
    CHECK(helped.front().amount == Money::fen(80000));
    CHECK(value(is_sound(office.desk, of)));
}

TEST_CASE_TEMPLATE("one that was closed goes to a household still, and one of a household stays there",
                   Engine, ENGINES) {
    Lane<Engine> office;
    const CaseId of = office.paid(std::nullopt);
    REQUIRE(office.move(office.town, of, "explain", {{"note", {"补充说明"}}}).kind == Kind::made);
    REQUIRE(office.move(county, of, "close").kind == Kind::made);
    REQUIRE(office.tied(county, of, 6).kind == Kind::made);
    CHECK(office.view(of).state.state == "closed");
    CHECK(office.chain(6).size() == 5);
    const CaseId own = office.paid(HouseholdId(7));
    CHECK(code_of(office.tied(office.town, own, 5)) == "not_to_be_tied");
    CHECK(code_of(office.untied(office.other, own)) == "not_tied");
    CHECK(office.view(own).head.household == HouseholdId(7));
}

TEST_CASE_TEMPLATE("untied with a reason, by another than who tied it, it is nobody's again", Engine,
                   ENGINES) {
    Lane<Engine> office;
    const CaseId of = office.paid(std::nullopt);
    CHECK(code_of(office.untied(office.other, of)) == "not_tied");
    REQUIRE(office.tied(office.town, of, 5).kind == Kind::made);
    CHECK(code_of(office.untied(office.town, of)) == "move_same_person");
    CHECK(code_of(office.tied(office.other, of, std::nullopt, "untie", {})) == "field_missing");
    // By no other door, and to no household by this one.
    CHECK(code_of(office.move(office.other, of, "untie", {{"untied_because", {"同名"}}})) == "tied_only");
    CHECK(office.tied(office.other, of, 6, "untie", {{"untied_because", {"同名"}}}).kind == Kind::refused);
    CHECK(office.view(of).head.household == HouseholdId(5));
    REQUIRE(office.untied(office.other, of).kind == Kind::made);
    const CaseView view = office.view(of);
    CHECK_FALSE(view.head.household);
    CHECK(first_of(view.events.back().fields, "untied_because") == "同名，公安复核后不是此人");
    CHECK(office.chain(5).empty());
    CHECK(office.helped(office.reported(HouseholdId(5))).empty());
    CHECK(code_of(office.untied(office.other, of)) == "not_tied");
    REQUIRE(office.tied(office.other, of, 6).kind == Kind::made);  // the right one
    CHECK(office.view(of).head.household == HouseholdId(6));
    CHECK(value(is_sound(office.desk, of)));
}

TEST_CASE_TEMPLATE("what goes on for the household already is told with its kind, never what is over", Engine,
                   ENGINES) {
    Lane<Engine> office;
    const CaseId of = office.paid(std::nullopt);
    const auto running = [&] { return value(running_help(office.desk, office.view(of).head)); };
    CHECK(running().empty());
    const CaseId own = office.paid(HouseholdId(5));
    const CaseId over = office.reported(HouseholdId(5), "另一人");
    REQUIRE(office.move(office.town, over, "decline", {{"reason", {"不属急难"}}}).kind == Kind::made);
    const auto task =
        office.open(county, "task", "assign",
                    {{"to_unit", {"2"}}, {"instruction", {"走访"}}, {"due_on", {"2025-07-15"}}});
    REQUIRE(task.kind == Kind::made);  // gives no help
    REQUIRE(office.tied(office.town, of, 5).kind == Kind::made);
    const auto told = running();
    REQUIRE(told.size() == 2);
    CHECK(told.front().of == over);  // declined and not served yet
    CHECK(told.back().of == own);
    CHECK(told.back().machine == "emergency");
    CHECK(told.back().title.zh == "急难救助");
    CHECK(told.back().state.zh == "已先行救助");
    CHECK(told.back().since == office.today());
    REQUIRE(office.move(office.town, over, "serve", {{"served_how", {"post"}}}).kind == Kind::made);
    CHECK(running().size() == 1);
    CHECK(office.view(own).state.state == "paid");  // nothing was decided
}

TEST_CASE_TEMPLATE("a case without a household goes to one by a person's word, and by another to another",
                   Engine, ENGINES) {
    Tying<Engine> office;
    CHECK_FALSE(office.view(office.of).head.household);
    CHECK(office.refused(office.tie(office.of, 5, "")) == "field_missing");
    CHECK_FALSE(office.view(office.of).head.household);
    REQUIRE(office.tie(office.of, 5).kind == Moved::Kind::made);
    CaseView view = office.view(office.of);
    CHECK(view.head.household == HouseholdId(5));
    CHECK(view.state.state == "registered");  // where it stands is another matter
    CHECK(first_of(view.events.back().fields, tied_to_field) == "LC000005");
    CHECK(first_of(view.events.back().fields, "tied_because") == "核对了户口簿和身份证");
    CHECK_FALSE(view.events.back().fields.contains(tied_from_field));  // the program's to say
    CHECK(office.refused(office.tie(office.of, 5)) == "tied_already");
    REQUIRE(office.tie(office.of, 6, "姓名相同，证件号码不同").kind == Moved::Kind::made);
    view = office.view(office.of);
    CHECK(view.head.household == HouseholdId(6));
    CHECK(view.events.size() == 3);  // the chain has both
    CHECK(value(is_sound(office.desk, office.of)));
}

TEST_CASE_TEMPLATE("a tie comes with its household or not at all, and a case of a household stays there",
                   Engine, ENGINES) {
    Tying<Engine> office;
    const Moved alone = office.move(township, office.of, "tie",
                                    {{"tied_to", {"LC000005"}}, {"tied_because", {"核对了户口簿"}}});
    CHECK(office.refused(alone) == "tied_only");
    const CaseId own = office.opened(HouseholdId(7));
    CHECK(office.refused(office.tie(own, 5)) == "not_to_be_tied");
    CHECK(office.view(own).head.household == HouseholdId(7));
    CHECK(office.view(own).events.size() == 1);
    CHECK_FALSE(may_be_tied(office.view(own).head, office.view(own).state));
    CHECK(may_be_tied(office.view(office.of).head, office.view(office.of).state));
}

}  // namespace doudi::casework
