// SPDX-License-Identifier: Apache-2.0
#include "access/retention.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "access/access_test_support.h"
#include "access/authorisations.h"
#include "access/outside.h"
#include "access/outside_repository.h"
#include "access/protection.h"
#include "access/secrets.h"

namespace doudi::access {
namespace {

// A data folder, on the engine of this run.
struct Folder {
    store::OnSqlite sqlite;
    std::unique_ptr<store::OnPostgres> postgres =
        TestStore::on_postgres() ? std::make_unique<store::OnPostgres>() : nullptr;
    store::DataFolder data = value(store::DataFolder::create(postgres ? postgres->place() : sqlite.place()));
    store::Database& database = data.database();
    FakeClock clock{noon(2026, 3, 1)};
    std::unique_ptr<AuditLog> log = value(AuditLog::start(value(data.open_writer()), clock));
};

// This room's part of the shipped file.
RetentionTable shipped_table() {
    auto kept = kept_classes();
    for (const char* other :
         {"off_register_row", "original", "landed_row", "refusal", "review_name", "register_history",
          "closed_warning", "past_doubt", "cycle_memory", "job", "fresh_event", "upload_note",
          "stored_answer", "change_case", "casework", "exchange_message", "first_request"}) {
        kept.push_back(
            {other,
             {},
             [](store::DataFolder&, Instant) { return Result<std::vector<store::Ended>>({}); },
             [](store::DataFolder&, std::span<const std::string>, std::int64_t) { return Result<void>(); }});
    }
    auto table = RetentionTable::load(shipped("retention.yaml"), std::move(kept));
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

Removal of(const std::vector<Removal>& removals, std::string_view id) {
    for (const Removal& one : removals) {
        if (one.id == id) return one;
    }
    return {};
}

// A class of files and rows that stand in a list: key, household, of many.
struct List {
    std::vector<store::Ended> things;
    std::vector<std::string> removed;
    bool fails = false;

    RetentionTable table() {
        store::KeptClass kept{
            "things",
            {"甲", "a"},
            [this](store::DataFolder&, Instant) -> Result<std::vector<store::Ended>> { return things; },
            [this](store::DataFolder&, std::span<const std::string> keys, std::int64_t) {
                return remove(keys);
            }};
        auto read = RetentionTable::read(
            "classes:\n  - {class: things, days: 10, title: {zh: 甲, en: A}, purpose: {zh: 乙, en: B}, "
            "basis: "
            "{zh: 丙, en: C}}\n",
            "access/retention.yaml", {std::move(kept)});
        REQUIRE(read);
        return std::move(*read);
    }
    Result<void> remove(std::span<const std::string> keys) {
        for (const std::string& key : keys) {
            if (fails) return fail(ErrorKind::io, "killed", {"断", "killed"});
            removed.push_back(key);
            std::erase_if(things, [&](const store::Ended& one) { return one.key == key; });
        }
        return {};
    }
};

Session someone() {
    Session session;
    session.user_name = "wang";
    return session;
}

}  // namespace

TEST_CASE("what outlived its term goes on the day after, with a proof, and what is in use stays") {
    Folder folder;
    const UnitTree tree = load_invented(folder.database);
    const Roles roles = shipped_roles();
    SecurityRules rules = shipped_rules();
    PasswordHasher hasher(rules);
    const OpenSealer sealer;
    const AccountServices services{roles, rules, folder.clock, hasher, sealer};
    Accounts accounts(folder.database, services);
    Account account;
    account.name = "a";
    account.roles = {"township_officer"};
    account.unit = unit_named(tree, "town-1");
    (void)value(accounts.add(account, "first-Secret-77"));
    const RetentionTable table = shipped_table();
    const auto remove = [&](std::string_view id) {
        return of(value(remove_due(folder.data, *folder.log, table, folder.clock, someone())), id);
    };

    const SignedIn in = value(accounts.sign_in("a", "first-Secret-77", "h"));
    CHECK(remove("session").rows == 0);
    folder.clock.advance(std::chrono::days(days_of(table, "session")));
    CHECK(remove("session").rows == 0);  // the last moment of its term
    folder.clock.advance(std::chrono::microseconds(1));
    CHECK(of(value(due_removals(folder.data, table, folder.clock)), "session").rows == 1);
    const Removal removed = remove("session");
    CHECK(removed.rows == 1);
    CHECK(removed.proof == 1);
    std::string ungrouped = removed.keys_hash;
    std::erase(ungrouped, '-');
    CHECK(ungrouped == sm3_hex(fmt::format("{}\n", in.session.id.value())));
    CHECK(remove("session").rows == 0);
    const auto records = value(read_audit(folder.database, {}));
    REQUIRE(records.size() == 1);
    CHECK(records.front().thing == "retention");
    CHECK(records.front().what.find("removed 1 of session") == 0);
    CHECK(records.front().what.find(removed.keys_hash) != std::string::npos);
    CHECK(value(accounts.list()).size() == 1);
    const auto kept = value(proofs(folder.database, 0, 10));
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].id == "session");
    CHECK(kept[0].rows == 1);
    CHECK(kept[0].done);
    CHECK(kept[0].by == "wang");
    CHECK(kept[0].keys_hash == removed.keys_hash);
}

