// SPDX-License-Identifier: Apache-2.0
#include "access/audit.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "access/access_test_support.h"
#include "access/audit_repository.h"
#include "access/audit_text.h"
#include "base/day_begin.h"

namespace doudi::access {
namespace {

Look look_at(std::uint32_t person, const std::string& what = "page") {
    Look look;
    look.who = staff("township_officer", UnitId(4));
    look.verb = Verb::read;
    look.thing = Thing::household;
    look.persons = {PersonId(person + 1), PersonId(person)};
    look.households = {HouseholdId(person)};
    look.what = what;
    return look;
}

struct Log {
    TestStore store;
    FakeClock clock{noon(2026, 3, 1)};
    std::unique_ptr<AuditLog> log;

    explicit Log(int records = 0) {
        begin();
        for (int i = 1; i <= records; ++i) {
            clock.advance(std::chrono::seconds(1));
            done(log->append(look_at(static_cast<std::uint32_t>(i))));
        }
    }
    void begin() { log = value(AuditLog::start(store.another(), clock)); }
    // Also indexes what it has not yet.
    void end() { log.reset(); }
    AuditReport verify(const std::vector<Anchor>& anchors = {}) {
        return value(verify_audit(store.database, anchors));
    }
    void change(const std::string& sql) { done(store.database.execute(sql)); }
};

bool has(const AuditReport& report, AuditFault fault) {
    return std::ranges::find(report.findings, fault, &AuditFinding::fault) != report.findings.end();
}

}  // namespace

TEST_CASE("a record says who, why, what, whose, when and from where, and follows the one before") {
    Log log;
    Look look = look_at(8, "id_number");
    look.verb = Verb::reveal;
    look.reason = "电话 13800138000 核对";
    look.flag = "not_assigned";
    done(log.log->append(look_at(1)));
    done(log.log->append(look));
    log.end();
    const auto records = value(read_audit(log.store.database, {}));
    REQUIRE(records.size() == 2);
    const AuditRecord& one = records.front();
    CHECK(one.seq == 2);
    CHECK(one.kind == "staff");
    CHECK(one.user == UserId(7));
    CHECK(one.user_name == "someone");
    CHECK(one.unit == UnitId(4));
    CHECK(one.roles == "township_officer");
    CHECK(one.purpose == "routine");
    CHECK(one.case_ref == "case-1");
    CHECK(one.verb == "reveal");
    CHECK(one.thing == "household");
    CHECK(one.persons == "8,9");
    CHECK(one.households == "8");
    CHECK(one.what == "id_number");
    CHECK(one.reason.find("13800138000") == std::string::npos);
    CHECK(one.flag == "not_assigned");
    CHECK(one.from == "192.0.2.1");
    CHECK(one.at == log.clock.now());
    CHECK(one.previous == records.back().hash);
    CHECK(records.back().previous == first_hash());
    CHECK(log.verify().sound());
}

TEST_CASE("an empty log is sound, and there is nothing to anchor") {
    Log log;
    CHECK(log.verify().sound());
    CHECK(log.verify().records == 0);
    CHECK(code_of(make_anchor(log.store.database, log.clock)) == "anchor_nothing");
    done(log.log->append(std::span<const Look>{}));
    CHECK(log.verify().records == 0);
}

TEST_CASE("records of many threads: each is there once, in one chain, with fewer commits than records") {
    Log log;
    constexpr int threads = 8;
    constexpr int each = 40;
    {
        std::vector<std::jthread> writers;
        for (int t = 0; t < threads; ++t) {
            writers.emplace_back([&log, t] {
                for (int i = 0; i < each; ++i) {
                    const std::array looks{look_at(static_cast<std::uint32_t>(1000 * t + i), "first"),
                                           look_at(static_cast<std::uint32_t>(1000 * t + i), "second")};
                    if (!log.log->append(looks)) std::abort();
                }
            });
        }
    }
    CHECK(log.log->commits() <= threads * each);
    log.end();
    const AuditReport report = log.verify();
    CHECK(report.sound());
    CHECK(report.records == 2 * threads * each);
    // What was appended together stands together.
    std::vector<AuditRecord> records = value(read_audit(log.store.database, {.most = 1000}));
    std::ranges::reverse(records);
    for (std::size_t i = 0; i + 1 < records.size(); i += 2) {
        CHECK(records[i].what == "first");
        CHECK(records[i + 1].what == "second");
        CHECK(records[i].households == records[i + 1].households);
    }
}

TEST_CASE("what was appended is there when append returns, also to another connection") {
    Log log;
    for (std::uint32_t i = 1; i <= 20; ++i) {
        done(log.log->append(look_at(i)));
        CHECK(value(repository::select_head(log.store.database)).seq == i);
    }
}

TEST_CASE("if the record cannot be written, append says so and the next one can") {
    Log log(3);
    log.change("alter table audit_record rename to hidden");
    CHECK_FALSE(log.log->append(look_at(9)));
    log.change("alter table hidden rename to audit_record");
    done(log.log->append(look_at(10)));
    log.end();
    CHECK(log.verify().sound());
    CHECK(log.verify().records == 4);
}

TEST_CASE("a log that is begun again goes on with its chain") {
    Log log(3);
    log.end();
    log.begin();
    done(log.log->append(look_at(9)));
    log.end();
    CHECK(log.verify().sound());
    CHECK(log.verify().records == 4);
}

TEST_CASE("any byte of any column that is another is found") {
    Log log(12);
    log.end();
    const auto records = value(read_audit(log.store.database, {}));
    const std::vector<std::string> texts = {"kind",    "user_name", "roles",   "purpose",    "case_ref",
                                            "verb",    "thing",     "persons", "households", "what",
                                            "address", "previous",  "hash"};
    CHECK(rc::check([&] {
        const auto seq = *rc::gen::inRange(1, 13);
        const auto column = *rc::gen::elementOf(texts);
        auto query = value(log.store.database.prepare(
            fmt::format("select {} from audit_record where seq = {}", column, seq)));
        RC_ASSERT(value(query.step()));
        const std::string before = query.text(0);
        query.reset();
        RC_PRE(!before.empty());
        std::string after = before;
        const auto at = *rc::gen::inRange<std::size_t>(0, before.size());
        after[at] = *rc::gen::elementOf(std::string("0123456789abcdef,x"));
        RC_PRE(after != before);
        const auto put = [&](const std::string& text) {
            auto update = value(log.store.database.prepare(
                fmt::format("update audit_record set {} = $1 where seq = {}", column, seq)));
            done(update.bind(1, std::string_view(text)).run());
        };
        put(after);
        const bool sound = log.verify().sound();
        put(before);
        RC_ASSERT(!sound);
        RC_ASSERT(log.verify().sound());
    }));
    for (const char* column : {"looked_at", "user_id", "unit"}) {
        log.change(fmt::format("update audit_record set {0} = {0} + 1 where seq = 5", column));
        CHECK(has(log.verify(), AuditFault::edited));
        log.change(fmt::format("update audit_record set {0} = {0} - 1 where seq = 5", column));
    }
    for (const char* column : {"reason", "flag"}) {  // empty ones
        log.change(fmt::format("update audit_record set {} = 'x' where seq = 5", column));
        CHECK(has(log.verify(), AuditFault::edited));
        log.change(fmt::format("update audit_record set {} = '' where seq = 5", column));
    }
    CHECK(log.verify().sound());
}

TEST_CASE("what stands in one column cannot be moved into the next") {
    Log log;
    Look look = look_at(1, "ab");
    look.reason = "c";
    done(log.log->append(look));
    log.end();
    log.change("update audit_record set what = 'a', reason = 'bc'");
    CHECK(has(log.verify(), AuditFault::edited));
}

TEST_CASE("any record that is taken out, and any two that change places, are found") {
    for (int seq = 1; seq <= 8; ++seq) {
        Log log(8);
        log.end();
        log.change(fmt::format("delete from audit_record where seq = {}", seq));
        const AuditReport report = log.verify();
        CHECK_FALSE(report.sound());
        CHECK(has(report, seq == 8 ? AuditFault::tail_cut : AuditFault::gap));
        // Also when the later ones are numbered anew.
        log.change(fmt::format("update audit_record set seq = -seq where seq > {}", seq));
        log.change("update audit_record set seq = -seq - 1 where seq < 0");
        CHECK_FALSE(log.verify().sound());
    }
    for (const auto& [left, right] : {std::pair(1, 2), std::pair(3, 7), std::pair(1, 8)}) {
        Log log(8);
        log.end();
        log.change(fmt::format("update audit_record set seq = -1 where seq = {}", left));
        log.change(fmt::format("update audit_record set seq = {} where seq = {}", left, right));
        log.change(fmt::format("update audit_record set seq = {} where seq = -1", right));
        CHECK(has(log.verify(), AuditFault::reordered));
    }
}

TEST_CASE(
    "a tail that was cut is found by the log's own head, and by an anchor when the head was mended too") {
    for (int cut = 1; cut <= 5; ++cut) {
        Log log(8);
        log.end();
        const Anchor anchor = value(make_anchor(log.store.database, log.clock));
        CHECK(anchor.seq == 8);
        log.change(fmt::format("delete from audit_record where seq > {}", 8 - cut));
        CHECK(has(log.verify(), AuditFault::tail_cut));
        // Someone thorough: head, index and the database's own anchors are made to fit.
        log.change(
            fmt::format("update audit_head set seq = {0}, indexed = {0}, hash ="
                        " (select hash from audit_record where seq = {0})",
                        8 - cut));
        log.change(fmt::format("delete from audit_subject where seq > {}", 8 - cut));
        log.change("delete from audit_anchor");
        CHECK(log.verify().sound());
        const AuditReport report = log.verify({anchor});
        CHECK(has(report, AuditFault::tail_cut));
        CHECK(report.anchors == 1);
    }
}

TEST_CASE("a chain that was written anew is found by an anchor that is kept elsewhere") {
    Log log(8);
    log.end();
    const Anchor anchor = value(make_anchor(log.store.database, log.clock));
    log.change("delete from audit_record");
    log.change("delete from audit_subject");
    log.change("delete from audit_anchor");
    log.change("update audit_head set seq = 0, hash = '', indexed = 0");
    log.begin();
    for (std::uint32_t i = 1; i <= 9; ++i) done(log.log->append(look_at(i + 100)));
    log.end();
    CHECK(log.verify().sound());
    CHECK(has(log.verify({anchor}), AuditFault::anchor_differs));
}

TEST_CASE("with a key nobody makes a chain of their own, and without it nothing is told sound") {
    Log log;
    log.log = value(AuditLog::start(log.store.another(), log.clock, "a key"));
    for (std::uint32_t i = 1; i <= 3; ++i) done(log.log->append(look_at(i)));
    log.end();
    CHECK(value(verify_audit(log.store.database, {}, "a key")).sound());
    CHECK_FALSE(value(verify_audit(log.store.database, {}, "b key")).sound());
    CHECK_FALSE(log.verify().sound());
    // The same record, hashed by who does not have the key.
    auto records = value(read_audit(log.store.database, {}));
    AuditRecord forged = records.front();
    forged.user_name = "another";
    forged.hash = hash_of(forged, {});
    log.change(
        fmt::format("update audit_record set user_name = 'another', hash = '{}' where seq = 3", forged.hash));
    log.change(fmt::format("update audit_head set hash = '{}'", forged.hash));
    CHECK(has(value(verify_audit(log.store.database, {}, "a key")), AuditFault::edited));
}

TEST_CASE("a log that ends right behind its last record has indexed it") {
    Log log;
    for (std::uint32_t i = 1; i <= 20; ++i) {
        done(log.log->append(look_at(i)));
        log.end();
        REQUIRE(value(repository::select_head(log.store.database)).indexed == i);
        log.begin();
    }
}

TEST_CASE("the index of subjects is part of what is verified") {
    Log log(8);
    log.end();
    REQUIRE(value(repository::select_head(log.store.database)).indexed == 8);
    for (const char* sql : {"delete from audit_subject where seq = 3 and kind = 1 and subject = 3",
                            "update audit_subject set subject = 77 where seq = 3 and kind = 2",
                            "insert into audit_subject (kind, subject, seq) values (1, 500, 4)"}) {
        Log other(8);
        other.end();
        other.change(sql);
        CHECK(has(other.verify(), AuditFault::subjects_differ));
    }
}

TEST_CASE("anchors travel as lines; a line that was edited is refused with its number") {
    Log log(4);
    const Anchor anchor = value(make_anchor(log.store.database, log.clock));
    CHECK(anchor.day == day_of(2026, 3, 1));
    const auto file = log.store.folder() / "anchors.txt";
    std::string line = line_of(anchor);
    std::ofstream(file) << line << "\n\n" << line << "\n";
    const auto read = value(read_anchor_file(file));
    REQUIRE(read.size() == 2);
    CHECK(read.front() == anchor);
    line[0] = line[0] == '4' ? '5' : '4';
    std::ofstream(file) << line_of(anchor) << "\n" << line << "\n";
    const auto bad = read_anchor_file(file);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().where == "anchors.txt:2");
    CHECK(code_of(read_anchor_file(log.store.folder() / "none")) == "anchor_file");
}

