// SPDX-License-Identifier: Apache-2.0
// What the room's tests share: a store of their own, the shipped roles, cheap passwords, a clock that stands.
#pragma once
#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "access/accounts.h"
#include "access/audit.h"
#include "access/masking.h"
#include "access/session_cache.h"
#include "access/units.h"
#include "base/fake_clock.h"
#include "base/test_values.h"
#include "store/database.h"
#include "store/test_engines.h"
#include "store/test_folder.h"
#include "vault/digest.h"
#include "vault/secret.h"

namespace doudi::access {

inline std::filesystem::path shipped(const char* name) {
    return std::filesystem::path(DOUDI_SOURCE_DIR) / "access" / name;
}

inline Roles shipped_roles() {
    auto roles = Roles::load(shipped("roles.yaml"));
    if (!roles) FAIL(roles.error().front().message(Lang::en));
    return std::move(*roles);
}

// As shipped, but for the cost of a password.
inline SecurityRules shipped_rules() {
    auto rules = SecurityRules::load(shipped(""));
    if (!rules) FAIL(rules.error().front().message(Lang::en));
    rules->password_kibibytes = 16;
    rules->password_passes = 1;
    return std::move(*rules);
}

// Hides nothing, but minds the place; what it gives is text, as a column wants it.
class OpenSealer final : public Sealer {
  public:
    Result<std::string> seal(std::string_view secret, std::string_view place) const override {
        return std::string(place) + "=" + vault::hex_of(vault::bytes_of(secret));
    }
    Result<std::string> open(std::string_view sealed, std::string_view place) const override {
        const std::string begin = std::string(place) + "=";
        if (!sealed.starts_with(begin)) return fail(ErrorKind::invalid, "sealed_elsewhere", {"不符", "no"});
        const auto bytes = vault::bytes_of_hex(sealed.substr(begin.size()));
        if (!bytes) return fail(ErrorKind::invalid, "sealed_damaged", {"损坏", "damaged"});
        return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    }
};

inline Result<void> placed(store::Database& database, HouseholdId household, UnitId unit, Date from,
                           std::string_view why) {
    return database.write([&] { return place_household(database, household, unit, from, why); });
}

inline Date day_of(int year, int month, int day) {
    return Date::from_ymd(year, month, day).value();
}
// Noon in China on that day.
inline Instant noon(int year, int month, int day) {
    return Instant(std::chrono::days(day_of(year, month, day).days())) + std::chrono::hours(4);
}

// On SQLite; with DOUDI_TEST_ENGINE=postgres, as ctest runs it a second time, on PostgreSQL.
class TestStore {
  public:
    static bool on_postgres() {
        const char* engine = std::getenv("DOUDI_TEST_ENGINE");
        return engine != nullptr && std::string_view(engine) == "postgres";
    }
    // A table as a migration writes it.
    static std::string table(const char* sql) {
        return on_postgres() ? store::OnPostgres::table(sql) : store::OnSqlite::table(sql);
    }
    store::Database another() { return value(postgres_ ? postgres_->open() : sqlite_.open()); }
    [[nodiscard]] const store::TestFolder& folder() const { return sqlite_.folder(); }

  private:
    store::OnSqlite sqlite_;
    std::unique_ptr<store::OnPostgres> postgres_ =
        on_postgres() ? std::make_unique<store::OnPostgres>() : nullptr;

  public:
    store::Database database = another();
};

// city > county-a > (town-1 > (village-1, village-2), town-2 > village-3), county-b > town-3 > village-4; a
// city without counties hangs its towns below itself: town-9.
inline std::vector<UnitRow> invented_units() {
    const auto row = [](std::string code, std::string kind, std::string parent, std::string region) {
        return UnitRow{"units:" + code, code, code, kind, parent, region, "", "2020-01-01", ""};
    };
    return {row("city", "city", "", "4416"),
            row("county-a", "county", "city", "441699"),
            row("county-b", "county", "city", ""),
            row("town-1", "township", "county-a", "441699101"),
            row("town-2", "township", "county-a", "441699102"),
            row("town-3", "township", "county-b", ""),
            row("town-9", "township", "city", ""),
            row("village-1", "village", "town-1", "441699101001"),
            row("village-2", "village", "town-1", "441699101002"),
            row("village-3", "village", "town-2", "441699102001"),
            row("village-4", "village", "town-3", "")};
}

inline UnitTree load_invented(store::Database& database) {
    (void)value(load_units(database, invented_units()));
    return value(read_units(database));
}

inline UnitId unit_named(const UnitTree& tree, std::string_view code) {
    const Unit* unit = tree.find(code);
    if (unit == nullptr) FAIL("no unit " << code);
    return unit->id;
}

// An office with people who sign in; what happens at its doors is written nowhere unless a test says so.
struct PeopleOffice {
    TestStore store;
    UnitTree tree = load_invented(store.database);
    Roles roles = shipped_roles();
    SecurityRules rules = shipped_rules();
    FakeClock clock{noon(2026, 3, 1)};
    PasswordHasher hasher{rules};
    OpenSealer sealer;
    SessionCache cache;
    std::unique_ptr<AuditLog> log;
    AccountServices services{roles, rules, clock, hasher, sealer};
    Accounts accounts{store.database, services};

    UserId add(const std::string& name, const std::string& role = "township_officer") {
        Account account;
        account.name = name;
        account.full_name = "某某";
        account.roles = {role};
        account.unit = unit_named(tree, "town-1");
        return value(accounts.add(account, "first-Secret-77"));
    }
    void use_cache() { services.sessions = &cache; }
    void use_log() {
        log = value(AuditLog::start(store.another(), clock));
        services.log = log.get();
    }
    // As somebody at the desk changes it.
    void give(const std::string& name, const std::string& role, const char* unit) {
        const Account account = value(accounts.find(name));
        done(accounts.change(account, {.full_name = account.full_name,
                                       .roles = {role},
                                       .unit = unit_named(tree, unit),
                                       .department = account.department}));
    }
};

// A household with one member, both with this id, as the register publishes them.
inline void add_household(store::Database& database, std::uint32_t id, const std::string& region,
                          const std::string& mark) {
    done(database.write([&]() -> Result<void> {
        TRY_VOID(database.execute("update current_publication set id = 1"));
        auto household = TRY(
            database.prepare("insert into household (publish, id, code, region, address, head_name, category)"
                             " values (1, $1, $2, $3, $4, $5, 'x')"));
        household.bind(1, std::int64_t{id}).bind(2, std::string_view(mark)).bind(3, std::string_view(region));
        household.bind(4, std::string_view(mark + "-address")).bind(5, std::string_view(mark + "-name"));
        TRY_VOID(household.run());
        auto member = TRY(database.prepare(
            "insert into member (publish, id, household, name, phone) values (1, $1, $1, $2, $3)"));
        member.bind(1, std::int64_t{id}).bind(2, std::string_view(mark + "-name"));
        return member.bind(3, std::string_view(mark + "-phone")).run();
    }));
}

inline Session staff(std::string role, UnitId unit, std::string department = {}) {
    Session session;
    session.id = SessionId(7);
    session.user = UserId(7);
    session.user_name = "someone";
    session.roles = {std::move(role)};
    session.unit = unit;
    session.department = std::move(department);
    session.why = {"routine", "case-1"};
    session.from = "192.0.2.1";
    return session;
}

}  // namespace doudi::access