TEST_CASE("a wait that still runs is not forgotten, an authorisation goes by its last day") {
    Folder folder;
    const RetentionTable table = shipped_table();
    const SecurityRules rules = shipped_rules();
    Authorisation paper;
    paper.person = PersonId(1);
    paper.signer = PersonId(1);
    paper.scope = whole_check;
    paper.signed_on = paper.from = day_of(2026, 1, 1);
    paper.until = day_of(2026, 3, 1);
    (void)value(record_authorisation(folder.database, nullptr, rules, {}, folder.clock, paper,
                                     {.on = day_of(1980, 1, 1)}));
    done(folder.database.execute(fmt::format("insert into sign_in_failure values ('name:x', 9, 0, {})",
                                             micros_of(noon(2036, 2, 25)))));
    const auto rows = [&](std::string_view id) {
        return of(value(due_removals(folder.data, table, folder.clock)), id).rows;
    };
    CHECK(rows("sign_in_failure") == 0);  // it waits until 2036
    const int days = days_of(table, "authorisation");
    folder.clock.advance(std::chrono::days(days));
    CHECK(rows("authorisation") == 0);
    CHECK(rows("sign_in_failure") == 0);
    folder.clock.advance(std::chrono::days(1));
    CHECK(rows("authorisation") == 1);
    folder.clock.advance(std::chrono::days(days_of(table, "sign_in_failure")));
    CHECK(rows("sign_in_failure") == 1);
}

TEST_CASE("marks of protection, assignments and counts of questions go a term after they have ended") {
    Folder folder;
    const RetentionTable table = shipped_table();
    const Date today = civil_day(folder.clock.now());
    Protection mark;
    mark.person = PersonId(1);
    mark.reason = "告诫书";
    mark.from = today + -10;
    mark.until = today;
    (void)value(protect(folder.database, nullptr, {}, folder.clock, mark));
    mark.from = today + 1;
    mark.until = forever;
    (void)value(protect(folder.database, nullptr, {}, folder.clock, mark));
    for (const auto& [household, until] : {std::pair(5U, today), std::pair(6U, forever)})
        done(assign_household(folder.database, UserId(7), HouseholdId(household), "c", today + -5, until));
    done(folder.database.execute(
        fmt::format("insert into category_query values ('hr of ours', '{}', 3)", today.iso())));
    for (const char* id : {"protection", "assignment", "category_query"}) {
        CAPTURE(id);
        const auto due = [&] { return of(value(due_removals(folder.data, table, folder.clock)), id).rows; };
        folder.clock.set(noon(2026, 3, 1) + std::chrono::days(days_of(table, id)));
        CHECK(due() == 0);  // on the last day
        folder.clock.advance(std::chrono::days(1));
        CHECK(due() == 1);  // what has no end stays
        (void)value(remove_due(folder.data, *folder.log, table, folder.clock, {}, id));
        CHECK(due() == 0);
    }
    CHECK(value(is_assigned(folder.database, UserId(7), HouseholdId(6), today)));
    CHECK_FALSE(value(is_assigned(folder.database, UserId(7), HouseholdId(5), today + -1)));
}