TEST_CASE("a citizen sees which unit looked, why and when, and no officer") {
    Log log(5);
    Look look = look_at(3);
    look.who.why.purpose = "visit";
    look.who.unit = UnitId(9);
    done(log.log->append(look));
    log.end();
    const auto looks = value(looks_at(log.store.database, PersonId(3), {}, 0, 10));
    // Records 2 and 3 name person 3 as one of two, record 6 is the visit.
    REQUIRE(looks.size() == 3);
    CHECK(looks[0].seq == 6);
    CHECK(looks[0].unit == UnitId(9));
    CHECK(looks[0].purpose == "visit");
    CHECK(looks[0].verb == "read");
    CHECK(looks[1].seq == 3);
    CHECK(looks[2].seq == 2);
    CHECK(value(looks_at(log.store.database, PersonId(3), {}, 3, 10)).size() == 1);  // the next page
    CHECK(value(looks_at(log.store.database, PersonId(3), {}, 0, 2)).size() == 2);
    CHECK(value(looks_at(log.store.database, PersonId(77), {}, 0, 10)).empty());
}

TEST_CASE("looks that the index has not reached yet are seen too, once each") {
    Log log(6);
    log.end();
    for (int indexed = 0; indexed <= 6; ++indexed) {
        log.change(fmt::format("update audit_head set indexed = {}", indexed));
        log.change(fmt::format("delete from audit_subject where seq > {}", indexed));
        done(log.store.database.write(
            [&] { return repository::index_subjects(log.store.database, 1, indexed); }));
        CHECK(value(looks_at(log.store.database, PersonId(4), {}, 0, 10)).size() == 2);
        CHECK(value(read_audit(log.store.database, {.person = PersonId(4)})).size() == 2);
    }
}

