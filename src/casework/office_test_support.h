// SPDX-License-Identifier: Apache-2.0
// An office in which cases are tried: a county with two townships and a department's office, a clock that is
// moved by hand, the packs that ship.
#pragma once
#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>

#include "access/staff_test_support.h"
#include "access/units.h"
#include "base/fake_clock.h"
#include "base/test_values.h"
#include "casework/verbs.h"
#include "policy/load.h"

namespace doudi::casework {

inline const policy::Policy& shipped(const std::string& id) {
    static std::map<std::string, policy::Policy> loaded;
    auto found = loaded.find(id);
    if (found == loaded.end())
        found = loaded.emplace(id, policy::load_policy(DOUDI_SOURCE_DIR, id).value()).first;
    return found->second;
}

inline const Actor county{UserId(1), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
inline const Actor township{UserId(2), {"township_officer"}, UnitId(2), "township", "441699101", ""};
inline const Actor colleague{UserId(3), {"township_officer"}, UnitId(2), "township", "441699101", ""};
inline const Fields seen{{"outcome", {"true_"}}, {"officers", {"2", "3"}}, {"note", {"病重"}}};
// What the law joins is made by nobody.
inline const Actor law_itself{UserId(), {"program"}, UnitId(), "", "", ""};
inline const Actor program{UserId(), {"monitoring"}, UnitId(), "", "", ""};

// 1 the county, 2 and 3 its townships, 4 and 6 departments' offices in it, 5 another county.
inline access::UnitTree offices() {
    using access::UnitKind;
    const auto unit = [](unsigned id, const char* code, UnitKind kind, const char* region,
                         const char* department) {
        return access::Unit{UnitId(id), code, code, kind, RegionCode::parse(region), department};
    };
    const auto under = [](unsigned id, unsigned parent) {
        return access::UnitPlace{UnitId(id), UnitId(parent), day("2020-01-01")};
    };
    return access::UnitTree(
        {unit(1, "county", UnitKind::county, "441699", ""),
         unit(2, "first", UnitKind::township, "441699101", ""),
         unit(3, "second", UnitKind::township, "441699102", ""),
         unit(4, "hr", UnitKind::department, "", "hr"), unit(5, "beyond", UnitKind::county, "441698", ""),
         unit(6, "education", UnitKind::department, "", "education")},
        {under(1, 0), under(2, 1), under(3, 1), under(4, 1), under(5, 0), under(6, 1)});
}

template <class Engine>
struct Office {
    explicit Office(std::string pack = "guangdong-2021") : pack_id(std::move(pack)) {
        // 1 and 5 at the county, 2, 3, 7 and 9 at its first township, 4 at a department, 6 and 8 at the
        // second township.
        const auto added = access::add_staff(
            database, clock.now(),
            {{1, ""}, {2, ""}, {2, ""}, {4, "hr"}, {1, ""}, {3, ""}, {2, ""}, {3, ""}, {2, ""}});
        REQUIRE(added.has_value());
    }

    std::string pack_id;
    Engine engine;
    store::Database database = value(engine.open());
    FakeClock clock{Instant(std::chrono::days(day("2025-06-30").days())) + std::chrono::hours(2)};
    access::UnitTree units = offices();
    Desk desk{
        {database, nullptr},
        [this](std::string_view id, Date) {
            std::shared_ptr<const policy::Pack> none;
            return id == pack_id ? std::shared_ptr<const policy::Pack>(none, &shipped(pack_id).pack) : none;
        },
        units,
        shipped(pack_id).calendar,
        clock,
        [this](const CaseHead&, std::string_view, Date) -> Result<std::optional<int>> { return unsigned_; },
        [this](std::optional<HouseholdId>, std::optional<PersonId> person, int,
               Date) -> Result<std::optional<Ages>> { return person ? ages_of_person_ : ages_; }};
    std::optional<int> unsigned_ = 0;    // how many of any household have not signed
    std::optional<Ages> ages_ = Ages{};  // of any household, and of anybody alone: as if all were young
    std::optional<Ages> ages_of_person_ = Ages{};

    [[nodiscard]] Date today() const { return civil_day(clock.now()); }
    [[nodiscard]] const policy::Law& law() const { return shipped(pack_id).pack.law; }
    Moved open(std::string_view level = "red") {
        OpenRequest request;
        request.machine = "warning";
        request.pack = pack_id;
        request.household = HouseholdId(5);
        request.unit = UnitId(1);
        request.first = {"raise", today(), {{"event", {"1"}}, {"level", {std::string(level)}}}, ""};
        return value(open_case(desk, program, request));
    }
    Moved open(const Actor& who, std::string machine, std::string move, Fields fields,
               std::optional<PersonId> person = std::nullopt, std::optional<CaseId> parent = std::nullopt) {
        OpenRequest request;
        request.machine = std::move(machine);
        request.pack = pack_id;
        request.household = HouseholdId(5);
        request.person = person;
        request.parent = parent;
        request.unit = who.unit;
        request.first = {std::move(move), today(), std::move(fields), ""};
        return value(open_case(desk, who, request));
    }
    Moved move(const Actor& who, CaseId of, std::string_view move, Fields fields = {}, std::string key = "") {
        return value(move_case(desk, who, of, std::nullopt,
                               {std::string(move), today(), std::move(fields), std::move(key)}));
    }
    // What was decided of the household and served, so that an objection stands below it; no payment hangs on
    // it.
    CaseId decided() {
        const Fields asks{{"channel", {"window"}}, {"pledge", {"true"}}, {"authorised", {"true"}}};
        const CaseId of = open(township, "application", "register", asks).of;
        REQUIRE(move(township, of, "decline", {{"reason", {"不属本辖区"}}}).kind == Moved::Kind::made);
        REQUIRE(move(township, of, "serve", {{"served_how", {"post"}}}).kind == Moved::Kind::made);
        return of;
    }
    // Filed by the township, below a case: a payment, or what was decided.
    CaseId objected(const char* reason, CaseId below) {
        return open(township, "objection", "file", {{"reason", {reason}}}, std::nullopt, below).of;
    }
    // Below a decision of its own.
    CaseId objected(const char* reason) { return objected(reason, decided()); }
    CaseId accepted() {
        const CaseId of = open().of;
        move(county, of, "dispatch", {{"to_unit", {"2"}}});
        REQUIRE(move(township, of, "accept").kind == Moved::Kind::made);
        return of;
    }
    [[nodiscard]] CaseView view(CaseId of) { return value(read_case(desk, of, today())); }
    [[nodiscard]] std::vector<repository::CaseRow> of_machine(std::string_view machine) {
        auto rows = value(repository::select_cases_of(desk.shelf, HouseholdId(5)));
        std::erase_if(rows, [&](const auto& row) { return row.head.machine != machine; });
        return rows;
    }
    void go_on(int days) { clock.advance(std::chrono::days(days)); }
};

}  // namespace doudi::casework
