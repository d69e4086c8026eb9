// SPDX-License-Identifier: Apache-2.0
// What Database promises, on each engine.
#include "store/database.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <limits>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "store/migrations.h"
#include "store/test_engines.h"

namespace doudi::store {
namespace {

constexpr const char* invented_number = "441699197406129795";

template <class Engine>
Database open_new(const Engine& engine) {
    auto database = engine.open();
    REQUIRE_MESSAGE(database, database.error().message(Lang::en));
    for (const char* sql :
         {"create table thing (id integer primary key, name text not null unique, day text, bytes blob) "
          "strict",
          "create table part (id integer primary key, thing integer not null references thing (id),"
          " weight integer check (weight > 0)) strict, without rowid"}) {
        REQUIRE(database->execute(Engine::table(sql)));
    }
    return std::move(*database);
}

std::int64_t count_things(Database& database) {
    auto query = database.prepare("select count(*) from thing");
    REQUIRE(query);
    const auto row = query->step();
    REQUIRE((row && *row));
    return query->integer(0);
}

Result<void> add_thing(Database& database, std::int64_t id, std::string_view name) {
    auto insert = TRY(database.prepare("insert into thing (id, name) values ($1, $2)"));
    return insert.bind(1, id).bind(2, name).run();
}

std::vector<std::byte> bytes(std::initializer_list<int> values) {
    std::vector<std::byte> made;
    for (const int value : values) made.push_back(static_cast<std::byte>(value));
    return made;
}

std::vector<std::byte> copy_of(std::span<const std::byte> blob) {
    return {blob.begin(), blob.end()};
}

}  // namespace

TEST_CASE_TEMPLATE("$n is the n-th value wherever it stands in the text", Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    auto query = database.prepare("select $2, $1, $3, $1");
    REQUIRE(query);
    query->bind(1, 10).bind(2, std::string_view("二")).bind(3, *Date::from_ymd(2025, 6, 30));
    const auto row = query->step();
    REQUIRE((row && *row));
    CHECK(query->text(0) == "二");
    CHECK(query->integer(1) == 10);
    CHECK(query->date(2) == Date::from_ymd(2025, 6, 30));
    CHECK(query->text(2) == "2025-06-30");
    CHECK(query->integer(3) == 10);
}

TEST_CASE_TEMPLATE("an absent value is null, an empty text and an empty blob are not", Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    auto insert = database.prepare("insert into thing (id, name, day, bytes) values ($1, $2, $3, $4)");
    REQUIRE(insert);
    REQUIRE(insert->bind(1, 1).bind(2, std::string_view{}).bind(3, std::optional<Date>{}).bind_null(4).run());
    REQUIRE(insert->bind(1, 2).bind(2, std::string_view("b")).bind_null(3).bind(4, bytes({})).run());
    auto query = database.prepare("select name, day, bytes from thing order by id");
    REQUIRE(query);
    REQUIRE(*query->step());
    CHECK_FALSE(query->is_null(0));
    CHECK(query->text(0).empty());
    CHECK(query->is_null(1));
    CHECK_FALSE(query->date(1));
    CHECK(query->is_null(2));
    CHECK(query->integer(2) == 0);
    REQUIRE(*query->step());
    CHECK_FALSE(query->is_null(2));
    CHECK(query->blob(2).empty());
    CHECK_FALSE(*query->step());
}

TEST_CASE_TEMPLATE("numbers, texts and blobs come back as they went in, to the last bit", Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
    const std::string odd = "𠮷\t\\N\\\n\r'\"$1;--";
    const auto blob = bytes({0, 255, 92, 10, 0, 120});
    for (const std::int64_t id : {largest, smallest, std::int64_t{-1}, std::int64_t{0}}) {
        auto insert = database.prepare("insert into thing (id, name, bytes) values ($1, $2, $3)");
        REQUIRE(insert);
        REQUIRE(insert->bind(1, id).bind(2, odd + std::to_string(id)).bind(3, blob).run());
        auto query = database.prepare("select id, name, bytes from thing where id = $1");
        REQUIRE(query);
        REQUIRE(*query->bind(1, id).step());
        CHECK(query->integer(0) == id);
        CHECK(query->text(1) == odd + std::to_string(id));
        CHECK(copy_of(query->blob(2)) == blob);
    }
}

TEST_CASE_TEMPLATE("a text with NUL is refused at the edge, bound or in bulk", Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    const std::string_view with_nul("a\0b", 3);
    const auto refused = add_thing(database, 1, with_nul);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "store_text");
    const auto in_bulk = database.write([&]() -> Result<void> {
        const std::array<std::string_view, 2> columns{"id", "name"};
        auto rows = database.bulk("thing", columns);
        TRY_VOID(rows.bind(1, 1).bind(2, with_nul).row());
        return rows.finish();
    });
    REQUIRE_FALSE(in_bulk);
    CHECK(in_bulk.error().code == "store_text");
    CHECK(count_things(database) == 0);
    CHECK(add_thing(database, 1, "a"));
}

