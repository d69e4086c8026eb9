// SPDX-License-Identifier: Apache-2.0
// A walk over every role, unit and department with a canary in every personal field of every unit: no canary
// of another unit appears, and none that belongs there is missing.
#include "access/scope.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "access/access_test_support.h"
#include "access/right_names.h"

namespace doudi::access {

void check_golden(const std::string& name, const std::string& text);

namespace {

const Date day = day_of(2026, 3, 1);

struct House {
    std::uint32_t id;
    const char* unit;
    const char* department;  // that a row of the household was sent to
};
// One in each unit that can have one; of county-b and the city too, whose files said no village.
constexpr House houses[] = {{1, "village-1", "hr"}, {2, "village-2", "housing"}, {3, "village-3", "hr"},
                            {4, "village-4", "hr"}, {5, "county-b", "housing"},  {6, "town-9", "hr"},
                            {7, "city", "hr"}};

std::string mark_of(const House& house) {
    return fmt::format("{}@{}", house.id, house.unit);
}

struct County {
    TestStore store;
    UnitTree tree;
    Roles roles = shipped_roles();

    County() {
        tree = load_invented(store.database);
        done(store.database.execute(TestStore::table(
            "create table sent (household integer not null, department text not null) strict;")));
        for (const House& house : houses) {
            add_household(store.database, house.id, "", "canary-" + mark_of(house));
            done(placed(store.database, HouseholdId(house.id), unit_named(tree, house.unit),
                        day_of(2025, 1, 1), "region"));
            done(store.database.execute(
                fmt::format("insert into sent values ({}, '{}')", house.id, house.department)));
        }
        // Account 7 works on household 4.
        done(assign_household(store.database, UserId(7), HouseholdId(4), "case-1", day_of(2026, 1, 1),
                              day_of(2026, 12, 31)));
    }

    // What a repository would read: every personal field of the rows within the scope.
    std::vector<std::string> rows(const Scope& scope, bool with_department) {
        const auto found = rows_by(
            scope,
            {.household = "h.id", .person = "m.id", .department = with_department ? "s.department" : ""});
        // The same where the query knows the household's unit already.
        for (const bool one_row : {false, true}) {
            CHECK(found == rows_by(scope, {.household = "h.id",
                                           .person = "m.id",
                                           .household_unit = "hu.unit",
                                           .one_row = one_row,
                                           .department = with_department ? "s.department" : ""}));
        }
        return found;
    }

    std::vector<std::string> rows_by(const Scope& scope, const ScopedColumns& columns) {
        const SqlScope cut = scope.sql(columns, 3);
        auto query = value(store.database.prepare(
            "select h.id, h.code, h.address, m.name, m.phone from household h join member m on m.household = "
            "h.id"
            " join sent s on s.household = h.id left join household_unit hu on hu.household = h.id and"
            " hu.from_on <= $2 and hu.until_on > $2 where h.publish = $1 and " +
            cut.condition + " order by h.id"));
        query.bind(1, 1).bind(2, scope.day());
        cut.bind(query);
        std::vector<std::string> out;
        while (value(query.step())) {
            std::string row = fmt::format("{} ", query.integer(0));
            for (int i = 1; i < 5; ++i) row += query.text(i) + " ";
            out.push_back(std::move(row));
        }
        return out;
    }

