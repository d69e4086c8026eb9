// SPDX-License-Identifier: Apache-2.0
// Which looks a citizen is told of; a log whose head was taken away.
#include <doctest/doctest.h>

#include <algorithm>

#include "access/access_test_support.h"
#include "access/audit.h"
#include "access/audit_repository.h"

namespace doudi::access {
namespace {

Look look_of(std::vector<PersonId> persons, std::vector<HouseholdId> households) {
    Look look;
    look.who = staff("township_officer", UnitId(4));
    look.persons = std::move(persons);
    look.households = std::move(households);
    look.what = "households";
    return look;
}

struct Log {
    TestStore store;
    FakeClock clock{noon(2026, 3, 1)};
    std::unique_ptr<AuditLog> log = value(AuditLog::start(store.another(), clock));

    void write(std::vector<PersonId> persons, std::vector<HouseholdId> households) {
        done(log->append(look_of(std::move(persons), std::move(households))));
    }
    // The numbers of the records that the person is told of.
    std::vector<std::uint64_t> told(PersonId person, const std::vector<LivedIn>& lived,
                                    std::uint64_t before = 0, int most = 1000) {
        std::vector<std::uint64_t> numbers;
        for (const CitizenLook& look : value(looks_at(store.database, person, lived, before, most)))
            numbers.push_back(look.seq);
        return numbers;
    }
};

using Numbers = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("a citizen is told of looks at the household, and of none at somebody else of it alone") {
    Log log;
    const PersonId me(1);
    const PersonId other(11);
    const HouseholdId home(5);
    const std::vector<LivedIn> lived{{home, day_of(2020, 1, 1), day_of(2027, 1, 1), {other}}};
    log.write({}, {home, HouseholdId(6)});  // 1: a list
    log.write({other}, {home});             // 2: the other one's paper
    log.write({me}, {home});                // 3
    log.write({me, other}, {home});         // 4: the page
    log.write({}, {HouseholdId(55)});       // 5: another household, whose number holds ours
    log.write({PersonId(77)},
              {home, HouseholdId(8)});  // 6: a list that names a stranger of the other household
    for (const bool indexed : {false, true}) {
        if (indexed) log.log.reset();  // what waits for the index is written to it
        CHECK(log.told(me, lived) == Numbers{6, 4, 3, 1});
        CHECK(log.told(me, {}) == Numbers{4, 3});
        CHECK(log.told(other, {{home, day_of(2020, 1, 1), day_of(2027, 1, 1), {me}}}) == Numbers{6, 4, 2, 1});
        CHECK(log.told(me, lived, 4) == Numbers{3, 1});
        CHECK(log.told(me, lived, 0, 2) == Numbers{6, 4});
    }
}

TEST_CASE("of a household somebody is told of the days on which they lived there") {
    Log log;
    const HouseholdId home(5);
    log.write({}, {home});  // 2026-03-01
    log.clock.advance(std::chrono::days(1));
    log.write({}, {home});  // 2026-03-02
    log.clock.advance(std::chrono::days(1));
    log.write({}, {home});  // 2026-03-03
    const auto told = [&](Date from, Date until) { return log.told(PersonId(1), {{home, from, until, {}}}); };
    CHECK(told(day_of(2026, 3, 1), forever) == Numbers{3, 2, 1});
    CHECK(told(day_of(2026, 3, 2), forever) == Numbers{3, 2});
    CHECK(told(day_of(2026, 3, 2), day_of(2026, 3, 3)) == Numbers{2});
    CHECK(told(day_of(2026, 3, 4), forever).empty());
}

TEST_CASE("pages of looks go on to the first one, however many are others'") {
    Log log;
    const PersonId me(1);
    const PersonId other(2);
    const HouseholdId home(5);
    const std::vector<LivedIn> lived{{home, day_of(2020, 1, 1), forever, {other}}};
    log.write({me}, {home});
    std::vector<Look> many(450, look_of({other}, {home}));
    done(log.log->append(many));
    log.write({me}, {home});
    CHECK(log.told(me, lived) == Numbers{452, 1});
    CHECK(log.told(me, lived, 452) == Numbers{1});
    CHECK(log.told(me, lived, 1).empty());
}

TEST_CASE("a log whose head was taken away is found to be so, and takes no record and begins no chain anew") {
    Log log;
    for (int i = 0; i < 3; ++i) log.write({PersonId(1)}, {});
    done(log.store.database.execute("delete from audit_head"));
    const AuditReport report = value(verify_audit(log.store.database, {}));
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].fault == AuditFault::head_missing);
    CHECK(report.findings[0].seq == 3);
    CHECK(describe(report.findings[0]).en.find("head of the log is gone") != std::string::npos);
    CHECK(report.records == 3);
    CHECK(code_of(log.log->append(look_of({PersonId(1)}, {}))) == "audit_broken");
    CHECK(code_of(make_anchor(log.store.database, log.clock)) == "audit_broken");
    log.log.reset();
    CHECK(code_of(AuditLog::start(log.store.another(), log.clock)) == "audit_broken");
}

TEST_CASE("a setting that is no number makes no record one from before the key") {
    Log log;
    log.log = value(AuditLog::start(log.store.another(), log.clock, "a key"));
    log.write({PersonId(1)}, {});
    log.log.reset();
    done(
        log.store.database.execute("insert into setting (name, value) values ('audit_keyed_after', 'many')"));
    CHECK(value(verify_audit(log.store.database, {}, "a key")).sound());
    CHECK_FALSE(value(verify_audit(log.store.database, {})).sound());
}

}  // namespace doudi::access
