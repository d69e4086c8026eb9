// SPDX-License-Identifier: Apache-2.0
#include "access/units.h"

#include <doctest/doctest.h>

#include <fstream>

#include "access/access_test_support.h"

namespace doudi::access {
namespace {

UnitRow row(std::string code, std::string kind, std::string parent, std::string from,
            std::string region = {}) {
    return {"units.yaml:1:1", code, code, std::move(kind), std::move(parent), std::move(region), "",
            std::move(from),  ""};
}

std::string load_code(const std::vector<UnitRow>& rows) {
    TestStore store;
    return code_of(load_units(store.database, rows));
}

}  // namespace

TEST_CASE("a unit stands below those above it, and no other") {
    TestStore store;
    const UnitTree tree = load_invented(store.database);
    const Date day = day_of(2026, 3, 1);
    const auto within = [&](const char* unit, const char* above) {
        return tree.within(unit_named(tree, unit), unit_named(tree, above), day);
    };
    CHECK(within("village-1", "village-1"));
    CHECK(within("village-1", "town-1"));
    CHECK(within("village-1", "county-a"));
    CHECK(within("village-1", "city"));
    CHECK(within("town-9", "city"));
    CHECK_FALSE(within("village-1", "town-2"));
    CHECK_FALSE(within("village-1", "county-b"));
    CHECK_FALSE(within("county-a", "village-1"));
    CHECK(tree.shown_path(unit_named(tree, "village-1"), day) == "city / county-a / town-1 / village-1");
}

TEST_CASE("a unit is there from its first day and not on the day its place ends") {
    TestStore store;
    auto rows = invented_units();
    rows.push_back(row("zone", "county", "city", "2024-05-01"));
    rows.back().until = "2025-01-01";
    (void)value(load_units(store.database, rows));
    const UnitTree tree = value(read_units(store.database));
    const UnitId zone = unit_named(tree, "zone");
    const UnitId city = unit_named(tree, "city");
    CHECK_FALSE(tree.within(zone, city, day_of(2024, 4, 30)));
    CHECK(tree.within(zone, city, day_of(2024, 5, 1)));
    CHECK(tree.within(zone, city, day_of(2024, 12, 31)));
    CHECK_FALSE(tree.within(zone, city, day_of(2025, 1, 1)));
}

TEST_CASE("a unit that moves takes all below it along, from that day and without a gap") {
    TestStore store;
    UnitTree tree = load_invented(store.database);
    const UnitId village = unit_named(tree, "village-1");
    const UnitId before = unit_named(tree, "county-a");
    const UnitId after = unit_named(tree, "county-b");
    done(move_unit(store.database, unit_named(tree, "town-1"), after, day_of(2026, 7, 1)));
    tree = value(read_units(store.database));
    CHECK(tree.within(village, before, day_of(2026, 6, 30)));
    CHECK_FALSE(tree.within(village, after, day_of(2026, 6, 30)));
    CHECK_FALSE(tree.within(village, before, day_of(2026, 7, 1)));
    CHECK(tree.within(village, after, day_of(2026, 7, 1)));
    const UnitId city = unit_named(tree, "city");
    for (Date day = day_of(2026, 6, 25); day < day_of(2026, 7, 5); day = day + 1)
        CHECK(tree.within(village, city, day));
}

TEST_CASE(
    "a unit cannot move below its own, nor before its present place began, nor below one that is not there") {
    TestStore store;
    const UnitTree tree = load_invented(store.database);
    const UnitId county = unit_named(tree, "county-a");
    const auto moved = [&](UnitId to, Date day) {
        return code_of(move_unit(store.database, county, to, day));
    };
    CHECK(moved(unit_named(tree, "village-1"), day_of(2026, 1, 1)) == "unit_circle");
    CHECK(moved(county, day_of(2026, 1, 1)) == "unit_circle");
    CHECK(moved(unit_named(tree, "county-b"), day_of(2019, 12, 31)) == "unit_move_day");
    CHECK(moved(UnitId(999), day_of(2026, 1, 1)) == "unit_without_parent");
    CHECK(code_of(move_unit(store.database, UnitId(999), county, day_of(2026, 1, 1))) == "unit_unknown");
    // Nothing of it stayed.
    CHECK(value(read_units(store.database)).within(county, unit_named(tree, "city"), day_of(2026, 1, 1)));
}

TEST_CASE("a file of units is taken whole or not at all, and says where it is wrong") {
    const auto good = row("city", "city", "", "2020-01-01");
    CHECK(load_code({good}) == "done");
    CHECK(load_code({row("city", "kingdom", "", "2020-01-01")}) == "unit_kind");
    CHECK(load_code({good, row("a", "county", "nowhere", "2020-01-01")}) == "unit_parent");
    CHECK(load_code({good, good}) == "unit_twice");
    CHECK(load_code({row("city", "city", "", "2020-02-30")}) == "unit_days");
    CHECK(load_code({row("city", "city", "", "2020-01-01", "44x6")}) == "unit_region");
    CHECK(load_code({good, row("a", "county", "city", "2019-12-31")}) == "unit_without_parent");
    CHECK(load_code({row("a", "county", "b", "2020-01-01"), row("b", "county", "a", "2020-01-01")}) ==
          "unit_circle");
    CHECK(load_code({good, row("a", "department", "city", "2020-01-01")}) == "unit_department");

    TestStore store;
    const auto bad = load_units(store.database, std::vector{good, row("a", "kingdom", "city", "2020-01-01")});
    REQUIRE_FALSE(bad);
    CHECK(bad.error().where == "units.yaml:1:1");
    CHECK(value(read_units(store.database)).units().empty());
}

TEST_CASE("a file that comes again changes nothing; another parent is a move") {
    TestStore store;
    const auto first = value(load_units(store.database, invented_units()));
    CHECK(first.added == 11);
    const auto again = value(load_units(store.database, invented_units()));
    CHECK(again.added == 0);
    CHECK(again.unchanged == 11);
    CHECK(again.moved == 0);
    auto rows = invented_units();
    for (UnitRow& one : rows) {
        if (one.code != "town-2") continue;
        one.parent = "county-b";
        one.from = "2026-01-01";
        one.title = "第二镇";
    }
    const auto moved = value(load_units(store.database, rows));
    CHECK(moved.moved == 1);
    CHECK(moved.changed == 1);
    const UnitTree tree = value(read_units(store.database));
    CHECK(tree.within(unit_named(tree, "village-3"), unit_named(tree, "county-a"), day_of(2025, 12, 31)));
    CHECK(tree.within(unit_named(tree, "village-3"), unit_named(tree, "county-b"), day_of(2026, 1, 1)));
}

TEST_CASE("a household belongs to the unit of its region, else to the one that the file came for") {
    TestStore store;
    const UnitTree tree = load_invented(store.database);
    const Date day = day_of(2026, 3, 1);
    add_household(store.database, 1, "441699101001", "one");   // a village that is there
    add_household(store.database, 2, "441699101077", "two");   // a village that is not: its town
    add_household(store.database, 3, "", "three");             // says nothing
    add_household(store.database, 4, "龙川县义都镇", "four");  // says it in words
    const auto placed = value(place_new_households(store.database, unit_named(tree, "county-b"), day));
    CHECK(placed.by_region == 2);
    CHECK(placed.by_file == 2);
    const auto at = [&](std::uint32_t household) {
        const auto unit = value(unit_of(store.database, HouseholdId(household), day));
        return unit ? tree.find(*unit)->code : std::string("nowhere");
    };
    CHECK(at(1) == "village-1");
    CHECK(at(2) == "town-1");
    CHECK(at(3) == "county-b");
    CHECK(at(4) == "county-b");
    CHECK(at(5) == "nowhere");
    // A second time nobody is left to place.
    CHECK(value(place_new_households(store.database, unit_named(tree, "county-b"), day)).by_file == 0);
}

TEST_CASE("a zone that has no code of its own is a unit like any other, with its towns and its households") {
    TestStore store;
    // Of Chongqing's new area a town lies in what the codes call another district.
    const std::vector<UnitRow> rows{row("city", "city", "", "2020-01-01", "50"),
                                    row("yubei", "county", "city", "2020-01-01", "500112"),
                                    row("liangjiang", "county", "city", "2020-01-01"),
                                    row("renhe", "township", "liangjiang", "2020-01-01", "500112001"),
                                    row("huixing", "township", "yubei", "2020-01-01", "500112002")};
    (void)value(load_units(store.database, rows));
    const UnitTree tree = value(read_units(store.database));
    const Date day = day_of(2026, 3, 1);
    const UnitId zone = unit_named(tree, "liangjiang");
    add_household(store.database, 1, "500112001003", "one");
    add_household(store.database, 2, "500112002003", "two");
    add_household(store.database, 3, "", "three");  // of the file that came for the zone
    (void)value(place_new_households(store.database, zone, day));
    const auto is_of_zone = [&](std::uint32_t household) {
        const auto unit = value(unit_of(store.database, HouseholdId(household), day));
        return unit && tree.within(*unit, zone, day);
    };
    CHECK(is_of_zone(1));
    CHECK_FALSE(is_of_zone(2));
    CHECK(is_of_zone(3));
    CHECK(tree.within(zone, unit_named(tree, "city"), day));
}

TEST_CASE("a household that moves belongs to one unit on each day") {
    TestStore store;
    const UnitTree tree = load_invented(store.database);
    const HouseholdId household(5);
    const UnitId from = unit_named(tree, "village-1");
    const UnitId to = unit_named(tree, "village-4");
    done(placed(store.database, household, from, day_of(2025, 1, 1), "region"));
    done(placed(store.database, household, to, day_of(2026, 7, 1), "move"));
    CHECK_FALSE(value(unit_of(store.database, household, day_of(2024, 12, 31))));
    CHECK(value(unit_of(store.database, household, day_of(2025, 1, 1))) == from);
    CHECK(value(unit_of(store.database, household, day_of(2026, 6, 30))) == from);
    CHECK(value(unit_of(store.database, household, day_of(2026, 7, 1))) == to);
    CHECK(code_of(placed(store.database, household, from, day_of(2026, 6, 1), "move")) ==
          "household_move_day");
    // The same day again is a correction.
    done(placed(store.database, household, from, day_of(2026, 7, 1), "correction"));
    CHECK(value(unit_of(store.database, household, day_of(2026, 7, 1))) == from);
}

TEST_CASE("units in YAML: a misspelt key is a fault with its place") {
    const store::TestFolder folder;
    const auto file = folder / "units.yaml";
    std::ofstream(file) << "- {code: city, title: 市, kind: city, from: 2020-01-01}\n"
                           "- {code: a, title: 县, kind: county, parrent: city, from: 2020-01-01}\n";
    const auto bad = read_unit_file(file);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().front().where == "units.yaml:2:37");
    std::ofstream(file) << "- {code: city, title: 市, kind: city, from: 2020-01-01}\n";
    const auto good = read_unit_file(file);
    REQUIRE(good);
    CHECK(good->front().code == "city");
    CHECK(good->front().place == "units.yaml:1:3");
}

