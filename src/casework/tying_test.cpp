// SPDX-License-Identifier: Apache-2.0
// A case of somebody who was on no register goes to their household by a person's word, and by another one to
// another household; one that was about a household stays with it.
#include "casework/tying.h"

#include <fmt/format.h>

#include "casework/office_test_support.h"
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

}  // namespace

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
