// SPDX-License-Identifier: Apache-2.0
// Who has a name: sealed or not, as names are compared, as of what is published.
#include "registry/name_finder.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "registry/repository.h"
#include "store/test_sealed.h"

namespace doudi::registry {
namespace {

constexpr std::optional<vault::Suite> every_suite[] = {std::nullopt, vault::Suite::aes_256_gcm,
                                                       vault::Suite::sm4_hmac_sm3};
using Homes = std::vector<HouseholdId>;

struct Office {
    store::TestFolder place;
    store::DataFolder data;
    NameFinder finder;

    explicit Office(std::optional<vault::Suite> suite) : data(make(place, suite)) {}
    static store::DataFolder make(const store::TestFolder& place, std::optional<vault::Suite> suite) {
        auto made = store::DataFolder::create(place / "data", {}, {suite, {}, Date::from_days(20000)});
        REQUIRE(made);
        return std::move(*made);
    }
    PublishId stage(const std::vector<Member>& members) {
        const auto begun = data.begin_publish("register", AsOf{*Date::from_ymd(2025, 3, 31)}, "{}");
        REQUIRE(begun);
        REQUIRE(stage_members(data, *begun, members));
        return *begun;
    }
    void put(const std::vector<Member>& members) { REQUIRE(data.publish(stage(members))); }
    Homes with(std::string_view name) {
        auto found = finder.households_with(data, name, 2);
        REQUIRE(found);
        return std::move(*found);
    }
};

Member member(std::uint32_t id, std::uint32_t household, std::string name) {
    return {PersonId(id), HouseholdId(household), std::move(name), std::nullopt, "", "", ""};
}

}  // namespace

TEST_CASE("a whole name is found, sealed or not, in each household once") {
    for (const auto& suite : every_suite) {
        Office office(suite);
        CHECK(office.with("顾娜平").empty());  // nobody is there yet
        office.put(
            {member(1, 5, "顾娜平"), member(2, 5, "顾娜平"), member(3, 3, "顾娜平"), member(4, 3, "顾娜")});
        CHECK(office.with("顾娜平") == Homes{HouseholdId(3), HouseholdId(5)});
        CHECK(office.with(" 顾 娜平（户主）") == Homes{HouseholdId(3), HouseholdId(5)});
        CHECK(office.with("顾娜") == Homes{HouseholdId(3)});  // never the beginning of another
        CHECK(office.with("顾").empty());
        CHECK(office.with("").empty());
    }
}

TEST_CASE("what is published later is known at the next question, and nothing before") {
    for (const auto& suite : every_suite) {
        Office office(suite);
        office.put({member(1, 5, "顾娜平"), member(2, 5, "欧阳无此")});
        CHECK(office.with("顾娜平") == Homes{HouseholdId(5)});
        const PublishId staged =
            office.stage({member(1, 5, "顾新名"), member(2, 0, "欧阳无此"), member(3, 6, "顾娜平")});
        CHECK(office.with("顾新名").empty());
        REQUIRE(office.data.publish(staged));
        CHECK(office.with("顾新名") == Homes{HouseholdId(5)});
        CHECK(office.with("顾娜平") == Homes{HouseholdId(6)});  // the old name is no more
        CHECK(office.with("欧阳无此").empty());                 // who left is in no household
    }
}

}  // namespace doudi::registry