TEST_CASE(
    "a citizen's link to an identity of others goes a term after the last sign-in, an account's stays") {
    Folder folder;
    const RetentionTable table = shipped_table();
    add_household(folder.database, 3, "", "three");
    const auto subject = [](const char* name) {
        return Accounts::OutsideSubject{"https://id.example", name};
    };
    const auto signs_in = [&](const char* name, UserId user, PersonId person) {
        done(folder.database.write([&]() -> Result<void> {
            const bool linked = TRY(
                repository::put_subject(folder.database, subject(name), user, person, folder.clock.now()));
            CHECK(linked);
            return {};
        }));
    };
    const auto linked = [&](const char* name) {
        return value(repository::select_subject(folder.database, subject(name))).has_value();
    };
    const auto due = [&] {
        return of(value(due_removals(folder.data, table, folder.clock)), "outside_link");
    };
    signs_in("s 1", UserId(), PersonId(3));
    signs_in("s", UserId(), PersonId(4));
    signs_in("staff", UserId(7), PersonId());
    folder.clock.advance(std::chrono::days(days_of(table, "outside_link")));
    CHECK(due().rows == 0);
    signs_in("s", UserId(), PersonId(4));  // again: counted anew
    folder.clock.advance(std::chrono::days(1));
    CHECK(due().rows == 1);
    Hold hold;
    hold.household = HouseholdId(3);
    hold.reason = "case 7";
    const auto id = value(place_hold(folder.database, *folder.log, table, folder.clock, {}, hold));
    CHECK(due().rows == 0);
    CHECK(due().held == 1);
    done(lift_hold(folder.database, *folder.log, folder.clock, {}, id, "closed"));
    const auto removed = value(remove_due(folder.data, *folder.log, table, folder.clock, {}, "outside_link"));
    CHECK(of(removed, "outside_link").rows == 1);
    CHECK(of(removed, "outside_link").proof > 0);
    CHECK_FALSE(linked("s 1"));
    CHECK(linked("s"));
    CHECK(linked("staff"));
    folder.clock.advance(std::chrono::days(2 * days_of(table, "outside_link")));
    CHECK(of(value(remove_due(folder.data, *folder.log, table, folder.clock, {})), "outside_link").rows == 1);
    CHECK_FALSE(linked("s"));
    CHECK(linked("staff"));
}

TEST_CASE("who is forgotten has no door left: no link, no code, no session; others keep theirs") {
    Folder folder;
    const Instant now = folder.clock.now();
    done(folder.database.write([&]() -> Result<void> {
        for (const std::uint32_t person : {3U, 4U}) {
            (void)TRY(repository::put_subject(folder.database,
                                              {"https://id.example", "s" + std::to_string(person)}, UserId(),
                                              PersonId(person), now));
            TRY_VOID(folder.database.execute(
                fmt::format("insert into window_code values ('L{0}', 'h{0}', {0}, 1, {1}, {1}, 5, null)",
                            person, micros_of(now))));
            TRY_VOID(folder.database.execute(fmt::format(
                "insert into access_session values ({0}, 't{0}', 'citizen', 0, {0}, 0, 0, 1, {1}, {1}, "
                "null, 'h')",
                person, micros_of(now))));
        }
        return {};
    }));
    done(close_doors_of(folder.database, PersonId(3), folder.clock));
    const auto count = [&](const std::string& sql) {
        auto query = value(folder.database.prepare("select count(*) from " + sql));
        CHECK(value(query.step()));
        return query.integer(0);
    };
    CHECK(count("outside_subject where person = 3") == 0);
    CHECK(count("window_code where person = 3") == 0);
    CHECK(count("access_session where person = 3 and ended_at is null") == 0);
    CHECK(count("outside_subject") == 1);
    CHECK(count("window_code") == 1);
    CHECK(count("access_session where ended_at is null") == 1);
}

TEST_CASE("a hold stops what it names: a class, a household, a file of many; lifted, it goes") {
    Folder folder;
    List list;
    const RetentionTable table = list.table();
    list.things = {{"1", 7, false}, {"2", 8, false}, {"3", 0, true}, {"4", 0, false}};
    const auto due = [&] {
        const Removal one = value(due_removals(folder.data, table, folder.clock)).front();
        return std::pair(one.rows, one.held);
    };
    const auto place = [&](const Hold& hold) {
        return place_hold(folder.database, *folder.log, table, folder.clock, someone(), hold);
    };
    Hold hold;
    hold.reason = "(2026) case 1";
    CHECK(due() == std::pair<std::uint64_t, std::uint64_t>(4, 0));
    hold.household = HouseholdId(7);
    const auto first = value(place(hold));
    CHECK(due() == std::pair<std::uint64_t, std::uint64_t>(2, 2));  // their own row, and the file of many
    hold.household.reset();
    hold.id_of_class = "things";
    const auto second = value(place(hold));
    CHECK(due() == std::pair<std::uint64_t, std::uint64_t>(0, 4));
    CHECK(value(remove_due(folder.data, *folder.log, table, folder.clock, someone())).front().proof == 0);
    CHECK(list.removed.empty());
    CHECK(value(open_holds(folder.database)).size() == 2);
    done(lift_hold(folder.database, *folder.log, folder.clock, someone(), second, "closed"));
    CHECK(due() == std::pair<std::uint64_t, std::uint64_t>(2, 2));
    done(lift_hold(folder.database, *folder.log, folder.clock, someone(), first, "closed"));
    CHECK(code_of(lift_hold(folder.database, *folder.log, folder.clock, someone(), first, "x")) ==
          "no_such_hold");
    CHECK(value(remove_due(folder.data, *folder.log, table, folder.clock, someone())).front().rows == 4);
    CHECK(list.removed == std::vector<std::string>{"1", "2", "3", "4"});
    hold.id_of_class = "thing";
    CHECK(code_of(place(hold)) == "retention_class");
    hold.id_of_class.clear();
    for (const char* nothing : {"", " ", "　", "。", "-"}) {
        hold.reason = nothing;
        CHECK(code_of(place(hold)) == "hold_reason");
        CHECK(code_of(lift_hold(folder.database, *folder.log, folder.clock, someone(), first, nothing)) ==
              "hold_reason");
    }
    // Who placed and lifted them stands in the log, with the reason.
    const auto records = value(read_audit(folder.database, {}));
    CHECK(std::ranges::count(records, std::string("(2026) case 1"), &AuditRecord::reason) == 2);
}