TEST_CASE_TEMPLATE("a statement asked for again comes without the old values, also while the first is in use",
                   Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    {
        auto first = database.prepare("select $1");
        REQUIRE(first);
        first->bind(1, 1);
        REQUIRE(first->step());
        auto second = database.prepare("select $1");
        REQUIRE(second);
        REQUIRE(second->step());
        CHECK(second->is_null(0));
        CHECK(first->integer(0) == 1);
    }
    auto third = database.prepare("select $1");
    REQUIRE(third);
    REQUIRE(third->step());
    CHECK(third->is_null(0));
}

TEST_CASE_TEMPLATE("one reads on while other statements run between", Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    for (int id = 1; id <= 5; ++id) REQUIRE(add_thing(database, id, "n" + std::to_string(id)));
    auto query = database.prepare("select id from thing where id <= 5 order by id");
    REQUIRE(query);
    std::vector<std::int64_t> seen;
    while (*query->step()) {
        seen.push_back(query->integer(0));
        if (seen.size() == 2) REQUIRE(add_thing(database, 100, "between"));
        CHECK(count_things(database) >= 5);
        CHECK(query->integer(0) == seen.back());
    }
    CHECK(seen == std::vector<std::int64_t>{1, 2, 3, 4, 5});
    query->reset();
    REQUIRE(*query->step());
    CHECK(query->integer(0) == 1);
}

TEST_CASE_TEMPLATE("write() keeps all or nothing", Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    REQUIRE(database.write([&] { return add_thing(database, 1, "a"); }));
    const auto failed = database.write([&]() -> Result<void> {
        TRY_VOID(add_thing(database, 2, "b"));
        return fail(ErrorKind::invalid, "no", {"不", "no"});
    });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == "no");
    CHECK(count_things(database) == 1);
    CHECK_THROWS_AS((void)database.write([&]() -> Result<void> {
        TRY_VOID(add_thing(database, 3, "c"));
        throw std::runtime_error("x");
    }),
                    std::runtime_error);
    CHECK(count_things(database) == 1);
    REQUIRE(database.write([&] { return add_thing(database, 4, "d"); }));
    CHECK(count_things(database) == 2);
}

TEST_CASE_TEMPLATE("a statement that fails inside write() fails the write, though body goes on", Engine,
                   ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    REQUIRE(add_thing(database, 1, "a"));
    const auto failed = database.write([&]() -> Result<void> {
        TRY_VOID(add_thing(database, 2, "b"));
        (void)add_thing(database, 1, "again");
        return {};
    });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == "store_unique");
    CHECK(count_things(database) == 1);
    CHECK(database.write([&] { return add_thing(database, 3, "c"); }));
}

TEST_CASE_TEMPLATE("a broken rule is a conflict that names the rule and no value", Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    REQUIRE(add_thing(database, 1, invented_number));
    const auto check = [](const Result<void>& refused, const char* code, const char* named) {
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::conflict);
        CHECK(refused.error().code == code);
        for (const Lang lang : {Lang::zh, Lang::en}) {
            CHECK(refused.error().message(lang).find(named) != std::string::npos);
            CHECK(refused.error().message(lang).find("4416") == std::string::npos);
        }
    };
    check(add_thing(database, 2, invented_number), "store_unique", "name");
    const auto add_part = [&](std::int64_t thing, std::int64_t weight) -> Result<void> {
        auto insert = TRY(database.prepare("insert into part (id, thing, weight) values (1, $1, $2)"));
        return insert.bind(1, thing).bind(2, weight).run();
    };
    check(add_part(7, 1), "store_foreign_key", "");
    check(add_part(1, 0), "store_constraint", "");
    auto nameless = database.prepare("insert into thing (id, day) values (9, $1)");
    REQUIRE(nameless);
    check(nameless->bind(1, std::string_view(invented_number)).run(), "store_constraint", "name");
    CHECK(add_part(1, 1));
}

TEST_CASE_TEMPLATE("a wrong statement is an error, not an end", Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    const auto statement = database.prepare("select 1 from nowhere");
    REQUIRE_FALSE(statement);
    CHECK(statement.error().code == "store_statement");
    CHECK(statement.error().text.en.find("nowhere") != std::string::npos);
    CHECK(count_things(database) == 0);
}