TEST_CASE("a load is tried first: what it would add, rename, move and end is told, and nothing is done") {
    TestStore store;
    const UnitTree before = load_invented(store.database);
    const auto row = [](std::string code, std::string title, std::string parent, std::string from,
                        std::string until = {}) {
        return UnitRow{"units/" + code, code, title, "township", parent, "", "", from, until};
    };
    const std::vector rows{row("town-new", "town-new", "county-a", "2026-07-01"),
                           row("town-9", "第九镇", "city", "2020-01-01"),
                           row("town-3", "town-3", "county-a", "2026-07-01"),
                           UnitRow{"units/village-2", "village-2", "village-2", "village", "town-1",
                                   "441699101002", "", "2020-01-01", "2027-01-01"}};
    const auto plan = value(plan_units(store.database, rows));
    const auto said = [&](std::string_view code, std::string_view what) -> const UnitChange* {
        for (const UnitChange& one : plan.changes) {
            if (one.code == code && one.what == what) return &one;
        }
        return nullptr;
    };
    REQUIRE(plan.changes.size() == 4);
    CHECK(said("town-new", "added")->after == "county-a");
    CHECK(said("town-9", "title")->before == "town-9");
    CHECK(said("town-9", "title")->after == "第九镇");
    CHECK(said("town-3", "parent")->before == "county-b");
    CHECK(said("town-3", "parent")->after == "county-a");
    CHECK(said("town-3", "parent")->on == day_of(2026, 7, 1));
    CHECK(said("village-2", "until")->after == "2027-01-01");
    CHECK(value(read_units(store.database)).units().size() == before.units().size());

    CHECK(value(load_units(store.database, rows)).changes.size() == 4);
    const UnitTree after = value(read_units(store.database));
    const UnitId town = unit_named(after, "town-3");
    CHECK(after.within(town, unit_named(after, "county-b"), day_of(2026, 6, 30)));
    CHECK_FALSE(after.within(town, unit_named(after, "county-b"), day_of(2026, 7, 1)));
    CHECK(after.within(town, unit_named(after, "county-a"), day_of(2026, 7, 1)));
    CHECK(after.places_of(town).size() == 2);
    CHECK(value(plan_units(store.database, rows)).changes.empty());
    // What would be refused is refused in the trial too.
    CHECK(code_of(plan_units(store.database, std::vector{row("x", "x", "nowhere", "2026-01-01")})) ==
          "unit_parent");
}

}  // namespace doudi::access