TEST_CASE("ended on the way, a removal stays begun; the next one has a proof of its own for what is left") {
    Folder folder;
    List list;
    const RetentionTable table = list.table();
    list.things = {{"1", 0, false}, {"2", 0, false}};
    list.fails = true;
    CHECK(code_of(remove_due(folder.data, *folder.log, table, folder.clock, someone())) == "killed");
    list.fails = false;
    const Removal removed =
        value(remove_due(folder.data, *folder.log, table, folder.clock, someone())).front();
    CHECK(removed.proof == 2);
    const auto kept = value(proofs(folder.database, 0, 10));
    REQUIRE(kept.size() == 2);
    CHECK(kept[0].done);
    CHECK_FALSE(kept[1].done);
    // By which proof a thing went: of what was only begun there is none, nor of other things.
    const std::vector<std::string> both{"1", "2"};
    CHECK(value(proof_of(folder.database, removal_of("things", Instant(), both)))->number == 2);
    CHECK_FALSE(value(proof_of(folder.database, removal_of("other", Instant(), both))));
    CHECK_FALSE(value(proof_of(folder.database, removal_of("things", Instant(), {both.data(), 1}))));
    CHECK(value(read_audit(folder.database, {})).size() == 2);
}

TEST_CASE("the day's list is proposed once, replaced by the next day's, and carried out by a person") {
    Folder folder;
    List list;
    const RetentionTable table = list.table();
    const auto propose = [&] {
        return value(propose_removals(folder.data, folder.database, table, folder.clock));
    };
    CHECK_FALSE(propose());
    CHECK_FALSE(value(open_proposal(folder.database)));
    list.things = {{"1", 0, false}};
    const auto first = propose();
    REQUIRE(first);
    CHECK(first->body.find(R"("class":"things")") != std::string::npos);
    CHECK(first->body.find(R"("due":1)") != std::string::npos);
    CHECK(list.removed.empty());
    folder.clock.advance(std::chrono::days(1));
    const auto second = propose();
    CHECK(value(open_proposal(folder.database))->id == second->id);
    CHECK(code_of(close_proposal(folder.database, folder.clock, someone(), first->id)) == "no_such_proposal");
    done(close_proposal(folder.database, folder.clock, someone(), second->id));
    CHECK_FALSE(value(open_proposal(folder.database)));
}

TEST_CASE("a class that the program cannot carry out, and a term that is none, are faults with their place") {
    const auto fault = [](const std::string& line) {
        const auto read =
            RetentionTable::read("classes:\n  - " + line + "\n", "access/retention.yaml", kept_classes());
        return read ? std::string("done") : read.error().front().where + " " + read.error().front().code;
    };
    const std::string rest = ", title: {zh: 甲, en: A}, purpose: {zh: 乙, en: B}, basis: {zh: 丙, en: C}}";
    CHECK(fault("{class: session, days: 10" + rest) == "done");
    CHECK(fault("{class: sessions, days: 10" + rest) == "access/retention.yaml:2:13 retention_class");
    CHECK(fault("{class: session, days: 0" + rest) == "access/retention.yaml:2:28 yaml_out_of_range");
    CHECK(fault("{class: session, days: 10, title: {zh: 甲, en: A}}").ends_with("yaml_missing_key"));
}

}  // namespace doudi::access