namespace {

std::vector<std::uint64_t> numbers_of(const std::vector<AuditRecord>& records) {
    std::vector<std::uint64_t> numbers;
    for (const AuditRecord& record : records) numbers.push_back(record.seq);
    return numbers;
}
using Numbers = std::vector<std::uint64_t>;

// Two days of an office: six records, of which only some are indexed.
struct AskedLog {
    Log log;
    UnitTree tree = load_invented(log.store.database);

    explicit AskedLog(int indexed) {
        add("town-1", Verb::read, Thing::household, 10, "household");
        add("county-a", Verb::reveal, Thing::household, 20, "identity_number");
        log.clock.advance(begin_of(day_of(2026, 3, 2)) - log.clock.now() - std::chrono::microseconds(1));
        add("county-b", Verb::read, Thing::household, 30, "households");
        log.clock.advance(std::chrono::microseconds(1));
        add("", Verb::create, Thing::session, 40, "signed in");
        add("town-1", Verb::read, Thing::household, 10, "why 100%");
        add("county-a", Verb::create, Thing::session, 50, "refused: name 5f0c");
        log.end();
        log.change(fmt::format("update audit_head set indexed = {}", indexed));
        log.change(fmt::format("delete from audit_subject where seq > {}", indexed));
    }
    void add(const char* unit, Verb verb, Thing thing, std::uint32_t person, const char* what) {
        Look look = look_at(person, what);
        look.who.unit = *unit == '\0' ? UnitId() : unit_named(tree, unit);
        look.verb = verb;
        look.thing = thing;
        done(log.log->append(look));
    }
    Numbers asked(const AuditQuery& query) {
        return numbers_of(value(read_audit(log.store.database, query)));
    }
    Numbers within(const char* unit, bool or_of_none = false) {
        return asked({.within = {{unit_named(tree, unit), or_of_none}}, .day = day_of(2026, 3, 2)});
    }
};

}  // namespace

