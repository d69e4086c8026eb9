// SPDX-License-Identifier: Apache-2.0
// An office for tests: a data folder on either engine (DOUDI_TEST_ENGINE, as ctest sets it the second time),
// the shipped kinds, invented units, a clock that stands, people who propose and confirm.
#pragma once
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "access/units.h"
#include "base/fake_clock.h"
#include "base/test_values.h"
#include "registry/repository.h"
#include "registry/verbs.h"
#include "store/test_engines.h"
#include "store/test_sealed.h"
#include "upkeep/history.h"
#include "upkeep/lists_repository.h"
#include "upkeep/questions.h"
#include "upkeep/repository.h"
#include "upkeep/verbs.h"

namespace doudi::upkeep {

inline Instant noon(Date day) {
    return Instant(std::chrono::days(day.days())) + std::chrono::hours(4);
}

inline access::Roles shipped_roles() {
    auto roles = access::Roles::load(std::filesystem::path(DOUDI_SOURCE_DIR) / "access" / "roles.yaml");
    if (!roles) FAIL(roles.error().front().message(Lang::en));
    return std::move(*roles);
}
inline ChangeRules shipped_kinds() {
    auto rules = ChangeRules::load(std::filesystem::path(DOUDI_SOURCE_DIR) / "access" / "changes.yaml",
                                   shipped_roles());
    if (!rules) FAIL(rules.error().front().message(Lang::en));
    return std::move(*rules);
}

// The unassigned county code 441699: nobody has these numbers.
inline const std::string number_a = "441699197406129795";
inline const std::string number_b = "441699196202063566";

// Who keeps warnings, for tests: which are open, and what was staged.
class KeptWarnings final : public HouseholdWarnings {
  public:
    Result<bool> is_open(HouseholdId household) override { return open.contains(household); }
    Result<void> settle(PublishId publish, const SettledWarnings& settled) override {
        said += fmt::format("@{} case {}: {} -> {} {} {}\n", publish.value(), settled.change.value(),
                            settled.household.value(), settled.heir.value(), settled.ended_on.iso(),
                            settled.reason);
        return {};
    }
    Result<void> restore(PublishId, CaseId change) override {
        said += fmt::format("back {}\n", change.value());
        return {};
    }

    std::set<HouseholdId> open;
    std::string said;
};

class TestOffice {
  public:
    explicit TestOffice(const store::SealChoice& seal = {}) : folder(make(seal)) {
        units = load_units();
        worker.user = access::UserId(7);
        worker.user_name = "worker";
        worker.roles = {"township_officer"};
        boss = worker;
        boss.user = access::UserId(8);
        boss.user_name = "boss";
        boss.roles = {"county_caseworker"};
    }

    // Two households of one township: A with 甲 (1, with a number) and 乙 (2, without one), B with 丙 (3).
    void first_register() {
        const std::vector<registry::HouseholdRow> households{household_row(1, "A"), household_row(2, "B")};
        const std::vector<registry::MemberRow> members{{1, "A", "甲", number_a, "户主", "女", "13800000000"},
                                                       {2, "A", "乙", "", "之子", "男", ""},
                                                       {3, "B", "丙", number_b, "户主", "男", ""}};
        const auto publish = value(folder.begin_publish("register", AsOf{day("2025-03-31")}, "{}"));
        auto loader = value(registry::RegisterLoader::begin(folder, publish));
        for (const auto& row : households) done(loader.add(row));
        for (const auto& row : members) done(loader.add(row));
        (void)value(loader.finish());
        done(folder.publish(publish));
        (void)value(access::place_new_households(folder.database(), unit("town-1"), day("2025-03-31")));
    }
    static registry::HouseholdRow household_row(std::uint32_t row, const std::string& code) {
        registry::HouseholdRow out;
        out.row = row;
        out.code = code;
        out.region = "441699101001";
        out.address = code + "地址";
        out.head_name = "甲";
        out.category = "x";
        return out;
    }

