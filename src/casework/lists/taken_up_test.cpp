// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/taken_up.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <optional>

#include "store/data_folder.h"
#include "store/test_folder.h"

namespace doudi::casework {
namespace {

constexpr HouseholdId home{5};
constexpr UnitId town{2};
constexpr UserId me{7};

struct Office {
    store::TestFolder place;
    store::DataFolder folder = store::DataFolder::create(place / "data").value();
    int cases = 0;

    // A case whose events were made by these people of that unit, one after the other; 0: the program. It is
    // at `now_at`, or there.
    void raise(UnitId unit, std::initializer_list<int> people, bool is_closed = false,
               std::optional<UnitId> now_at = std::nullopt) {
        const int id = ++cases;
        run(fmt::format(
            "insert into casework_case (id, machine, household, person, unit, origin, department, parent,"
            " source, pack, pack_version, opened_on, state, track, events, is_closed) values ({}, 'm', {},"
            " 0, {}, 1, '', 0, '', 'p', '1', '2025-01-01', 's', '', {}, {})",
            id, home.value(), now_at.value_or(unit).value(), people.size(), is_closed ? 1 : 0));
        int number = 0;
        for (const int one : people) {
            run(fmt::format(
                "insert into casework_event (case_id, number, move, to_state, on_day, at, made_by, unit,"
                " marks, papers, body) values ({}, {}, 'v', 's', '2025-01-01', 0, {}, {}, '', '', '')",
                id, ++number, one, unit.value()));
        }
    }
    void run(const std::string& sql) {
        REQUIRE(folder.database().write([&] { return folder.database().execute(sql); }));
    }
    // A look that names the case that was raised last, on a day.
    bool names(UnitId unit = town, HouseholdId household = home, int day = 0) {
        return is_case_of_office(folder.database(), CaseId(static_cast<std::uint64_t>(cases)), household,
                                 unit, me, Date::parse_iso("2025-06-10").value() + day)
            .value();
    }
    TakenUp asked(UnitId unit = town) { return taken_up(folder.database(), home, unit, me).value(); }
};

}  // namespace

TEST_CASE("an office works on a household while an open case of it lies there") {
    Office office;
    CHECK(office.asked() == TakenUp::no);
    office.raise(UnitId(3), {0, 9});  // at another office
    CHECK(office.asked() == TakenUp::no);
    office.raise(town, {0, 7}, true);  // closed by now
    CHECK(office.asked() == TakenUp::no);
    office.raise(town, {0});  // the program raised it, nobody has moved it yet
    CHECK(office.asked() == TakenUp::yes);
    CHECK(office.asked(UnitId(3)) == TakenUp::yes);
    CHECK(office.asked(UnitId(4)) == TakenUp::no);
}

TEST_CASE("an office that passed an open case on still works on it, as does the one that was handed it") {
    Office office;
    office.raise(town, {0, 9}, false, UnitId(3));
    CHECK(office.asked() == TakenUp::yes);
    CHECK(office.asked(UnitId(3)) == TakenUp::yes);
    CHECK(office.asked(UnitId(4)) == TakenUp::no);
}

TEST_CASE("a case that only the program moved is no work of an office where it does not lie") {
    Office office;
    office.raise(town, {0}, false, UnitId(3));
    CHECK(office.asked() == TakenUp::no);
    CHECK(office.asked(UnitId(3)) == TakenUp::yes);
}

TEST_CASE("who opened a case and alone moved it took it up by themselves, until somebody else does") {
    Office office;
    office.raise(town, {7, 7});
    CHECK(office.asked() == TakenUp::by_oneself_alone);
    SUBCASE("a colleague makes a move of it") {
        office.raise(town, {7, 8});
        CHECK(office.asked() == TakenUp::yes);
    }
    SUBCASE("a colleague opened another one") {
        office.raise(town, {8});
        CHECK(office.asked() == TakenUp::yes);
    }
}

TEST_CASE("a look that names its case is work of the office at which the case lies or from which it came") {
    Office office;
    CHECK_FALSE(office.names());  // there is no such case
    office.raise(town, {0});      // the program raised it, nobody has taken it up yet
    CHECK(office.names());
    CHECK(office.names(UnitId(1)));                   // it came from there
    CHECK_FALSE(office.names(UnitId(3)));             // another office has nothing to do with it
    CHECK_FALSE(office.names(town, HouseholdId{6}));  // it is about another household
    office.raise(town, {8});
    CHECK(office.names());  // a colleague opened it
    office.raise(town, {7, 8});
    CHECK_FALSE(
        office.names());  // one's own opening is no reason for one's look; that a colleague moved it is
    CHECK(office.asked() == TakenUp::yes);
}

TEST_CASE("a case counts until the end of the day on which it was closed") {
    Office office;
    office.raise(town, {0, 8}, true);
    office.run("update casework_case set closed_on = '2025-06-10'");
    CHECK(office.names(town, home, 0));
    CHECK_FALSE(office.names(town, home, 1));
}

}  // namespace doudi::casework
