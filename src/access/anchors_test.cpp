// SPDX-License-Identifier: Apache-2.0
#include "access/anchors.h"

#include <doctest/doctest.h>

#include <fstream>

#include "access/access_test_support.h"

namespace doudi::access {
namespace {

void look(AuditLog& log, const std::string& what) {
    Look one;
    one.what = what;
    done(log.append(one));
}

const std::string key(32, 'k');

}  // namespace

TEST_CASE("each day's root is of that day's last record, addressed to the top unit, and late if it is") {
    TestStore store;
    const UnitTree tree = load_invented(store.database);
    FakeClock clock(noon(2026, 3, 1));
    const auto log = value(AuditLog::start(store.another(), clock, key));
    const auto anchor = [&](Date day) {
        return value(anchor_day(store.database, clock, day, units_above_all(tree, day), key));
    };
    CHECK_FALSE(anchor(day_of(2026, 2, 28)));
    look(*log, "one");
    look(*log, "two");
    clock.advance(std::chrono::hours(12));  // midnight in China
    look(*log, "three");
    const auto first = anchor(day_of(2026, 3, 1));
    REQUIRE(first);
    CHECK(first->seq == 2);
    CHECK(first->day == day_of(2026, 3, 1));
    clock.advance(std::chrono::days(3));
    look(*log, "four");
    CHECK(anchor(day_of(2026, 3, 2))->seq == 3);
    CHECK(anchor(day_of(2026, 3, 1))->seq == 2);  // again: the same
    const auto all = value(unit_anchors(store.database, {}, 10));
    REQUIRE(all.size() == 2);
    CHECK(all[0].anchor.day == day_of(2026, 3, 2));
    CHECK(all[0].late);
    CHECK(all[1].anchor.seq == 2);
    CHECK_FALSE(all[1].late);
    CHECK(all[1].unit == unit_named(tree, "city"));
    CHECK(value(unit_anchors(store.database, {.day = day_of(2026, 3, 2), .unit = UnitId(~0U)}, 10)).size() ==
          1);
    CHECK(value(verify_audit(store.database, {}, key)).sound());
}

TEST_CASE(
    "a root that was handed on finds what was changed after it, and nothing is anchored that is not whole") {
    TestStore store;
    const UnitTree tree = load_invented(store.database);
    FakeClock clock(noon(2026, 3, 1));
    auto log = value(AuditLog::start(store.another(), clock, key));
    look(*log, "one");
    look(*log, "two");
    clock.advance(std::chrono::days(1));
    const auto made = value(anchor_day(store.database, clock, day_of(2026, 3, 1),
                                       units_above_all(tree, day_of(2026, 3, 1)), key));
    REQUIRE(made);
    done(drop_anchor(store.folder().path(), *made));
    done(drop_anchor(store.folder().path(), *made));  // a second time it is written over
    const auto dropped = value(read_anchors(store.folder().path()));
    REQUIRE(dropped.size() == 1);
    CHECK(dropped[0] == *made);
    CHECK(value(read_anchors(store.folder() / "anchor-2026-03-01.txt")).size() == 1);
    log.reset();
    // The tail is cut, and whoever did it mended the head, the index and the database's own anchors.
    for (const char* sql :
         {"delete from audit_record where seq = 2", "delete from unit_anchor", "delete from audit_anchor",
          "update audit_head set seq = 1, hash = (select hash from audit_record where seq = 1), indexed = 1"})
        done(store.database.execute(sql));
    CHECK(value(verify_audit(store.database, {}, key)).sound());
    CHECK_FALSE(value(verify_audit(store.database, dropped, key)).sound());
    done(store.database.execute("update audit_record set what = 'none' where seq = 1"));
    CHECK(code_of(anchor_day(store.database, clock, day_of(2026, 3, 1), {}, key)) == "audit_broken");
}

TEST_CASE("a log that began without keys and goes on with them is verified as it was written") {
    TestStore store;
    FakeClock clock(noon(2026, 3, 1));
    {
        const auto log = value(AuditLog::start(store.another(), clock));
        look(*log, "plain");
    }
    done(store.database.execute(
        "insert into setting (name, value) select 'audit_keyed_after', cast(seq as text) from audit_head"));
    {
        const auto log = value(AuditLog::start(store.another(), clock, key));
        look(*log, "keyed");
    }
    CHECK(value(verify_audit(store.database, {}, key)).sound());
    CHECK_FALSE(value(verify_audit(store.database, {}, {})).sound());
    clock.advance(std::chrono::days(1));
    CHECK(value(anchor_day(store.database, clock, day_of(2026, 3, 1), {}, key))->seq == 2);
}

}  // namespace doudi::access
