// SPDX-License-Identifier: Apache-2.0
#include "upkeep/departures.h"

#include "upkeep/history.h"
#include "upkeep/upkeep_test_support.h"

namespace doudi::upkeep {

namespace {

std::optional<Ended> end_of(TestOffice& office, const std::string& code) {
    return value(ended(office.folder, office.folder.current(), office.household(code).id));
}
std::vector<Left> left(TestOffice& office, const std::string& code) {
    return value(who_left(office.folder, office.folder.current(), office.household(code).id));
}

}  // namespace

TEST_CASE("who left a household is told with the day, where to, and the case by which") {
    TestOffice office;
    office.first_register();
    CHECK(left(office, "A").empty());
    const CaseId died = office.changed(death(1, "2025-05-02"));
    const CaseId married = office.changed(moving("marriage", 2, "B", "2025-07-01"));
    const auto gone = left(office, "A");
    REQUIRE(gone.size() == 2);
    CHECK(gone[0].member.name == "甲");
    CHECK(gone[0].on == day("2025-05-02"));
    CHECK(gone[0].to == HouseholdId());
    CHECK(gone[0].by == died);
    CHECK(gone[1].member.name == "乙");
    CHECK(gone[1].on == day("2025-07-01"));
    CHECK(gone[1].to == office.household("B").id);
    CHECK(gone[1].by == married);
    CHECK(left(office, "B").empty());
    SUBCASE("taken back, they are there again") {
        office.taken_back(married);
        CHECK(left(office, "A").size() == 1);
    }
}

TEST_CASE("where somebody lived is told by the day, also once they left the register") {
    TestOffice office;
    office.first_register();
    const HouseholdId a = office.household("A").id;
    const HouseholdId b = office.household("B").id;
    const auto stays = [&] { return value(stays_of(office.folder, office.folder.current(), PersonId(2))); };
    REQUIRE(stays().size() == 1);
    CHECK(stays()[0].household == a);
    CHECK(stays()[0].from == ever);
    CHECK_FALSE(stays()[0].until);
    (void)office.changed(moving("marriage", 2, "B", "2025-07-01"));
    (void)office.changed(death(2, "2025-07-05"));
    const auto all = stays();
    REQUIRE(all.size() == 2);
    CHECK(all[0].until == day("2025-07-01"));
    CHECK(all[1].household == b);
    CHECK(all[1].from == day("2025-07-01"));
    CHECK(all[1].until == day("2025-07-05"));
    CHECK(value(stays_of(office.folder, office.folder.current(), PersonId(999))).empty());
}

TEST_CASE("who never was in it, for the case was taken back, did not leave it") {
    TestOffice office;
    office.first_register();
    office.taken_back(office.changed(birth("A", "丁", "2025-07-01")));
    office.taken_back(office.changed(moving("marriage", 3, "A", "2025-07-02")));
    CHECK(left(office, "A").empty());
    CHECK(left(office, "B").empty());
}

TEST_CASE(
    "that a household ended is told with the day, where its number refers on to, and the case by which") {
    TestOffice office;
    office.first_register();
    CHECK_FALSE(end_of(office, "B"));
    const CaseId merged = office.changed(merge("B", "A", {3}, "2025-07-01"));
    const auto end = end_of(office, "B");
    REQUIRE(end);
    CHECK(end->on == day("2025-07-01"));
    CHECK(end->successor == office.household("A").id);
    CHECK(end->by == merged);
    const auto gone = left(office, "B");
    REQUIRE(gone.size() == 1);
    CHECK(gone[0].by == merged);
    SUBCASE("taken back, it stands") {
        office.taken_back(merged);
        CHECK_FALSE(end_of(office, "B"));
        CHECK(left(office, "B").empty());
    }
}

TEST_CASE("a household that a case opened and another took back ended by the one that took it back") {
    TestOffice office;
    office.first_register();
    const CaseId back = office.taken_back(office.changed(split(2, "A1", "2025-07-01")));
    const auto end = end_of(office, "A1");
    REQUIRE(end);
    CHECK(end->by == back);
    CHECK_FALSE(end->successor);
    CHECK(left(office, "A1").empty());
}

}  // namespace doudi::upkeep