    ScopedRow row_of(const House& house, bool with_department, const Session& session) {
        ScopedRow row;
        row.household = HouseholdId(house.id);
        row.person = PersonId(house.id);
        row.unit = value(unit_of(store.database, *row.household, day));
        if (with_department) row.department = house.department;
        row.assigned = value(is_assigned(store.database, session.user, *row.household, day));
        return row;
    }
};

// The same county, told a second time and in another way: what each unit's reader may find.
bool lies_within(std::string_view unit, std::string_view above) {
    static const std::map<std::string_view, std::set<std::string_view>> below = {
        {"city",
         {"city", "county-a", "county-b", "town-1", "town-2", "town-3", "town-9", "village-1", "village-2",
          "village-3", "village-4"}},
        {"county-a", {"county-a", "town-1", "town-2", "village-1", "village-2", "village-3"}},
        {"county-b", {"county-b", "town-3", "village-4"}},
        {"town-1", {"town-1", "village-1", "village-2"}},
        {"town-2", {"town-2", "village-3"}},
        {"town-3", {"town-3", "village-4"}},
        {"town-9", {"town-9"}},
        {"village-1", {"village-1"}},
        {"village-2", {"village-2"}},
        {"village-3", {"village-3"}},
        {"village-4", {"village-4"}}};
    return below.at(above).contains(unit);
}

bool expected_in(const House& house, const Right& right, const Session& session, std::string_view unit,
                 bool with_department) {
    switch (right.reach) {
        case Reach::self:
        case Reach::household:
            return session.person && session.person->value() == house.id;
        case Reach::assigned:
            return house.id == 4 && session.user == UserId(7) && lies_within(house.unit, unit);
        case Reach::department:
            return with_department && house.department == session.department && lies_within(house.unit, unit);
        case Reach::units:
            return session.unit != UnitId() && lies_within(house.unit, unit);
    }
    return false;
}

Session session_of(const Role& role, UnitId unit, const std::string& department) {
    Session session = staff(role.id, unit, department);
    session.kind = role.kind;
    if (role.kind == SessionKind::citizen) {
        session.user = UserId();
        session.unit = UnitId();
        session.person = PersonId(2);
        session.household = HouseholdId(2);
    }
    if (role.kind == SessionKind::token) session.user = UserId();
    return session;
}

constexpr std::string_view departments[] = {"", "hr", "housing"};

}  // namespace

TEST_CASE("every role, unit and department: what belongs there is found, and not a byte of what does not") {
    County county;
    std::string matrix =
        "# role @ unit [department, where it makes a difference]: things -> households found\n";
    int walked = 0;
    for (const Role& role : county.roles.all()) {
        for (const Unit& unit : county.tree.units()) {
            std::string without_department;
            for (const std::string_view department : departments) {
                const Session session = session_of(role, unit.id, std::string(department));
                std::map<std::string, std::vector<std::string_view>> found_in;  // ids -> things
                for (int i = 0; i < thing_count; ++i) {
                    const auto thing = static_cast<Thing>(i);
                    const Scope scope = Scope::of(county.roles, county.tree, session, Verb::read, thing, day);
                    const bool addressed = thing == Thing::referral || thing == Thing::feed;
                    const auto rows = county.rows(scope, addressed);
                    std::string all;
                    for (const std::string& row : rows) all += row;
                    std::vector<std::uint32_t> ids;
                    for (const House& house : houses) {
                        const auto rights = county.roles.rights(session, Verb::read, thing);
                        const bool wanted = std::ranges::any_of(rights, [&](const Right* right) {
                            return expected_in(house, *right, session, unit.code, addressed);
                        });
                        const bool there = all.find("canary-" + mark_of(house)) != std::string::npos;
                        CHECK_MESSAGE(there == wanted, role.id << "@" << unit.code << "[" << department
                                                               << "] " << name_of(thing) << " "
                                                               << mark_of(house));
                        CHECK(scope.covers(county.row_of(house, addressed, session)) == wanted);
                        if (wanted) ids.push_back(house.id);
                        ++walked;
                    }
                    if (!ids.empty())
                        found_in[fmt::format("{}", fmt::join(ids, " "))].push_back(name_of(thing));
                }
                std::string found;
                for (const auto& [of, things] : found_in)
                    found += fmt::format("; {} -> {}", fmt::join(things, ","), of);
                if (department.empty()) without_department = found;
                if (!department.empty() && found == without_department) continue;  // it makes no difference
                matrix += fmt::format("{} @ {}{}: {}\n", role.id, unit.code,
                                      department.empty() ? "" : fmt::format(" [{}]", department),
                                      found.empty() ? "nothing" : found.substr(2));
            }
        }
    }
    CHECK(walked == static_cast<int>(county.roles.all().size()) * 11 * 3 * thing_count * 7);
    check_golden("scope.txt", matrix);
}

TEST_CASE("a department reaches what it is asked about at the offices beside its own, and no further") {
    County county;
    UnitRow row;
    row.place = "test";
    row.code = "hr-a";
    row.title = "hr-a";
    row.kind = "department";
    row.parent = "county-a";
    row.department = "hr";
    row.from = "2025-01-01";
    (void)value(load_units(county.store.database, std::span(&row, 1)));
    county.tree = value(read_units(county.store.database));
    const auto found = [&](const char* department, Thing thing) {
        const Session session = staff("partner_department", unit_named(county.tree, "hr-a"), department);
        const Scope scope = Scope::of(county.roles, county.tree, session, Verb::read, thing, day);
        std::string ids;
        for (const std::string& one : county.rows(scope, true)) ids += one.substr(0, 2);
        for (const House& house : houses) {
            const bool in_sql = ids.find(fmt::format("{} ", house.id)) != std::string::npos;
            CHECK(scope.covers(county.row_of(house, true, session)) == in_sql);
        }
        return ids;
    };
    CHECK(found("hr", Thing::referral) == "1 3 ");  // of county-a; 4 and 7 stand elsewhere
    CHECK(found("housing", Thing::referral) == "2 ");
    CHECK(found("", Thing::referral).empty());
    // Another department's office beside it is no office of civil affairs.
    row.code = "hr-b";
    row.department = "housing";
    (void)value(load_units(county.store.database, std::span(&row, 1)));
    county.tree = value(read_units(county.store.database));
    done(placed(county.store.database, HouseholdId(1), unit_named(county.tree, "hr-b"), day, "move"));
    CHECK(found("hr", Thing::referral) == "3 ");
}

TEST_CASE("each class of fields: whole, masked or hidden, by role and unit, and nothing of another unit") {
    County county;
    for (const Role& role : county.roles.all()) {
        for (const Unit& unit : county.tree.units()) {
            const Session session = session_of(role, unit.id, "hr");
            const FieldView view(county.roles, county.tree, session, Thing::person, day);
            for (const House& house : houses) {
                const ScopedRow row = county.row_of(house, false, session);
                for (int i = 0; i < field_class_count; ++i) {
                    const auto field = static_cast<FieldClass>(i);
                    bool whole = false;
                    bool masked = false;
                    for (const Right* right : county.roles.rights(session, Verb::read, Thing::person)) {
                        if (!expected_in(house, *right, session, unit.code, false)) continue;
                        whole = whole || (right->whole >> i & 1U) != 0;
                        masked = masked || (right->masked >> i & 1U) != 0;
                    }
                    const Shown expected = whole ? Shown::whole : masked ? Shown::masked : Shown::hidden;
                    CHECK(view.shown(field, row) == expected);
                    const std::string canary = "canary-" + mark_of(house) + "-0123456789";
                    const std::string out = as_shown(view.shown(field, row), field, canary);
                    if (expected != Shown::whole && field != FieldClass::plain)
                        CHECK(out.find(canary) == std::string::npos);
                    if (expected == Shown::hidden) CHECK(out.empty());
                }
            }
        }
    }
}

TEST_CASE("who may see follows the household on the day it moves") {
    County county;
    done(placed(county.store.database, HouseholdId(1), unit_named(county.tree, "village-4"),
                day_of(2026, 7, 1), "move"));
    const auto sees = [&](const char* unit, Date on) {
        const Session session = staff("township_officer", unit_named(county.tree, unit));
        const Scope scope = Scope::of(county.roles, county.tree, session, Verb::read, Thing::household, on);
        const auto rows = county.rows(scope, false);
        return std::ranges::any_of(rows, [](const std::string& row) { return row.starts_with("1 "); });
    };
    CHECK(sees("town-1", day_of(2026, 6, 30)));
    CHECK_FALSE(sees("town-3", day_of(2026, 6, 30)));
    CHECK_FALSE(sees("town-1", day_of(2026, 7, 1)));
    CHECK(sees("town-3", day_of(2026, 7, 1)));
}

TEST_CASE("an assignment opens a household from its day until it ends, and to its account alone") {
    County county;
    const auto sees = [&](UserId user, Date on) {
        Session session = staff("social_worker", unit_named(county.tree, "county-b"));
        session.user = user;
        const Scope scope = Scope::of(county.roles, county.tree, session, Verb::read, Thing::household, on);
        return county.rows(scope, false).size();
    };
    CHECK(sees(UserId(7), day_of(2025, 12, 31)) == 0);
    CHECK(sees(UserId(7), day_of(2026, 1, 1)) == 1);
    CHECK(sees(UserId(7), day_of(2026, 12, 30)) == 1);
    CHECK(sees(UserId(7), day_of(2026, 12, 31)) == 0);
    CHECK(sees(UserId(8), day_of(2026, 1, 1)) == 0);
}

TEST_CASE("an assignment opens nothing outside of the account's units") {
    County county;
    for (const auto& [unit, found] :
         {std::pair("village-4", 1U), std::pair("city", 1U), std::pair("county-a", 0U)}) {
        const Session session = staff("service_provider", unit_named(county.tree, unit));
        const Scope scope = Scope::of(county.roles, county.tree, session, Verb::read, Thing::order, day);
        CHECK(county.rows(scope, false).size() == found);
    }
}

TEST_CASE("a table without the column that a reach needs shows nothing") {
    County county;
    const Session session = staff("partner_department", unit_named(county.tree, "city"), "hr");
    const Scope scope = Scope::of(county.roles, county.tree, session, Verb::read, Thing::referral, day);
    CHECK_FALSE(scope.is_empty());
    CHECK(scope.sql({.household = "h.id"}, 1).condition == "(1 = 0)");
    CHECK(scope.sql({.department = "s.department"}, 1).condition == "(1 = 0)");
    CHECK(scope.sql({}, 1).condition == "(1 = 0)");
    const Scope none = Scope::of(county.roles, county.tree, session, Verb::approve, Thing::pack, day);
    CHECK(none.is_empty());
    CHECK(none.sql({.household = "h.id", .department = "s.department"}, 1).condition == "(1 = 0)");
}

TEST_CASE("rows of an office without households are cut by their unit") {
    County county;
    const Session session = staff("county_caseworker", unit_named(county.tree, "county-a"));
    const Scope scope = Scope::of(county.roles, county.tree, session, Verb::read, Thing::unit, day);
    const SqlScope cut = scope.sql({.unit = "u.id"}, 1);
    auto query = value(county.store.database.prepare("select u.code from unit u where " + cut.condition +
                                                     " order by u.code"));
    cut.bind(query);
    std::vector<std::string> codes;
    while (value(query.step())) codes.push_back(query.text(0));
    CHECK(codes ==
          std::vector<std::string>{"county-a", "town-1", "town-2", "village-1", "village-2", "village-3"});
}

TEST_CASE("what the office above a village handles of the village's own households is told apart") {
    County county;
    const auto found = [&](const char* seat, const char* desk) {
        const Session session = staff("village_worker", unit_named(county.tree, seat));
        const Scope scope =
            Scope::of(county.roles, county.tree, session, Verb::read, Thing::application, day);
        const std::string unit = std::to_string(unit_named(county.tree, desk).value());
        const SqlScope cut = scope.sql_of_desk_above({.household = "h.id", .unit = unit}, 2);
        auto query = value(county.store.database.prepare(
            "select h.id from household h where h.publish = $1 and " + cut.condition + " order by h.id"));
        query.bind(1, 1);
        cut.bind(query);
        std::string ids;
        while (value(query.step())) ids += fmt::format("{} ", query.integer(0));
        return ids;
    };
    CHECK(found("village-1", "town-1") == "1 ");
    CHECK(found("village-2", "town-1") == "2 ");
    CHECK(found("village-1", "town-2").empty());     // another township's desk
    CHECK(found("village-1", "county-a").empty());   // nor that of the county
    CHECK(found("village-1", "village-1").empty());  // its own is reached as it is
    CHECK(found("town-1", "county-a").empty());      // a township has a desk of its own
    CHECK(found("town-1", "town-1").empty());
}

TEST_CASE("two roles of one account add up, and never widen each other's reach") {
    County county;
    done(assign_household(county.store.database, UserId(7), HouseholdId(1), "case-2", day, day + 1));
    Session session = staff("social_worker", unit_named(county.tree, "town-1"));
    session.roles.push_back("village_worker");
    const auto found = [&](std::optional<FieldClass> field) {
        std::string ids;
        const Scope scope =
            Scope::of(county.roles, county.tree, session, Verb::read, Thing::household, day, field);
        for (const std::string& row : county.rows(scope, false)) ids += row.substr(0, 2);
        return ids;
    };
    CHECK(found(std::nullopt) == "1 2 ");
    CHECK(found(FieldClass::phone) == "1 2 ");
    CHECK(found(FieldClass::illness) == "1 ");  // by the assignment alone
}

}  // namespace doudi::access
