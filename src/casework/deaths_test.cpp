// SPDX-License-Identifier: Apache-2.0
// A death that a department's row tells is asked of a person: once, with everybody who told it.
#include "casework/deaths.h"

#include "casework/office_test_support.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

const PersonId someone(7);

template <class Engine>
struct Asking : Office<Engine> {
    void place() {
        auto done = this->database.write([&] {
            return access::place_household(this->database, HouseholdId(5), UnitId(2), day("2025-01-01"),
                                           "test");
        });
        REQUIRE(done);
    }
    DeathReport raise(const std::vector<monitor::ToldDeath>& deaths) {
        return value(raise_deaths(this->desk, shipped(this->pack_id).pack, deaths));
    }
    std::uint64_t told(std::string dataset, std::string_view on = "2025-06-20") {
        return raise({{someone, HouseholdId(5), day(on), std::move(dataset)}}).told;
    }
    std::vector<CaseView> asked() {
        std::vector<CaseView> all;
        for (const auto& row : value(repository::select_of_person(this->desk.shelf, "death", someone)))
            all.push_back(this->view(row.head.id));
        return all;
    }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE_TEMPLATE("a death that a row tells is one question to the household's office, and holds nothing",
                   Engine, ENGINES) {
    Asking<Engine> office;
    CHECK(office.told("health.deaths") == 0);  // of no office: nobody could be asked
    office.place();
    CHECK(office.told("health.deaths") == 1);
    CHECK(office.told("health.deaths") == 0);  // run again
    REQUIRE(office.asked().size() == 1);
    const CaseView asked = office.asked().front();
    CHECK(asked.state.state == "told");
    CHECK(asked.head.unit == UnitId(2));
    CHECK(asked.events.front().by == UserId());
    CHECK(asked.state.fields.at("died_on") == Texts{"2025-06-20"});
    CHECK(asked.state.fields.at("death_match") == Texts{"exact"});
    CHECK(asked.state.fields.at("source_departments") == Texts{"health"});
    CHECK(office.told("police.deaths") == 1);  // joins it
    REQUIRE(office.asked().size() == 1);
    CHECK(office.asked().front().state.ever.at("source_departments") == Texts{"health", "police"});
    CHECK(office.move(colleague, asked.head.id, "confirm_by_sources", {{"two_sources", {"health", "civil"}}})
              .faults.front()
              .code == "field_never_told");
    CHECK(office.move(colleague, asked.head.id, "confirm_by_sources", {{"two_sources", {"health", "police"}}})
              .faults.empty());
    CHECK(office.told("civil.cremations") == 0);  // it is answered
    CHECK(value(is_sound(office.desk, asked.head.id)));
}

TEST_CASE_TEMPLATE("a death in a household of no office is passed over, and its household counted once",
                   Engine, ENGINES) {
    Asking<Engine> office;
    const HouseholdId home(5);
    const std::vector<monitor::ToldDeath> deaths{
        {someone, home, day("2025-06-20"), "health.deaths"},
        {someone, home, day("2025-06-20"), "police.deaths"},
        {PersonId(8), HouseholdId(6), day("2025-06-21"), "health.deaths"}};
    const DeathReport before = office.raise(deaths);
    CHECK(before.told == 0);
    CHECK(before.nowhere == std::vector{home, HouseholdId(6)});
    office.place();
    const DeathReport after = office.raise(deaths);
    CHECK(after.told == 2);  // opened by the one, told of by the other
    CHECK(after.nowhere == std::vector{HouseholdId(6)});
    CHECK(office.raise(deaths).told == 0);
}

TEST_CASE_TEMPLATE("denied by a person, it is asked again by another department's word alone", Engine,
                   ENGINES) {
    Asking<Engine> office;
    office.place();
    CHECK(office.told("health.deaths", "2025-07-31") == 1);  // a day that has not come is told as today's
    const CaseView first = office.asked().front();
    CHECK(first.state.fields.at("died_on") == Texts{office.today().iso()});
    CHECK(office.move(township, first.head.id, "deny", {{"reason", {"本人健在"}}}).faults.empty());
    CHECK(office.told("health.deaths") == 0);
    CHECK(office.told("police.deaths") == 1);
    REQUIRE(office.asked().size() == 2);
    CHECK(office.asked().back().state.state == "told");
    CHECK(office.told("police.deaths") == 0);
}

}  // namespace doudi::casework
