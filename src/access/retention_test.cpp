// SPDX-License-Identifier: Apache-2.0
#include "access/retention.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "access/access_test_support.h"
#include "access/authorisations.h"
#include "access/secrets.h"

namespace doudi::access {
namespace {

RetentionTable shipped_table() {
    auto table = RetentionTable::load(shipped("retention.yaml"));
    if (!table) FAIL(table.error().front().message(Lang::en));
    return std::move(*table);
}

int days_of(const RetentionTable& table, std::string_view id) {
    for (const RetentionClass& one : table.classes()) {
        if (one.id == id) return one.days;
    }
    FAIL("no class " << id);
    return 0;
}

}  // namespace

TEST_CASE("what outlived its term goes on the day after, with a proof, and what is in use stays") {
    TestStore store;
    const UnitTree tree = load_invented(store.database);
    const Roles roles = shipped_roles();
    SecurityRules rules = shipped_rules();
    FakeClock clock(noon(2026, 3, 1));
    PasswordHasher hasher(rules);
    const OpenSealer sealer;
    const AccountServices services{roles, rules, clock, hasher, sealer};
    Accounts accounts(store.database, services);
    Account account;
    account.name = "a";
    account.roles = {"township_officer"};
    account.unit = unit_named(tree, "town-1");
    (void)value(accounts.add(account, "first-Secret-77"));
    const RetentionTable table = shipped_table();
    const auto log = value(AuditLog::start(store.another(), clock));
    const auto remove = [&](std::string_view id) {
        for (const Removal& one : value(remove_due(store.database, *log, table, clock, {}))) {
            if (one.id == id) return one;
        }
        return Removal{};
    };

    const SignedIn in = value(accounts.sign_in("a", "first-Secret-77", "h"));
    CHECK(remove("session").rows == 0);
    clock.advance(std::chrono::days(days_of(table, "session")));
    CHECK(remove("session").rows == 0);  // the last moment of its term
    clock.advance(std::chrono::microseconds(1));
    const auto due = value(due_removals(store.database, table, clock));
    const auto session = std::ranges::find(due, std::string_view("session"), &Removal::id);
    REQUIRE(session != due.end());
    CHECK(session->rows == 1);
    const Removal removed = remove("session");
    CHECK(removed.rows == 1);
    std::string ungrouped = removed.keys_hash;
    std::erase(ungrouped, '-');
    CHECK(ungrouped == sm3_hex(fmt::format("{}\n", in.session.id.value())));
    CHECK(remove("session").rows == 0);
    const auto records = value(read_audit(store.database, {}));
    REQUIRE(records.size() == 1);
    CHECK(records.front().thing == "retention");
    CHECK(records.front().what.find("removed 1 of session") == 0);
    CHECK(records.front().what.find(removed.keys_hash) != std::string::npos);
    CHECK(value(accounts.list()).size() == 1);
}

TEST_CASE("a wait that still runs is not forgotten, an authorisation goes by its last day") {
    TestStore store;
    FakeClock clock(noon(2026, 3, 1));
    const RetentionTable table = shipped_table();
    const SecurityRules rules = shipped_rules();
    Authorisation paper;
    paper.person = PersonId(1);
    paper.signer = PersonId(1);
    paper.scope = whole_check;
    paper.signed_on = paper.from = day_of(2026, 1, 1);
    paper.until = day_of(2026, 3, 1);
    (void)value(record_authorisation(store.database, rules, {}, clock, paper, std::nullopt));
    done(store.database.execute(fmt::format("insert into sign_in_failure values ('name:x', 9, 0, {})",
                                            micros_of(noon(2036, 2, 25)))));
    const auto rows = [&](std::string_view id) {
        for (const Removal& one : value(due_removals(store.database, table, clock))) {
            if (one.id == id) return one.rows;
        }
        return std::uint64_t{99};
    };
    CHECK(rows("sign_in_failure") == 0);  // it waits until 2036
    const int days = days_of(table, "authorisation");
    clock.advance(std::chrono::days(days));
    CHECK(rows("authorisation") == 0);
    CHECK(rows("sign_in_failure") == 0);
    clock.advance(std::chrono::days(1));
    CHECK(rows("authorisation") == 1);
    clock.advance(std::chrono::days(days_of(table, "sign_in_failure")));
    CHECK(rows("sign_in_failure") == 1);
}

TEST_CASE("a class that the program cannot carry out, and a term that is none, are faults with their place") {
    const auto fault = [](const std::string& line) {
        const auto read = RetentionTable::read("classes:\n  - " + line + "\n", "access/retention.yaml");
        return read ? std::string("done") : read.error().front().where + " " + read.error().front().code;
    };
    const std::string rest = ", title: {zh: 甲, en: A}, purpose: {zh: 乙, en: B}, basis: {zh: 丙, en: C}}";
    CHECK(fault("{class: session, days: 10" + rest) == "done");
    CHECK(fault("{class: sessions, days: 10" + rest) == "access/retention.yaml:2:13 retention_class");
    CHECK(fault("{class: session, days: 0" + rest) == "access/retention.yaml:2:28 yaml_out_of_range");
    CHECK(fault("{class: session, days: 10, title: {zh: 甲, en: A}}").ends_with("yaml_missing_key"));
}

}  // namespace doudi::access
