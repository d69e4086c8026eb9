// SPDX-License-Identifier: Apache-2.0
// Who confirms: as a notice says, as the place says where it says nothing, and where the power was handed
// down the lower level alone.
#include "casework/authority.h"

#include <doctest/doctest.h>

#include "casework/office_test_support.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

constexpr const char* hardship = "other_hardship";
constexpr const char* guarantee = "minimum_living_guarantee";
constexpr const char* named = "other_hardship_authority";
constexpr const char* delegated = "confirmation_delegated";
const Actor other_town{UserId(6), {"township_officer"}, UnitId(3), "township", "441699102", ""};

// Of the day on which all five are in force, with figures of places.
struct Place {
    explicit Place(const std::string& pack) : law(shipped(pack).pack.law) {}
    explicit Place(policy::Law of) : law(std::move(of)) {}

    void set(std::string_view figure, std::string region, expr::Value value,
             std::optional<Date> to = std::nullopt) {
        policy::ParameterValue one;
        one.region = std::move(region);
        one.from = day("2020-01-01");
        one.to = to;
        one.value = std::move(value);
        law.parameters[static_cast<std::size_t>(law.parameter_of(figure))].values.push_back(std::move(one));
    }

    // "made", or why not.
    [[nodiscard]] std::string tried(const Actor& who, const char* track, std::string_view home,
                                    const char* machine = "application", const char* id = "confirm") const {
        const CaseState state;
        MoveQuestion question{law, *law.procedures.machine(machine), state, day("2026-03-02"), {}};
        question.region = home;
        const auto fault = check_authority(question, who, *question.machine.move(id), track);
        return fault ? fault->code : "made";
    }

    policy::Law law;
};

}  // namespace

TEST_CASE("where a notice is silent the place says who confirms, and until then nobody does") {
    for (const char* pack :
         {"guangdong-2021", "jinan-2024", "changsha-2025", "chongqing-2024", "shanxi-county"}) {
        CAPTURE(pack);
        Place place(pack);
        for (const char* id : {"confirm", "refuse"}) {
            CHECK(place.tried(county, hardship, "441699101001", "application", id) == "authority_unset");
            CHECK(place.tried(township, hardship, "441699101001", "application", id) == "authority_unset");
        }
        place.set(named, "441698", expr::Value::string("township"));  // another county's word
        CHECK(place.tried(township, hardship, "441699101001") == "authority_unset");
        place.set(named, "4416", expr::Value::string("county_civil_affairs"));
        CHECK(place.tried(county, hardship, "441699101001") == "made");
        CHECK(place.tried(township, hardship, "441699101001") == "move_authority");
        place.set(named, "441699", expr::Value::string("township"));  // the nearer place
        CHECK(place.tried(county, hardship, "441699101001") == "move_authority");
        CHECK(place.tried(township, hardship, "441699101001") == "made");
    }
}

TEST_CASE("an office of a functional zone, which has no region code, confirms as that of a county does") {
    Place place("chongqing-2024");
    const Actor zone{UserId(1), {"county_caseworker"}, UnitId(1), "county", "", ""};
    const Actor town_of_zone{UserId(2), {"township_officer"}, UnitId(2), "township", "500112001", ""};
    for (const char* id : {"confirm", "refuse"}) {
        CAPTURE(id);
        CHECK(place.tried(zone, guarantee, "500112001001", "application", id) == "made");
        CHECK(place.tried(town_of_zone, guarantee, "500112001001", "application", id) == "move_authority");
    }
}

TEST_CASE("in 2021 and 2023 no text says who confirms hardship from expenditure: the place does, or nobody") {
    const char* rigid = "rigid_expenditure_household";
    const auto national = [](std::string_view on) {
        auto read =
            policy::load_policy(DOUDI_SOURCE_DIR, "national", {.day = day(on), .parameter_files = {}});
        REQUIRE(read.has_value());
        return Place(std::move(read->pack.law));
    };
    for (const auto& [on, owes] :
         {std::pair("2021-06-11", "设区的市级人民政府"), std::pair("2023-10-18", "设区的市级人民政府"),
          std::pair("2023-10-19", "省级民政部门"), std::pair("2024-10-23", "省级民政部门")}) {
        CAPTURE(on);
        Place place = national(on);
        CHECK(place.tried(county, rigid, "441699101001") == "authority_unset");
        const CaseState state;
        const MoveQuestion question{
            place.law, *place.law.procedures.machine("application"), state, day("2026-03-02"), {}};
        const auto fault = check_authority(question, county, *question.machine.move("confirm"), rigid);
        REQUIRE(fault.has_value());
        CHECK(fault->text.zh.find(owes) != std::string::npos);
        CHECK(fault->text.en.find("rigid expenditure") != std::string::npos);
        place.set("rigid_expenditure_authority", "4416", expr::Value::string("township"));
        CHECK(place.tried(township, rigid, "441699101001") == "made");
        CHECK(place.tried(county, rigid, "441699101001") == "move_authority");
    }
    CHECK(national("2024-10-24").tried(county, rigid, "441699101001") == "made");
}