    Desk desk(const access::Session& session) {
        return {folder, folder.database(), rules, clock, session, nullptr};
    }
    Result<CaseId> proposed(const Wish& wish) {
        Desk at = desk(worker);
        return propose(at, wish);
    }
    Result<void> confirmed(CaseId id) {
        Desk at = desk(boss);
        return confirm(at, warnings, id);
    }
    // Proposed, confirmed by another, in force if its day has come.
    CaseId changed(const Wish& wish) {
        const CaseId id = value(proposed(wish));
        done(confirmed(id));
        const auto taken = value(take_due(folder, warnings, civil_day(clock.now())));
        for (const Hindered& hindered : taken.hindered) FAIL(hindered.why.message(Lang::en));
        return id;
    }
    CaseId taken_back(CaseId id) {
        Desk at = desk(worker);
        const CaseId counter = value(propose_counter(at, id, "错了"));
        done(confirmed(counter));
        (void)value(take_due(folder, warnings, civil_day(clock.now())));
        return counter;
    }
    Case found(CaseId id) {
        auto change = value(repository::find_case(folder.database(), folder, id));
        REQUIRE(change);
        return std::move(*change);
    }
    registry::Member member(std::uint32_t id) {
        return value(registry::read_member(folder, folder.current(), PersonId(id)));
    }
    registry::Household household(const std::string& code) {
        const HouseholdId id = value(registry::find_by_code(folder, folder.current(), code));
        REQUIRE(id != HouseholdId());
        return value(registry::read_household(folder, folder.current(), id));
    }
    std::string names_of(const std::string& code) {
        std::string names;
        for (const auto& member : value(registry::members_of(folder, folder.current(), household(code).id)))
            names += member.name;
        return names;
    }
    // Names of those who were in the household on that day.
    std::string names_on(const std::string& code, Date on_day) {
        std::string names;
        for (const auto& member : value(members_on(folder, folder.current(), household(code).id, on_day)))
            names += member.name;
        return names;
    }
    access::UnitId unit(const std::string& code) {
        const access::Unit* found = units.find(code);
        REQUIRE(found != nullptr);
        return found->id;
    }
    std::string unit_on(const std::string& code, Date on_day) {
        const auto id = value(access::unit_of(folder.database(), household(code).id, on_day));
        return id ? units.find(*id)->code : "";
    }

    KeptWarnings warnings;
    FakeClock clock{noon(day("2025-07-10"))};
    access::Roles roles = shipped_roles();
    ChangeRules rules = shipped_kinds();

  private:
    static bool on_postgres() {
        const char* engine = std::getenv("DOUDI_TEST_ENGINE");
        return engine != nullptr && std::string_view(engine) == "postgres";
    }
    store::DataFolder make(const store::SealChoice& seal) {
        return value(store::DataFolder::create(postgres_ ? postgres_->place() : sqlite_.place(), {}, seal));
    }
    access::UnitTree load_units() {
        const auto row = [](std::string code, std::string kind, std::string parent, std::string region) {
            return access::UnitRow{"units:" + code, code, code, kind, parent, region, "", "2020-01-01", ""};
        };
        const std::vector<access::UnitRow> rows{row("county", "county", "", "441699"),
                                                row("town-1", "township", "county", "441699101"),
                                                row("town-2", "township", "county", "441699102")};
        (void)value(access::load_units(folder.database(), rows));
        return value(access::read_units(folder.database()));
    }

    store::OnSqlite sqlite_;
    std::unique_ptr<store::OnPostgres> postgres_ =
        on_postgres() ? std::make_unique<store::OnPostgres>() : nullptr;

  public:
    store::DataFolder folder;
    access::UnitTree units;
    access::Session worker;
    access::Session boss;
};

// --- wishes ---

inline Wish wish(std::string kind, const char* from) {
    Wish out;
    out.kind = std::move(kind);
    out.effective_on = day(from);
    out.paper = "某证明 1 号";
    return out;
}
inline Wish birth(const std::string& household, const std::string& name, const char* from) {
    Wish out = wish("birth", from);
    out.persons = {{.person = {}, .household = household, .fields = {{"name", name}, {"relation", "之子"}}}};
    return out;
}
inline Wish moving(std::string kind, std::uint32_t person, const std::string& household, const char* from) {
    Wish out = wish(std::move(kind), from);
    out.persons = {{.person = PersonId(person), .household = household, .fields = {}}};
    return out;
}
inline Wish death(std::uint32_t person, const char* from) {
    return moving("death", person, "", from);
}
inline Wish correction(std::uint32_t person, const std::string& field, const std::string& value,
                       const char* from) {
    Wish out = wish("correction", from);
    out.persons = {{.person = PersonId(person), .household = {}, .fields = {{field, value}}}};
    return out;
}
inline Wish split(std::uint32_t person, const std::string& code, const char* from) {
    Wish out = moving("split", person, code, from);
    out.households = {{.code = code,
                       .opens = true,
                       .ends = false,
                       .successor = {},
                       .unit = {},
                       .fields = {{"region", "441699101001"}, {"head_name", "乙"}}}};
    return out;
}
inline Wish merge(const std::string& code, const std::string& into, std::vector<std::uint32_t> persons,
                  const char* from) {
    Wish out = wish("merge", from);
    out.households = {
        {.code = code, .opens = false, .ends = true, .successor = into, .unit = {}, .fields = {}}};
    for (const std::uint32_t person : persons)
        out.persons.push_back({.person = PersonId(person), .household = into, .fields = {}});
    return out;
}
inline Wish office_move(const std::string& household, const std::string& unit, const char* from) {
    Wish out = wish("move", from);
    out.households = {
        {.code = household, .opens = false, .ends = false, .successor = {}, .unit = unit, .fields = {}}};
    return out;
}

}  // namespace doudi::upkeep