TEST_CASE_TEMPLATE("bulk rows: many, beside other statements, and nothing of them if one is refused", Engine,
                   ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    constexpr int many = 20000;
    const std::array<std::string_view, 4> columns{"id", "name", "day", "bytes"};
    REQUIRE(database.write([&]() -> Result<void> {
        auto rows = database.bulk("thing", columns);
        for (int id = 1; id <= many; ++id) {
            rows.bind(1, id).bind(2, "名\t\\" + std::to_string(id)).bind(4, bytes({id % 256, 92, 0}));
            if (id % 2 == 0) rows.bind(3, *Date::from_ymd(2025, 6, 30));
            TRY_VOID(rows.row());
            if (id % 5000 == 0) (void)count_things(database);
        }
        return rows.finish();
    }));
    CHECK(count_things(database) == many);
    auto query = database.prepare("select name, day, bytes from thing where id = $1");
    REQUIRE(query);
    REQUIRE(*query->bind(1, 4097).step());
    CHECK(query->text(0) == "名\t\\4097");
    CHECK(query->is_null(1));
    CHECK(copy_of(query->blob(2)) == bytes({1, 92, 0}));
    query->reset();
    REQUIRE(*query->bind(1, 4098).step());
    CHECK(query->text(1) == "2025-06-30");
    query->reset();
    const auto refused = database.write([&]() -> Result<void> {
        auto rows = database.bulk("thing", columns);
        for (const int id : {many + 1, many + 2, 1})
            TRY_VOID(rows.bind(1, id).bind(2, std::to_string(id)).row());
        return rows.finish();
    });
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "store_unique");
    CHECK(count_things(database) == many);
}

TEST_CASE_TEMPLATE("text sorts by its bytes, whatever the machine's language", Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    int id = 0;
    for (const char* name : {"b", "A", "a", "B", "张", "李", "_", "阿"})
        REQUIRE(add_thing(database, ++id, name));
    auto query = database.prepare("select name from thing order by name");
    REQUIRE(query);
    std::string order;
    while (*query->step()) order += query->text(0);
    CHECK(order == "AB_ab张李阿");
    auto least = database.prepare("select min(name), max(name) from thing where name > 'a'");
    REQUIRE(least);
    REQUIRE(*least->step());
    CHECK(least->text(0) == "b");
    CHECK(least->text(1) == "阿");
}

TEST_CASE_TEMPLATE("a reader reads while a writer writes, and changes nothing", Engine, ENGINES) {
    const Engine engine;
    Database writer = open_new(engine);
    REQUIRE(add_thing(writer, 1, "a"));
    auto reader = engine.open_for_reading();
    REQUIRE(reader);
    REQUIRE(writer.write([&]() -> Result<void> {
        TRY_VOID(add_thing(writer, 2, "b"));
        CHECK(count_things(*reader) == 1);
        return {};
    }));
    CHECK(count_things(*reader) == 2);
    const auto refused = add_thing(*reader, 3, "c");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "store_read_only");
}

TEST_CASE_TEMPLATE("read() stays at one state", Engine, ENGINES) {
    const Engine engine;
    Database writer = open_new(engine);
    auto reader = engine.open_for_reading();
    REQUIRE(reader);
    REQUIRE(reader->read([&]() -> Result<void> {
        TRY_VOID(add_thing(writer, 1, "a"));
        CHECK(count_things(*reader) == 0);
        TRY_VOID(add_thing(writer, 2, "b"));
        CHECK(count_things(*reader) == 0);
        return {};
    }));
    CHECK(count_things(*reader) == 2);
}

TEST_CASE_TEMPLATE("writers stand in a line: none is lost and none reads what another is about to change",
                   Engine, ENGINES) {
    const Engine engine;
    open_new(engine);
    const auto work = [&engine] {
        auto database = engine.open();
        ensure(database.has_value(), "a second connection");
        for (int round = 0; round < 20; ++round) {
            const auto done = database->write([&]() -> Result<void> {
                auto query = TRY(database->prepare("select coalesce(max(id), 0) + 1 from thing"));
                (void)TRY(query.step());
                const std::int64_t id = query.integer(0);
                query.reset();
                return add_thing(*database, id, "n" + std::to_string(id));
            });
            ensure(done.has_value(), "a write that waits for the others");
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) threads.emplace_back(work);
    }
    auto database = engine.open();
    REQUIRE(database);
    CHECK(count_things(*database) == 80);
}