TEST_CASE("the refusal tells who sets it, in the words of the pack") {
    const Place place("guangdong-2021");
    const CaseState state;
    const MoveQuestion question{
        place.law, *place.law.procedures.machine("application"), state, day("2026-03-02"), {}};
    const auto fault = check_authority(question, county, *question.machine.move("confirm"), hardship);
    REQUIRE(fault.has_value());
    CHECK(fault->field == "category");
    CHECK(fault->text.zh.find("地级以上市人民政府") != std::string::npos);
    CHECK(fault->text.zh.find("其他低收入人口的确认机关") != std::string::npos);
    CHECK(fault->text.en.find("prefecture city") != std::string::npos);
    CHECK(check_authority(question, county, *question.machine.move("confirm"), "")->code ==
          "authority_unknown");
}

TEST_CASE("where the power was handed down its level alone confirms and refuses, there and nowhere else") {
    Place place("guangdong-2021");
    const auto both = [&](const Actor& who, std::string_view home) {
        const std::string confirmed = place.tried(who, guarantee, home);
        CHECK(place.tried(who, guarantee, home, "application", "refuse") == confirmed);
        return confirmed;
    };
    CHECK(both(county, "441699101001") == "made");
    CHECK(both(township, "441699101001") == "move_authority");
    place.set(delegated, "441699101", expr::Value::boolean(true), day("2026-03-02"));
    CHECK(both(county, "441699101001") == "move_delegated");
    CHECK(both(township, "441699101001") == "made");
    // A township that was given nothing.
    CHECK(both(county, "441699102001") == "made");
    CHECK(both(other_town, "441699102001") == "move_authority");
    // What is not confirmed anew, and what another authority confirms, is untouched.
    CHECK(place.tried(county, guarantee, "441699101001", "review", "decide") == "made");
    CHECK(place.tried(county, "relapse_monitored", "441699101001") == "move_authority");
    // The power is taken back.
    Place later("guangdong-2021");
    later.set(delegated, "441699101", expr::Value::boolean(true), day("2026-03-01"));
    CHECK(later.tried(county, guarantee, "441699101001") == "made");
    later.set(delegated, "441699101", expr::Value::boolean(false));
    CHECK(later.tried(township, guarantee, "441699101001") == "move_authority");
}

TEST_CASE("whom the place names goes by the power that was handed down, where it names one of that kind") {
    Place place("guangdong-2021");
    place.set(named, "4416", expr::Value::string("county_or_delegated_township"));
    CHECK(place.tried(county, hardship, "441699101001") == "made");
    place.set(delegated, "441699101", expr::Value::boolean(true));
    CHECK(place.tried(county, hardship, "441699101001") == "move_delegated");
    CHECK(place.tried(township, hardship, "441699101001") == "made");
}

TEST_CASE_TEMPLATE("a case goes by where the register has its household, else by where it began", Engine,
                   ENGINES) {
    Office<Engine> office;
    const CaseId of = office
                          .open(township, "application", "register",
                                {{"channel", {"window"}}, {"pledge", {"true"}}, {"authorised", {"true"}}})
                          .of;
    CHECK(office.view(of).region == "441699101");
    office.database
        .write([&] {
            return office.database.execute(
                "insert into household (publish, id, code, region, category) values (0, 5, 'LC5', "
                "'441699102001', 'other_hardship')");
        })
        .value();
    CHECK(office.view(of).region == "441699102001");
    CHECK(office.view(office.open().of).region.empty());  // no authority moves a warning
}

}  // namespace doudi::casework
