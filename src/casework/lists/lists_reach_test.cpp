// SPDX-License-Identifier: Apache-2.0
// Lists, and a case that is found by its number, name no household to which a case was tied beyond the reach
// of whoever reads it; the head by which the case is read from the store stays whole.
#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "access/roles.h"
#include "casework/actors.h"
#include "casework/office_test_support.h"
#include "casework/ties/tying.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using repository::ListedCase;

// Households 5 in the second township and 6 in the first, where emergencies of nobody are reported.
template <class Engine>
struct Registered : Office<Engine> {
    Registered() : Office<Engine>("jinan-2024") {
        for (const auto& [over, below] :
             std::vector<std::pair<int, int>>{{1, 1}, {1, 2}, {1, 3}, {1, 4}, {2, 2}, {3, 3}, {4, 4}})
            run(
                fmt::format("insert into unit_within (ancestor, unit, from_on, until_on) values ({}, {},"
                            " '2020-01-01', '9999-12-31')",
                            over, below));
        put(5, 3);
        put(6, 2);
    }
    void run(const std::string& sql) {
        this->database.write([&] { return this->database.execute(sql); }).value();
    }
    void put(int id, int at) {
        run(
            fmt::format("insert into household (publish, id, code, region, category, enrolled_on) values (0, "
                        "{0}, 'LC{0}', '441699101001', 'minimum_living_guarantee', '2024-06-10')",
                        id));
        run(
            fmt::format("insert into household_unit (household, unit, from_on, until_on, why) values ({}, {},"
                        " '2020-01-01', '9999-12-31', 'region')",
                        id, at));
    }
    CaseId reported(std::optional<HouseholdId> household = std::nullopt) {
        OpenRequest request;
        request.machine = "emergency";
        request.pack = this->pack_id;
        request.household = household;
        request.unit = township.unit;
        request.first = {
            "report",
            this->today(),
            {{"need", {"突发急病"}}, {"found_by", {"hotline"}}, {"person_shown", {"约七十岁男子"}}},
            ""};
        const Moved moved = value(open_case(this->desk, township, request));
        REQUIRE(moved.kind == Moved::Kind::made);
        return moved.of;
    }
    void tie(CaseId of, unsigned household) {
        const int seen = static_cast<int>(this->view(of).events.size());
        const Fields told{{"shown_by", {"id_card"}}, {"tied_because", {"核对了本人身份证"}}};
        const Tie asked{of,
                        seen,
                        HouseholdId(household),
                        fmt::format("LC{}", household),
                        {"tie", this->today(), told, ""}};
        REQUIRE(value(tie_case(this->desk, county, asked)).kind == Moved::Kind::made);
    }
    void untie(CaseId of) {
        const int seen = static_cast<int>(this->view(of).events.size());
        const Tie asked{of,
                        seen,
                        std::nullopt,
                        "",
                        {"untie", this->today(), {{"untied_because", {"同名，另有其人"}}}, ""}};
        REQUIRE(value(tie_case(this->desk, township, asked)).kind == Moved::Kind::made);
    }
    [[nodiscard]] access::Session session(std::string role, unsigned at, std::string department = "") const {
        access::Session one;
        one.user = UserId(2);
        one.roles = {std::move(role)};
        one.unit = UnitId(at);
        one.department = std::move(department);
        return one;
    }
    ListedCase found(const access::Session& who, CaseId of) {
        const auto readable = readable_by(this->law().procedures, roles, this->units, who, this->today());
        const auto one = value(repository::find_case(this->database, readable, of));
        REQUIRE(one.has_value());
        // The list tells what the page tells.
        for (const ListedCase& row : value(repository::list_cases(this->database, readable, {}, {}, 50))) {
            if (row.row.head.id != of) continue;
            CHECK(row.household == one->household);
            CHECK(row.is_beyond == one->is_beyond);
        }
        return *one;
    }

    access::Roles roles =
        access::Roles::load(std::filesystem::path(DOUDI_SOURCE_DIR) / "access/roles.yaml").value();
    access::Session town = session("township_officer", 2);
    access::Session above = session("county_caseworker", 1);
    access::Session auditor = session("auditor", 1);
};

}  // namespace