TEST_CASE("the log is read page by page: each record once, the newest first") {
    Log log(25);
    log.end();
    Numbers read;
    std::uint64_t before = 0;
    while (true) {
        const Numbers page = numbers_of(value(read_audit(log.store.database, {.before = before, .most = 7})));
        if (page.empty()) break;
        CHECK(page.size() <= 7);
        read.insert(read.end(), page.begin(), page.end());
        before = page.back();
    }
    Numbers all(25);
    std::ranges::generate(all, [n = std::uint64_t{26}]() mutable { return --n; });
    CHECK(read == all);
}

TEST_CASE("the log is asked by verb, door, words, day, unit, person and household, indexed or not") {
    for (const int indexed : {0, 2, 6}) {
        AskedLog log(indexed);
        CAPTURE(indexed);
        CHECK(log.asked({.verb = Verb::read}) == Numbers{5, 3, 1});
        CHECK(log.asked({.verb = Verb::assign}).empty());
        CHECK(log.asked({.doors = true}) == Numbers{6, 4});
        CHECK(log.asked({.doors = false}) == Numbers{5, 3, 2, 1});
        CHECK(log.asked({.what = "household"}) == Numbers{3, 1});
        CHECK(log.asked({.what = "households"}) == Numbers{3});
        CHECK(log.asked({.what = "ousehold"}).empty());
        CHECK(log.asked({.what = "%"}).empty());  // no pattern
        CHECK(log.asked({.what = "why 100%"}) == Numbers{5});
        // The last moment of a day and the first of the next.
        const Date first = day_of(2026, 3, 1);
        CHECK(log.asked({.until = first}) == Numbers{3, 2, 1});
        CHECK(log.asked({.from = first + 1}) == Numbers{6, 5, 4});
        CHECK(log.asked({.from = first, .until = first + 1}).size() == 6);
        CHECK(log.asked({.from = first + 2}).empty());
        CHECK(log.within("county-a") == Numbers{6, 5, 2, 1});  // town-1 is below it
        CHECK(log.within("town-1") == Numbers{5, 1});
        CHECK(log.within("county-b") == Numbers{3});
        CHECK(log.within("town-1", true) == Numbers{5, 4, 1});
        const UnitId county = unit_named(log.tree, "county-a");
        const UnitId town = unit_named(log.tree, "town-1");
        CHECK(log.asked({.within = {{county, true}, {town}}, .day = first}) == Numbers{5, 1});
        // Each names two people, the one and the next, and the household of the first's number.
        CHECK(log.asked({.person = PersonId(10)}) == Numbers{5, 1});
        CHECK(log.asked({.person = PersonId(11)}) == Numbers{5, 1});
        CHECK(log.asked({.person = PersonId(1)}).empty());  // 10 and 21 hold a 1
        CHECK(log.asked({.household = HouseholdId(10)}) == Numbers{5, 1});
        CHECK(log.asked({.household = HouseholdId(99), .household_people = {PersonId(21)}}) == Numbers{2});
        CHECK(log.asked({.household = HouseholdId(99)}).empty());
        CHECK(log.asked({.person = PersonId(10), .verb = Verb::read, .what = "why"}) == Numbers{5});
        CHECK(log.asked({.person = PersonId(10), .before = 5}) == Numbers{1});
    }
}

TEST_CASE("a look at a household that is none of one's cases is flagged, with why") {
    TestStore store;
    const Date day = day_of(2026, 3, 1);
    Session officer = staff("county_caseworker", UnitId(1));
    const auto flag = [&](std::initializer_list<HouseholdId> households) {
        const std::vector<HouseholdId> looked(households);
        return value(flag_of(store.database, officer, looked, day));
    };
    done(assign_household(store.database, officer.user, HouseholdId(1), "case-1", day, day + 10));
    CHECK(flag({HouseholdId(1)}).empty());
    CHECK(flag({HouseholdId(1), HouseholdId(2)}) == "not_assigned");
    officer.why.case_ref.clear();
    CHECK(flag({HouseholdId(2)}) == "no_case");
    CHECK(flag({HouseholdId(1)}).empty());
    CHECK(flag({}).empty());
    officer.kind = SessionKind::citizen;
    CHECK(flag({HouseholdId(2)}).empty());
    CHECK(code_of(assign_household(store.database, UserId(1), HouseholdId(1), "", day, day)) ==
          "assignment_days");
}

}  // namespace doudi::access