TEST_CASE_TEMPLATE(
    "write_beside() lets others write meanwhile where the engine can, but never during a write()", Engine,
    ENGINES) {
    const Engine engine;
    Database first = open_new(engine);
    auto second = engine.open();
    REQUIRE(second);
    REQUIRE(add_thing(first, 1, "a"));
    if constexpr (Engine::writes_beside) {
        REQUIRE(first.write_beside([&]() -> Result<void> {
            TRY_VOID(add_thing(first, 2, "b"));
            return second->write_beside([&] { return add_thing(*second, 3, "c"); });
        }));
        CHECK(count_things(first) == 3);
        REQUIRE(second->execute("set lock_timeout = '50ms'"));
        REQUIRE(first.write([&]() -> Result<void> {
            const auto refused = second->write_beside([&] { return add_thing(*second, 4, "d"); });
            CHECK((!refused && refused.error().code == "store_busy"));
            return {};
        }));
    }
    REQUIRE(second->write_beside([&] { return add_thing(*second, 9, "i"); }));
    CHECK(count_things(first) == (Engine::writes_beside ? 4 : 2));
}

namespace {

// Takes minutes, and holds no more than it must.
constexpr const char* long_query =
    "with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000000000) select count(*) "
    "from n";

template <class Engine>
Result<void> run_long(Database& database) {
    auto query = TRY(database.prepare(long_query));
    (void)TRY(query.step());
    return {};
}

}  // namespace

TEST_CASE_TEMPLATE("a query past its deadline ends and says so; without one the connection works on", Engine,
                   ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    REQUIRE(database.set_deadline(std::chrono::milliseconds(50)));
    const auto late = run_long<Engine>(database);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == "store_deadline");
    CHECK(count_things(database) == 0);
    REQUIRE(database.set_deadline(std::chrono::milliseconds(0)));
    CHECK(add_thing(database, 1, "a"));
}

TEST_CASE_TEMPLATE("a query is cancelled from another thread", Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    const Canceller canceller = database.canceller();
    std::atomic<bool> over = false;
    Result<void> outcome;
    {
        const std::jthread other([&] {
            while (!over) {
                canceller.cancel();
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
        });
        outcome = run_long<Engine>(database);
        over = true;
    }
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == "store_cancelled");
    CHECK(outcome.error().kind == ErrorKind::cancelled);
    CHECK(count_things(database) == 0);
}

TEST_CASE_TEMPLATE("changes() counts the rows of the last statement", Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    for (int id = 1; id <= 3; ++id) REQUIRE(add_thing(database, id, std::to_string(id)));
    CHECK(database.changes() == 1);
    auto update = database.prepare("update thing set day = '2025-06-30' where id > $1");
    REQUIRE(update);
    REQUIRE(update->bind(1, 1).run());
    CHECK(database.changes() == 2);
    REQUIRE(update->bind(1, 10).run());
    CHECK(database.changes() == 0);
}

TEST_CASE_TEMPLATE("insert … on conflict and … returning are the same on both", Engine, ENGINES) {
    const Engine engine;
    Database database = open_new(engine);
    const auto put = [&](const char* name) -> std::string {
        auto insert = database.prepare(
            "insert into thing (id, name) values (1, $1) on conflict (id) do update set name = excluded.name "
            "returning id, name");
        REQUIRE(insert);
        REQUIRE(*insert->bind(1, std::string_view(name)).step());
        return std::to_string(insert->integer(0)) + insert->text(1);
    };
    CHECK(put("a") == "1a");
    CHECK(put("b") == "1b");
    auto nothing = database.prepare("insert into thing (id, name) values (1, 'c') on conflict do nothing");
    REQUIRE(nothing);
    CHECK(nothing->run());
    CHECK(database.changes() == 0);
    CHECK(count_things(database) == 1);
}

TEST_CASE_TEMPLATE("another program's database is refused", Engine, ENGINES) {
    const Engine engine;
    {
        auto theirs = engine.connect();
        REQUIRE(theirs);
        REQUIRE((*theirs)->execute("create table theirs (x integer)"));
    }
    for (const auto& opened : {engine.open(), engine.open_for_reading()}) {
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == "store_foreign");
        CHECK_FALSE(opened.error().where.empty());
    }
}

TEST_CASE_TEMPLATE("a reader makes nothing of a database that is still empty", Engine, ENGINES) {
    const Engine engine;
    {
        REQUIRE(engine.connect());
    }
    const auto opened = engine.open_for_reading();
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == "store_older");
    CHECK((*engine.connect())->schema()->is_empty);
}