TEST_CASE_TEMPLATE("of a case that was tied beyond its reader's reach no list names the household", Engine,
                   ENGINES) {
    Registered<Engine> office;
    const CaseId of = office.reported();
    CHECK_FALSE(office.found(office.town, of).is_beyond);  // of nobody
    office.tie(of, 5);
    const ListedCase there = office.found(office.town, of);
    CHECK(there.is_beyond);
    CHECK(there.household.empty());
    CHECK(there.row.head.household == HouseholdId(5));  // what was told is sealed under its key
    for (const access::Session* who : {&office.above, &office.auditor}) {
        const ListedCase whole = office.found(*who, of);
        CHECK_FALSE(whole.is_beyond);
        CHECK(whole.household == "LC5");
    }
    // Untied it is of nobody again, and anybody's who reaches the case.
    office.untie(of);
    for (const access::Session* who : {&office.town, &office.above, &office.auditor}) {
        const ListedCase again = office.found(*who, of);
        CHECK_FALSE(again.is_beyond);
        CHECK(again.household.empty());
    }
    office.tie(of, 6);
    CHECK(office.found(office.town, of).household == "LC6");
}

TEST_CASE_TEMPLATE("what was tied within the reach, or was about a household from its beginning, is told",
                   Engine, ENGINES) {
    Registered<Engine> office;
    const CaseId tied = office.reported();
    office.tie(tied, 6);
    CHECK(office.found(office.town, tied).household == "LC6");
    const CaseId known = office.reported(HouseholdId(5));  // an office of another place that handles it
    CHECK(office.found(office.town, known).household == "LC5");
    office.tie(tied, 5);
    CHECK(office.found(office.town, tied).household.empty());
    SUBCASE("a household that ended is its last office's") {
        office.run("update household_unit set until_on = '2025-01-01' where household = 6");
        office.tie(tied, 6);
        CHECK(office.found(office.town, tied).household == "LC6");
    }
    SUBCASE("one that moved here is told here") {
        office.run("update household_unit set until_on = '2025-06-01' where household = 5");
        office.run(
            "insert into household_unit (household, unit, from_on, until_on, why) values (5, 2,"
            " '2025-06-01', '9999-12-31', 'moved')");
        CHECK(office.found(office.town, tied).household == "LC5");
    }
    const auto moves_away = [&](std::string_view on) {
        office.run(fmt::format("update household_unit set until_on = '{}' where household = 6", on));
        office.run(
            fmt::format("insert into household_unit (household, unit, from_on, until_on, why) values (6, 3,"
                        " '{}', '9999-12-31', 'moved')",
                        on));
    };
    SUBCASE("one that moved away since is told by the office that had it when it was tied") {
        office.tie(tied, 6);
        moves_away((office.today() + 1).iso());
        office.clock.advance(std::chrono::days(2));
        CHECK(office.found(office.town, tied).household == "LC6");
        office.tie(tied, 5);  // of another tie it is that one's day that counts
        CHECK(office.found(office.town, tied).household.empty());
        office.tie(tied, 6);
        CHECK(office.found(office.town, tied).household.empty());
    }
    SUBCASE("one that had moved away on the day of the tie is not") {
        moves_away(office.today().iso());
        office.tie(tied, 6);
        CHECK(office.found(office.town, tied).household.empty());
    }
    SUBCASE("one that is to move is told where it still lives") {
        office.run(
            "insert into household_unit (household, unit, from_on, until_on, why) values (5, 2,"
            " '2026-01-01', '9999-12-31', 'moved')");
        CHECK(office.found(office.town, tied).household.empty());
    }
}

TEST_CASE_TEMPLATE("a household is reached by the office where it belongs and those above it", Engine,
                   ENGINES) {
    Registered<Engine> office;
    const auto reaches = [&](const access::Session& who, const auto& household) {
        const auto scope = access::Scope::of(office.roles, office.units, who, access::Verb::read,
                                             access::Thing::household, office.today());
        return value(repository::reaches_household(office.database, scope, household, office.today()));
    };
    for (const access::Session* who : {&office.town, &office.above}) {
        const bool is_reached = who == &office.above;
        CHECK(reaches(*who, HouseholdId(5)) == is_reached);
        CHECK(reaches(*who, std::string_view("LC5")) == is_reached);
        CHECK(reaches(*who, std::string_view("LC6")));
        CHECK_FALSE(reaches(*who, std::string_view("LC7")));  // nobody has it
    }
    const auto home = [&](unsigned household) {
        return value(repository::home_of_household(office.database, HouseholdId(household), office.today()));
    };
    CHECK(home(5) == UnitId(3));
    CHECK_FALSE(home(7));
}

}  // namespace doudi::casework