namespace {

constexpr Migration two_steps[] = {
    {1, "0001_a", "create table a (x integer) strict;"},
    {2, "0002_b",
     "create table b (x integer, y text, z blob) strict; insert into b values (1, 'integer', null);"}};

std::int64_t number(EngineConnection& connection, const char* sql) {
    auto statement = connection.take(sql);
    REQUIRE(statement);
    REQUIRE(*(*statement)->step());
    const std::int64_t value = (*statement)->integer(0);
    connection.give_back(std::move(*statement));
    return value;
}

}  // namespace

TEST_CASE_TEMPLATE(
    "migrations are taken once and in order; a newer schema is refused, an older one by a reader", Engine,
    ENGINES) {
    const Engine engine;
    const std::span<const Migration> all(two_steps);
    auto connection = engine.connect();
    REQUIRE(connection);
    REQUIRE(migrate(**connection, all.first(1)));
    const auto older = check_schema(**connection, all);
    REQUIRE_FALSE(older);
    CHECK(older.error().code == "store_older");
    for (int round = 0; round < 2; ++round) REQUIRE(migrate(**connection, all));
    CHECK(number(**connection, "select count(*) from b where y = 'integer'") == 1);
    CHECK(check_schema(**connection, all));
    const auto newer = migrate(**connection, all.first(1));
    REQUIRE_FALSE(newer);
    CHECK(newer.error().code == "store_newer");
}

TEST_CASE_TEMPLATE("a migration that fails leaves the schema as it was", Engine, ENGINES) {
    const Engine engine;
    constexpr Migration bad[] = {two_steps[0], {2, "0002_b", "create table b (x integer) strict; nonsense;"}};
    auto connection = engine.connect();
    REQUIRE(connection);
    REQUIRE_FALSE(migrate(**connection, bad));
    CHECK((*connection)->schema()->version == 1);
    CHECK_FALSE((*connection)->take("select x from b"));
    CHECK(migrate(**connection, two_steps));
    CHECK(number(**connection, "select count(*) from b") == 1);
}

TEST_CASE_TEMPLATE("several programs that migrate at once take each step once", Engine, ENGINES) {
    const Engine engine;
    std::vector<Result<void>> outcomes(4);
    {
        std::vector<std::jthread> threads;
        for (auto& outcome : outcomes) {
            threads.emplace_back([&engine, &outcome] {
                auto connection = engine.connect();
                outcome = connection ? migrate(**connection, two_steps)
                                     : Result<void>(std::unexpected(connection.error()));
            });
        }
    }
    for (const auto& outcome : outcomes) CHECK_MESSAGE(outcome, outcome.error().message(Lang::en));
    auto connection = engine.connect();
    REQUIRE(connection);
    CHECK(number(**connection, "select count(*) from b") == 1);
}

TEST_CASE_TEMPLATE("the shipped schema has the same tables and columns", Engine, ENGINES) {
    const Engine engine;
    auto database = engine.open();
    REQUIRE(database);
    auto query = database->prepare(database->engine().columns_sql());
    REQUIRE(query);
    std::string household;
    std::vector<std::string> tables;
    while (*query->step()) {
        if (tables.empty() || tables.back() != query->text(0)) tables.push_back(query->text(0));
        if (query->text(0) == "household") household += query->text(1) + ":" + query->text(2) + " ";
        const std::string type = query->text(2);
        CHECK((type == "integer" || type == "text" || type == "blob"));
    }
    CHECK(household ==
          "publish:integer id:integer code:text region:text address:text head_name:text category:text "
          "enrolled_on:text income_fen:integer sealed:blob ended_on:text successor:integer ");
    std::vector<std::string> made;
    for (const Migration& migration : all_migrations()) {
        for (const std::string& table : tables_made_by(migration.sql)) made.push_back(table);
    }
    std::ranges::sort(made);
    CHECK(tables == made);
}

TEST_CASE_TEMPLATE("a statement may outlive its database", Engine, ENGINES) {
    const Engine engine;
    auto database = std::make_unique<Database>(open_new(engine));
    auto query = database->prepare("select 7");
    REQUIRE(query);
    database.reset();
    const auto row = query->step();
    REQUIRE((row && *row));
    CHECK(query->integer(0) == 7);
}

TEST_CASE("the shipped migrations are numbered from 1 without a gap") {
    int expected = 1;
    for (const Migration& migration : all_migrations()) CHECK(migration.number == expected++);
    CHECK(expected > 1);
}

}  // namespace doudi::store
